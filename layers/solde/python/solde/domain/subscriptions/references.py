"""What a buyer wants named on his documents, by which a seller may keep them apart."""

from dataclasses import dataclass

from solde.domain.custom_fields import Values


@dataclass(frozen=True, slots=True)
class References:
    """Texts of the buyer; `alone` keeps a subscription's charges on documents of their own."""

    purchase_order: str = ""
    cost_centre: str = ""
    contract_number: str = ""
    ship_to: str = ""
    alone: bool = False
    fields: Values = ()
    """Custom fields of the subscription, by name."""

    @property
    def named(self) -> dict[str, str]:
        """Return what there is to say, by name."""
        return {name: text for name in NAMES if (text := str(getattr(self, name)))}


NAMES = ("purchase_order", "cost_centre", "contract_number", "ship_to")
SUBSCRIBER = "subscriber"
SOFT_KEYS = (*NAMES, SUBSCRIBER)
"""What a policy may keep apart."""
ALONE = "alone"
