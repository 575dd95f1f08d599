"""What a credit note takes back of its originals, and the tax that went back before (R14)."""

from typing import Any

from solde.domain.invoicing.draft import Draft
from solde.domain.invoicing.taken import Back, Taken, key_of


def backs(draft: Draft, taken: Taken) -> list[dict[str, Any]]:
    """Give it by original and rate; empty for what takes nothing back."""
    return [_back(one, taken) for one in draft.back]


def _back(one: Back, taken: Taken) -> dict[str, Any]:
    rate, base = key_of(one.treatment), (one.gross or one.base).minor
    said = {
        "original": one.original,
        "rate": rate,
        "before": one.before,
        "base": base,
        "tax_before": one.tax_before.minor,
    }
    supplied = taken.supplied.get(one.original, {}).get(rate)
    if supplied is None:
        return said
    charged = taken.charged.get(one.original, {}).get(rate)
    if charged is not None and one.gross is None and supplied:
        return {**said, "charged": charged, "supplied": supplied}
    return {**said, "supplied": supplied} if one.before + base > supplied else said
