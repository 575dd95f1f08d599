"""The model table with a fault or another actor at one chosen operation."""

from collections.abc import Callable

from solde.storage.table import Write
from tests.support.model_table import ModelTable


class CrashError(Exception):
    """The worker is gone: nothing after this is done by it."""


class FaultyTable(ModelTable):
    """
    Counts operations; at number `at` it calls `act`, crashes before it, or loses its reply.

    While `act` runs, its own operations are not counted: another actor acts there whole.
    """

    def __init__(self, off: frozenset[str] = frozenset()) -> None:
        super().__init__(off)
        self.count = 0
        self.at: int | None = None
        self.act: Callable[[], None] | None = None
        self.lose = False
        self._nested = False

    def arm(self, at: int, *, act: Callable[[], None] | None = None, lose: bool = False) -> None:
        self.count, self.at, self.act, self.lose = 0, at, act, lose

    def disarm(self) -> None:
        self.at = None

    def get(self, key):
        self._step()
        return super().get(key)

    def query(self, pk, **options):
        self._step()
        return iter(list(super().query(pk, **options)))

    def write(self, *writes: Write) -> None:
        lost = self._step()
        super().write(*writes)
        if lost:
            raise CrashError

    def _step(self) -> bool:
        """Return whether the reply of this operation will be lost."""
        if self._nested or self.at is None:
            return False
        self.count += 1
        if self.count != self.at:
            return False
        if self.act is not None:
            self._nested = True
            self.act()
            self._nested = False
            return False
        if not self.lose:
            raise CrashError
        return True
