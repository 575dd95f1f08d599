"""What the buyer wants named, and whom a line serves: once for a document, or by subscription."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.adapters.render.words import Words
from solde.domain.subscriptions.references import NAMES

Document = Mapping[str, Any]


def common(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and text of the references that all lines share."""
    for name, text in shared(document).items():
        yield words.say(f"reference_{name}"), text


def own(sold: Mapping[str, Any], document: Document, words: Words) -> Iterator[str]:
    """Yield what is named for one subscription alone: the child that it serves, its references."""
    if "subscriber" in sold:
        yield words.say("serves", name=sold["subscriber"]["name"])
    common_ones = shared(document)
    for name, text in named(sold).items():
        if name not in common_ones:
            yield f"{words.say(f'reference_{name}')} {text}"


def shared(document: Document) -> dict[str, str]:
    """Return the references that all lines have, by name."""
    every = [named(line["subscription"]) for line in document["lines"]]
    first = every[0]
    return {
        name: text for name, text in first.items() if all(one.get(name) == text for one in every)
    }


def named(sold: Mapping[str, Any]) -> dict[str, str]:
    """Return the references of a subscription in their order, by name."""
    said = sold.get("references", {})
    return {name: said[name] for name in NAMES if name in said}
