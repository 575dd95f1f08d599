"""Price models as the API speaks of them: one shape a model, told apart by its name."""

from typing import Annotated, Literal

from pydantic import Field

from solde.domain.errors import within
from solde.domain.money import Rounding
from solde.domain.pricing import PriceModel
from solde.domain.pricing.blocks import Block, BlockMode, Blocks
from solde.domain.pricing.capacity import Capacity, CapacityTier
from solde.domain.pricing.carried import Carried
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.formula import Formula
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.graduated_percentage import GraduatedPercentage
from solde.domain.pricing.matrix import Cell, Matrix
from solde.domain.pricing.model import QuantityModel
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_group import PerGroup
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.percentage import Percentage
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import FlatDue, Tier
from solde.domain.pricing.volume import Volume
from solde.runtime.fields import Amount, Strict

Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,39}$")]
Unit = Annotated[str, Field(min_length=1, max_length=80)]


class TierModel(Strict):
    up_to: Amount | None
    unit_amount: Amount
    flat_amount: Amount = Field(default="0", validate_default=True)


Tiers = Annotated[list[TierModel], Field(min_length=1, max_length=100)]


def _tiers(tiers: list[TierModel]) -> tuple[Tier, ...]:
    return tuple(Tier(one.up_to, one.unit_amount, one.flat_amount) for one in tiers)


class FlatModel(Strict):
    model: Literal["flat"]
    amount: Amount

    def price(self) -> QuantityModel:
        return Flat(self.amount)


class PerUnitModel(Strict):
    model: Literal["per_unit"]
    amount: Amount

    def price(self) -> QuantityModel:
        return PerUnit(self.amount)


class GraduatedModel(Strict):
    """`flat_due`: the flat amount of every tier entered, or of the one that is reached."""

    model: Literal["graduated"]
    tiers: Tiers
    flat_at_zero: bool = False
    flat_due: Annotated[FlatDue, Field(strict=False)] = FlatDue.ENTERED

    def price(self) -> QuantityModel:
        return Graduated(_tiers(self.tiers), self.flat_at_zero, self.flat_due)


class VolumeModel(Strict):
    model: Literal["volume"]
    tiers: Tiers
    flat_at_zero: bool = False

    def price(self) -> QuantityModel:
        return Volume(_tiers(self.tiers), self.flat_at_zero)


class StairstepModel(Strict):
    """The `flat_amount` of the tier that is reached; its `unit_amount` is zero."""

    model: Literal["stairstep"]
    tiers: Tiers
    flat_at_zero: bool = False

    def price(self) -> QuantityModel:
        return Stairstep(_tiers(self.tiers), self.flat_at_zero)


class PackageModel(Strict):
    model: Literal["package"]
    size: Amount
    amount: Amount
    remainder: Literal["up", "down"] = "up"

    def price(self) -> QuantityModel:
        return Package(self.size, self.amount, Rounding(self.remainder))


class CellModel(Strict):
    values: list[str] = Field(min_length=1, max_length=5)
    amount: Amount


class MatrixModel(Strict):
    model: Literal["matrix"]
    dimensions: list[Name] = Field(min_length=1, max_length=5)
    cells: list[CellModel] = Field(max_length=1000)
    default: Amount

    def price(self) -> PriceModel:
        cells = tuple(Cell(tuple(one.values), one.amount) for one in self.cells)
        return Matrix(tuple(self.dimensions), cells, self.default)


class BlockModel(Strict):
    unit: Unit
    size: Amount
    amount: Amount
    most: int | None = Field(default=None, ge=1)


class BlocksModel(Strict):
    """Tiers of blocks for one or several units; the meter tells the units by its one dimension."""

    model: Literal["blocks"]
    tiers: list[Annotated[list[BlockModel], Field(min_length=1, max_length=20)]] = Field(
        min_length=1, max_length=20
    )
    mode: Annotated[BlockMode, Field(strict=False)] = BlockMode.ALL_TIERS

    def price(self) -> PriceModel:
        tiers = []
        for place, tier in enumerate(self.tiers):
            blocks = []
            for number, one in enumerate(tier):
                with within(f"/tiers/{place}/{number}"):
                    blocks.append(Block(one.unit, one.size, one.amount, one.most))
            tiers.append(tuple(blocks))
        return Blocks(tuple(tiers), self.mode)


class CapacityTierModel(Strict):
    limits: dict[Unit, Amount] = Field(max_length=20)
    amount: Amount


class CapacityModel(Strict):
    model: Literal["capacity"]
    tiers: list[CapacityTierModel] = Field(min_length=1, max_length=50)

    def price(self) -> PriceModel:
        return Capacity(
            tuple(CapacityTier(tuple(sorted(one.limits.items())), one.amount) for one in self.tiers)
        )


class PercentageModel(Strict):
    model: Literal["percentage"]
    percent: Amount
    fixed_amount: Amount = Field(default="0", validate_default=True)
    free_events: int | None = Field(default=None, ge=0)
    free_amount: Amount | None = None
    minimum: Amount | None = None
    maximum: Amount | None = None

    def price(self) -> PriceModel:
        return Percentage(
            self.percent,
            self.fixed_amount,
            self.free_events,
            self.free_amount,
            self.minimum,
            self.maximum,
        )


class GraduatedPercentageModel(Strict):
    """Bounds are amounts, and the `unit_amount` of a tier is its percentage."""

    model: Literal["graduated_percentage"]
    tiers: Tiers
    flat_at_zero: bool = False

    def price(self) -> PriceModel:
        return GraduatedPercentage(_tiers(self.tiers), self.flat_at_zero)


class FormulaModel(Strict):
    """Over `quantity` and `count` of the period, or over `fields` of each event."""

    model: Literal["formula"]
    formula: str = Field(min_length=1, max_length=1000)
    fields: list[Name] = Field(default_factory=list, max_length=10)

    def price(self) -> PriceModel:
        return Formula.of(self.formula, tuple(self.fields))


class CarriedModel(Strict):
    model: Literal["carried"]

    def price(self) -> PriceModel:
        return Carried()


EachModel = Annotated[
    FlatModel | PerUnitModel | GraduatedModel | VolumeModel | StairstepModel | PackageModel,
    Field(discriminator="model"),
]


class PerGroupModel(Strict):
    """Each combination of the meter's dimensions priced on its own, then added."""

    model: Literal["per_group"]
    dimensions: list[Name] = Field(min_length=1, max_length=5)
    each: EachModel

    def price(self) -> PriceModel:
        with within("/each"):
            return PerGroup(tuple(self.dimensions), self.each.price())


AnyModel = Annotated[
    FlatModel
    | PerUnitModel
    | GraduatedModel
    | VolumeModel
    | StairstepModel
    | PackageModel
    | MatrixModel
    | BlocksModel
    | CapacityModel
    | PercentageModel
    | GraduatedPercentageModel
    | FormulaModel
    | CarriedModel
    | PerGroupModel,
    Field(discriminator="model"),
]
