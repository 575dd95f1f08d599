"""
Several actors, one operation at a time, in an order drawn from a seed.

Each actor is a thread that stops before every operation of the stores and goes on when it is
given the baton; so operations are atomic, everything between them may be anywhere, and the same
seed gives the same schedule. An operation may be disturbed:

- crash: the worker ends before it, and is started again, as the engine would;
- lost reply: it is done, the worker does not learn of it, and is started again;
- zombie: the engine gives the worker up and starts another; the old one goes on, later;
- death: the worker ends before it, and nobody starts it again: the sweep must see to it.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.support.faulty_table import CrashError

Act = Callable[[], None]

STARTS = 3
"""How often an actor is started in all before it is left for dead."""
PATIENCE = 20
"""Seconds after which a schedule hangs."""
DISTURBANCES = ("crash", "lost reply", "zombie", "death")


class _Player(NamedTuple):
    act: Act
    turn: threading.Semaphore


class Interleaver:
    """
    `fault` is the chance of a disturbance at an operation.

    Half of the seeds let an actor go on with a chance of their own; the others go by rank, and a
    few times let the first one fall behind all others, which finds what needs an order of few
    events in many.
    """

    def __init__(self, seed: int, *, fault: float = 0.0) -> None:
        self._rng = random.Random(seed)
        self._fault = fault
        self._stay = self._rng.choice((0.0, 0.5, 0.8, 0.95))
        self._falls = {self._rng.randrange(90) for _ in range(3)} if seed % 2 else set()
        self._back = threading.Semaphore(0)
        self._players: dict[int, _Player] = {}
        self._starts: Counter[Act] = Counter()
        self._called: list[Act] = []
        self._trouble: list[BaseException] = []
        self.steps = 0
        self.disturbed: Counter[str] = Counter()

    def step(self) -> bool:
        """
        Wait for the baton; return whether the reply of what follows is lost.

        Raises:
            CrashError: the worker ends here.

        """
        player = self._players.get(threading.get_ident())
        if player is None:
            return False  # nobody is being played: a test looks at the tables
        self._back.release()
        player.turn.acquire()
        self.steps += 1
        if self._rng.random() >= self._fault:
            return False
        return self._disturb(player.act)

    def _disturb(self, act: Act) -> bool:
        what = self._rng.choice(DISTURBANCES)
        self.disturbed[what] += 1
        if what == "death":
            self._starts[act] = STARTS
        elif what == "zombie" and self._starts[act] < STARTS:
            self._called.append(act)
        if what in ("crash", "death"):
            raise CrashError
        return what == "lost reply"

    def play(self, acts: Sequence[Act]) -> None:
        """Run all acts to their end; what one of them cannot handle is raised here."""
        self._called = list(acts)
        ready = self._entering()
        self._rng.shuffle(ready)
        current = ready[0]
        while ready:
            current = self._next(ready, current)
            self._players[current].turn.release()
            if not self._back.acquire(timeout=PATIENCE):
                raise AssertionError("a schedule hangs")
            if current not in self._players:
                ready.remove(current)
            ready += self._entering()
        if self._trouble:
            raise self._trouble[0]

    def _next(self, ready: list[int], current: int) -> int:
        if self._falls:
            if self.steps in self._falls:
                ready.append(ready.pop(0))
            return ready[0]
        if current in ready and self._rng.random() < self._stay:
            return current
        return self._rng.choice(ready)

    def _entering(self) -> list[int]:
        """Start a thread for each act that is called; it waits for its first turn."""
        entered = []
        while self._called:
            player = _Player(self._called.pop(0), threading.Semaphore(0))
            thread = threading.Thread(target=self._live, args=(player,), daemon=True)
            thread.start()
            self._back.acquire()
            entered.append(thread.ident or 0)
        return entered

    def _live(self, player: _Player) -> None:
        me = threading.get_ident()
        self._players[me] = player
        self._back.release()
        player.turn.acquire()
        try:
            while self._starts[player.act] < STARTS:
                self._starts[player.act] += 1
                try:
                    player.act()
                except CrashError:
                    continue
                return
        except BaseException as trouble:  # noqa: BLE001 - raised again where the play is watched
            self._trouble.append(trouble)
        finally:
            del self._players[me]
            self._back.release()
