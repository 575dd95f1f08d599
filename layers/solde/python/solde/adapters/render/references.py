"""What the buyer wants named, and whom a line serves: once for a document, or by subscription."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.adapters.render.words import Words
from solde.domain.subscriptions.references import NAMES

Document = Mapping[str, Any]


def common(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and text of the references that all lines share."""
    for name, text in _shared(document).items():
        yield words.say(f"reference_{name}"), text


def own(sold: Mapping[str, Any], document: Document, words: Words) -> Iterator[str]:
    """Yield what is named for one subscription alone: the child that it serves, its references."""
    if "subscriber" in sold:
        yield words.say("serves", name=sold["subscriber"]["name"])
    shared = _shared(document)
    for name, text in _named(sold).items():
        if name not in shared:
            yield f"{words.say(f'reference_{name}')} {text}"


def _shared(document: Document) -> dict[str, str]:
    every = [_named(line["subscription"]) for line in document["lines"]]
    first = every[0]
    return {
        name: text for name, text in first.items() if all(one.get(name) == text for one in every)
    }


def _named(sold: Mapping[str, Any]) -> dict[str, str]:
    said = sold.get("references", {})
    return {name: said[name] for name in NAMES if name in said}
