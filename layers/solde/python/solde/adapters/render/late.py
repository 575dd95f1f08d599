"""Late charges as they are read: the days, the amount and the rate of each half-year, to check."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.adapters.render.lines import Group, Row, from_to
from solde.adapters.render.words import Words

Document = Mapping[str, Any]


def columns(words: Words) -> tuple[str, str, str, str, str]:
    names = ("description", "late_days", "late_count", "late_percent", "late_amount")
    first, second, third, fourth, fifth = (words.say(one) for one in names)
    return first, second, third, fourth, fifth


def waived_columns(words: Words) -> tuple[str, str, str, str, str]:
    return words.say("description"), "", "", "", words.say("late_amount")


def charges(document: Document, words: Words) -> Iterator[Group]:
    """Yield the one group of a document: all that it charges of its invoice, and takes off."""
    invoice, currency = document["late"]["invoice"], document["currency"]
    name = words.say(
        "late_of",
        number=invoice["number"],
        amount=words.money(invoice["gross"], currency),
        day=words.day(invoice["due_on"]),
    )
    rows = tuple(_row(one, currency, words) for one in document["lines"])
    yield Group(name, rows, "", words.money(document["totals"]["gross"], currency))


def waived(document: Document, words: Words) -> Iterator[Group]:
    """Yield the one group of a note: what it takes back of late charges."""
    (original,) = document["corrects"]
    day, currency = words.day(original["issued_on"]), document["currency"]
    name = words.say("late_waived_of", number=original["number"], day=day)
    rows = tuple(
        Row(
            words.say(f"late_waived_{one['kind']}"),
            "",
            "",
            "",
            "",
            words.money(one["net"], currency),
        )
        for one in document["lines"]
    )
    yield Group(name, rows, "", words.money(document["totals"]["gross"], currency))


def _row(line: Mapping[str, Any], currency: str, words: Words) -> Row:
    amount = words.money(line["net"], currency)
    if line["kind"] == "interest":
        return _interest(line, currency, words)
    said = {}
    if line["kind"] == "charged_before":
        named = line["document"]
        said = {"number": named["number"], "day": words.day(named["issued_on"])}
    return Row(words.say(f"late_{line['kind']}", **said), "", "", "", "", amount)


def _interest(line: Mapping[str, Any], currency: str, words: Words) -> Row:
    base, percent = words.money(line["owed"], currency), words.percent(line["percent"])
    return Row(
        description=words.say("late_interest", base=base),
        detail=words.say("late_walk", base=base, percent=percent, days=line["days"]),
        service=from_to(line["service"], words),
        quantity=str(line["days"]),
        price=percent,
        amount=words.money(line["net"], currency),
    )


def rules(document: Document, words: Words) -> Iterator[str]:
    """Tell by which rule it was computed, and whence each rate comes."""
    said = document.get("late")
    if said:
        yield words.say("late_rule")
    for one in said["rates"] if said else ():
        if "agreed" in one:
            yield words.say("late_rate_agreed", percent=words.percent(one["agreed"]))
        else:
            yield words.say(
                "late_rate",
                day=words.day(one["from_on"]),
                reference=words.percent(one["reference"]),
                points=one["points"],
            )
    yield words.say("late_outside_vat")
