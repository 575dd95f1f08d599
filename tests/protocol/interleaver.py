"""
Several actors, one operation at a time, in an order drawn from a seed.

Each actor is a thread that stops before every operation of the stores and goes on when it is
given the baton; so operations are atomic, everything between them may be anywhere, and the same
seed gives the same schedule. An actor that crashes, or loses a reply, is started again, as the
engine would; a paused one that goes on later is the zombie.
"""

import random
import threading
from collections.abc import Callable, Mapping

from tests.support.faulty_table import CrashError
from tests.support.model_objects import ModelObjects
from tests.support.model_table import ModelTable

STARTS = 3
"""How often an actor is started in all before it is left for dead."""
PATIENCE = 20
"""Seconds after which a schedule hangs."""


class Interleaver:
    """
    `fault` is the chance of a crash or a lost reply at an operation.

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
        self._turns: dict[int, threading.Semaphore] = {}
        self._trouble: list[BaseException] = []
        self.steps = 0

    def step(self) -> bool:
        """
        Wait for the baton; return whether the reply of what follows is lost.

        Raises:
            CrashError: the worker ends here.

        """
        turn = self._turns.get(threading.get_ident())
        if turn is None:
            return False  # nobody is being played: a test looks at the tables
        self._back.release()
        turn.acquire()
        self.steps += 1
        if self._rng.random() < self._fault:
            if self._rng.random() < 0.5:
                raise CrashError
            return True
        return False

    def play(self, actors: Mapping[str, Callable[[], None]]) -> None:
        """Run all actors to their end; what one of them cannot handle is raised here."""
        ready: list[threading.Semaphore] = []
        alive: dict[threading.Semaphore, threading.Thread] = {}
        for act in actors.values():
            turn = threading.Semaphore(0)
            thread = threading.Thread(target=self._live, args=(act, turn), daemon=True)
            ready.append(turn)
            alive[turn] = thread
            thread.start()
        self._rng.shuffle(ready)
        current = ready[0]
        while ready:
            current = self._next(ready, current)
            current.release()
            if not self._back.acquire(timeout=PATIENCE):
                raise AssertionError("a schedule hangs")
            if not self._turn_wanted(alive[current]):
                ready.remove(current)
        if self._trouble:
            raise self._trouble[0]

    def _next(
        self, ready: list[threading.Semaphore], current: threading.Semaphore
    ) -> threading.Semaphore:
        if self._falls:
            if self.steps in self._falls:
                ready.append(ready.pop(0))
            return ready[0]
        if current in ready and self._rng.random() < self._stay:
            return current
        return self._rng.choice(ready)

    def _turn_wanted(self, thread: threading.Thread) -> bool:
        return thread.ident in self._turns

    def _live(self, act: Callable[[], None], turn: threading.Semaphore) -> None:
        me = threading.get_ident()
        self._turns[me] = turn
        turn.acquire()
        try:
            for _ in range(STARTS):
                try:
                    act()
                    break
                except CrashError:
                    continue
        except BaseException as trouble:  # noqa: BLE001 - raised again where the play is watched
            self._trouble.append(trouble)
        finally:
            del self._turns[me]
            self._back.release()


class SteppedTable(ModelTable):
    """The model table, an operation at a time."""

    def __init__(self, director: Interleaver, off: frozenset[str]) -> None:
        super().__init__(off)
        self._director = director

    def get(self, key):
        self._director.step()
        return super().get(key)

    def get_many(self, keys):
        self._director.step()
        return super().get_many(keys)

    def query(self, pk, **options):
        self._director.step()
        return iter(list(super().query(pk, **options)))

    def due(self, due_pk, until):
        self._director.step()
        return iter(list(super().due(due_pk, until)))

    def write(self, *writes) -> None:
        lost = self._director.step()
        super().write(*writes)
        if lost:
            raise CrashError


class SteppedObjects(ModelObjects):
    """The model objects, an operation at a time; without `object_once` keys are overwritten."""

    def __init__(self, director: Interleaver, off: frozenset[str]) -> None:
        super().__init__()
        self._director = director
        self._once = "object_once" not in off

    def put_new(self, key: str, body: bytes, *, content_type: str) -> bool:
        lost = self._director.step()
        if not self._once:
            self.bodies.pop(key, None)
        done = super().put_new(key, body, content_type=content_type)
        if lost:
            raise CrashError
        return done

    def get(self, key: str) -> bytes | None:
        self._director.step()
        return super().get(key)
