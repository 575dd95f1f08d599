"""Where actors meet: stores that go an operation at a time, and a seller over them."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping
from typing import ClassVar, Self

from solde.domain.errors import SoldeError
from solde.ports.objects import ObjectStore
from solde.storage.audit import AuditTable
from solde.storage.table import ConditionFailedError
from solde.workflows.bill_run.publish import publish_last
from solde.workflows.bill_run.sweep import sweep_runs
from solde.workflows.verify.verify import verify
from tests.protocol.interleaver import Interleaver
from tests.protocol.watch import moved_back
from tests.support.faulty_table import CrashError
from tests.support.model_objects import ModelObjects
from tests.support.model_table import ModelTable
from tests.support.seller import Seller, at

ACCEPTED = (SoldeError, ConditionFailedError)
"""What an actor may be told: it is refused, or must come again."""
Wrong = dict[str, tuple[str, ...]]


class SteppedTable(ModelTable):
    """The model table, an operation at a time; notes what moves that must not."""

    def __init__(self, director: Interleaver, off: frozenset[str]) -> None:
        super().__init__(off)
        self._director = director
        self.wrong: list[str] = []

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
        before = {write.key: self.items.get(write.key) for write in writes}
        super().write(*writes)
        for key, item in before.items():
            self.wrong += moved_back(key, item, self.items.get(key))
        if lost:
            raise CrashError


class SteppedObjects(ModelObjects):
    """The model objects, an operation at a time; without `object_once` keys are overwritten."""

    def __init__(self, director: Interleaver, off: frozenset[str]) -> None:
        super().__init__()
        self._director = director
        self._once = "object_once" not in off

    def put_new(self, key: str, body: bytes, *, content_type: str, kept_until=None) -> bool:
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

    def get_range(self, key: str, *, offset: int, length: int) -> bytes:
        self._director.step()
        return super().get_range(key, offset=offset, length=length)

    def list_keys(self, prefix: str, *, after: str = ""):
        self._director.step()
        return iter(list(super().list_keys(prefix, after=after)))


class Stage(ABC):
    """
    A seller whose actors are named in `ACTORS`.

    `off` names conditions that are left out, `fault` is the chance of a disturbance at an
    operation.
    """

    ACTORS: ClassVar[Mapping[str, Callable[[Self], None]]] = {}

    def __init__(self, seed: int, *, off: frozenset[str] = frozenset(), fault: float = 0.0) -> None:
        self.director = Interleaver(seed, fault=fault)
        self.table = SteppedTable(self.director, off)
        self.objects = SteppedObjects(self.director, off)
        self.seller = Seller(table=self.table, objects=self.objects)

    def play(self, *names: str) -> Wrong:
        """Let the actors of these names meet, then let everything rest: what is wrong?"""
        self.director.play([self._quiet(name) for name in names])
        return self.rests()

    @abstractmethod
    def rests(self) -> Wrong:
        """Let everything come to its end, and say what is wrong."""

    def _quiet(self, name: str) -> Callable[[], None]:
        def quiet() -> None:
            try:
                self.ACTORS[name](self)
            except ACCEPTED:
                return

        return quiet

    def sweeps(self, *times: str) -> None:
        for time in times:
            sweep_runs(at(time), self.seller.context)
            publish_last(at(time), self.seller.context)

    def verifies(self, time: str, usage: ObjectStore | None = None) -> Wrong:
        """Return what verify finds, all but mails, which nobody sends here; and what moved back."""
        found = verify(at(time), AuditTable(self.table, usage), self.seller.context, usage)
        wrong = {one.code: one.violations for one in found if one.violations and one.code != "I22"}
        return wrong | ({"moved": tuple(self.table.wrong)} if self.table.wrong else {})

    def billed(self, customer: str) -> int:
        """Return the net of all documents of a customer, in minor units."""
        return sum(
            one.net_minor * (1 if one.kind == "invoice" else -1)
            for one in self.seller.documents(customer)
        )

    def owes(self, expected: Mapping[str, int]) -> Wrong:
        """Compare what each customer was billed with what it should be."""
        found = Counter({name: self.billed(name) for name in expected})
        return {
            name: (f"expected {owed} billed, found {found[name]}",)
            for name, owed in expected.items()
            if found[name] != owed
        }
