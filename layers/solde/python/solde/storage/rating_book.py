"""How far rating has come: the latest complete execution, and the days of each entity."""

from datetime import date, datetime

from solde.storage import keys
from solde.storage.table import Below, ConditionFailedError, Item, Key, Put, Table

SCHEMA = 1


class RatingBookTable:
    """The port `RatingBook` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def generation(self) -> int:
        item = self._table.get(keys.rating())
        return item["gen"] if item else 0

    def completed(self, generation: int) -> None:
        self._forward(keys.rating(), {"gen": generation}, Below("gen", generation, guard="rated"))

    def rated(self, entity: str, to_on: date, *, at: datetime) -> None:
        said = {"to_on": to_on.isoformat(), "at": at.isoformat()}
        condition = Below("to_on", to_on.isoformat(), guard="rated_to")
        self._forward(keys.rated(entity), said, condition)

    def _forward(self, key: Key, said: Item, condition: Below) -> None:
        item = {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, **said}
        try:
            self._table.write(Put(item, (condition,)))
        except ConditionFailedError:
            return  # somebody has come further already
