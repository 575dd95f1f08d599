"""What if: issued history billed again with one input replaced, customer by customer."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator
from rich.console import Console
from rich.progress import track
from rich.table import Table as Shown

from functions.catalog.price_models import AnyModel
from functions.catalog.regimes import RateModel
from local.errors import LocalCloudError
from local.stores import stores_of
from local.up import Cloud
from solde.domain.errors import NotFoundError, SoldeError
from solde.domain.money import EXPONENTS
from solde.domain.proration import Proration
from solde.domain.tax import Regime
from solde.runtime.fields import Amount, Code, SoftKey, Strict
from solde.runtime.what_if import altering
from solde.storage.billing import BillingTable
from solde.storage.catalog import CatalogStore
from solde.storage.entities import EntityTable
from solde.storage.run_items import LISTED_RUNS
from solde.storage.runs import RunTable
from solde.storage.table import Table
from solde.workflows.what_if import Books, Change, Delta, Found, what_if

MOST_RUNS = 10_000
PROGRESS = Console(stderr=True)


class WhatIfError(LocalCloudError):
    """The change makes no sense, or a run cannot be planned again."""


class PriceFields(Strict):
    """What a price would have been, in every version; what is left out stays."""

    model: AnyModel | None = None
    proration: Annotated[Proration, Field(strict=False)] | None = None
    free_units: Amount | None = None

    def fields(self) -> dict[str, Any]:
        said: dict[str, Any] = {"proration": self.proration, "free_units": self.free_units}
        said |= {"model": self.model.price() if self.model else None}
        return {name: value for name, value in said.items() if value is not None}


class EntityFields(Strict):
    """What an entity would have had as its policies; what is left out stays."""

    separate: list[SoftKey] | None = None
    inclusive_tax: Literal["base", "tax_from_gross", "net_rounded"] | None = None
    tax_level: Literal["rate", "line"] | None = None

    def fields(self) -> dict[str, Any]:
        said = self.model_dump(exclude_none=True)
        return said | ({"separate": tuple(said["separate"])} if "separate" in said else {})


class RegimeFields(Strict):
    """All rates that a regime would have had."""

    classes: dict[Code, Annotated[list[RateModel], Field(min_length=1)]] = Field(min_length=1)

    def regime(self, code: str) -> Regime:
        classes = {name: tuple(one.rate() for one in rates) for name, rates in self.classes.items()}
        return Regime(code, 1, classes)


class ChangeFile(Strict):
    """Prices by code, entities by code, tax regimes by code: as the API speaks of them."""

    prices: dict[Code, PriceFields] = Field(default_factory=dict)
    entities: dict[Code, EntityFields] = Field(default_factory=dict)
    tax_regimes: dict[Code, RegimeFields] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_thing(self) -> "ChangeFile":
        named = len(self.prices) + len(self.entities) + len(self.tax_regimes)
        if named > 1:
            raise ValueError(f"expected one price, entity or tax regime, found {named}")
        return self

    def change(self) -> Change:
        return Change(
            {code: one.fields() for code, one in self.prices.items()},
            {code: one.fields() for code, one in self.entities.items()},
            {code: one.regime(code) for code, one in self.tax_regimes.items()},
        )


def change_of(text: str) -> Change:
    """
    Read a change; `{}` is none.

    Raises:
        WhatIfError: it makes no sense; the message names the field, what is expected and found.

    """
    try:
        return ChangeFile.model_validate_json(text).change()
    except ValidationError as wrong:
        raise WhatIfError("; ".join(_said(one) for one in wrong.errors())) from wrong
    except SoldeError as wrong:
        raise WhatIfError(str(wrong)) from wrong


def deltas(cloud: Cloud, change: Change, since: date) -> Iterator[Found]:
    """
    Yield what each closed run since a day would have billed.

    Raises:
        WhatIfError: nobody sells what is changed, or a run cannot be planned again.

    """
    table, archive, usage = stores_of(cloud)
    _must_be_known(change, table)
    runs = RunTable(table)
    rows = table.listed(LISTED_RUNS, limit=MOST_RUNS)
    every = [runs.run(row["list_sk"]) for row in rows]
    wanted = [one for one in every if one.target_on >= since]
    books = Books(runs, BillingTable(table), archive)
    try:
        yield from what_if(change, wanted, books, altering(archive, usage))
    except SoldeError as wrong:
        raise WhatIfError(str(wrong)) from wrong


def _must_be_known(change: Change, table: Table) -> None:
    """Refuse a change of what is not there: it would change nothing, and look like an answer."""
    catalogs, entities = CatalogStore(table), EntityTable(table)
    regimes = {one.tax_regime for one in entities.all()} if change.regimes else set[str]()
    try:
        for code in change.prices:
            catalogs.price(code)
        for code in change.entities:
            entities.entity(code)
    except NotFoundError as wrong:
        raise WhatIfError(str(wrong)) from wrong
    for code in change.regimes:
        if code not in regimes:
            raise WhatIfError(f"tax_regimes: expected one of {sorted(regimes)}, found {code!r}")


def shown(every: Iterator[Found], console: Console) -> None:
    """Print a row a customer who would have been billed otherwise, and the sums of all."""
    sums: dict[tuple[str, str], Delta] = {}
    documents, refused = 0, dict[str, str]()
    for found in track(every, "planning again", transient=True, console=PROGRESS):
        documents += found.documents
        refused |= found.refused
        for one in found.deltas:
            key = one.currency, one.customer_id
            sums[key] = one.plus(sums[key]) if key in sums else one
    table = Shown(title=f"What if: {documents} documents planned again")
    for name in ("customer", "currency", "net billed", "net then", "difference", "with tax"):
        left = name in ("customer", "currency")
        table.add_column(name, justify="left" if left else "right", overflow="fold")
    for (code, customer_id), one in sorted(sums.items()):
        if one.changed:
            table.add_row(customer_id, code, *_row(one))
    for code in sorted({code for code, _ in sums}):
        whole = sum_of(one for (currency, _), one in sums.items() if currency == code)
        table.add_row("all", code, *_row(whole), end_section=True)
    console.print(table)
    for customer_id, why in sorted(refused.items()):
        console.print(f"{customer_id}  not planned: {why}", markup=False, soft_wrap=True)


def sum_of(every: Iterator[Delta]) -> Delta:
    whole = next(every)
    for one in every:
        whole = one.plus(whole)
    return whole


def _row(one: Delta) -> list[str]:
    parts = (one.billed_net, one.net, one.net - one.billed_net, one.gross - one.billed_gross)
    return [f"{Decimal(part).scaleb(-EXPONENTS[one.currency]):f}" for part in parts]


def _said(wrong: Mapping[str, Any]) -> str:
    where = ".".join(map(str, wrong["loc"])) or "change"
    return f"{where}: {wrong['msg']}, found {wrong['input']!r}"[:300]


def read(file: Path) -> Change:
    """Read a change from a file; WhatIfError where there is none."""
    if not file.is_file():
        raise WhatIfError(f"expected a file with a change, found none at {file}")
    return change_of(file.read_text(encoding="utf-8"))


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise WhatIfError(f"since: expected a date such as 2026-01-31, found {text!r}") from wrong
