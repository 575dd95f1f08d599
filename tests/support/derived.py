"""The equations of a derivation tree, reckoned from document and tree alone."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.money import EXPONENTS

Node = Mapping[str, Any]
ONE = Fraction(1)


def rounded(amount: Fraction, code: str) -> int:
    """Round major units to minor ones, half away from zero."""
    minor = abs(amount) * 10 ** EXPONENTS[code]
    whole, rest = divmod(minor.numerator, minor.denominator)
    return (whole + (2 * rest >= minor.denominator)) * (1 if amount >= 0 else -1)


def broken(document: Node, tree: Node) -> list[str]:
    """Return what does not hold; empty for a tree that explains its document."""
    return [
        *(one for number, _ in enumerate(tree["lines"]) for one in _line(document, tree, number)),
        *(
            one
            for number, _ in enumerate(tree.get("keys", ()))
            for one in _key(document, tree, number)
        ),
        *_commitments(document, tree),
        *_back(document, tree),
        *_asked(document, tree),
    ]


def part(one: Node, tree: Node, code: str) -> Fraction:
    """Return the product that a part says, in major units."""
    share = Fraction(one.get("share", 1)) * Fraction(one.get("cut", 1))
    if "commitment" in one:
        missing = tree["commitments"][one["commitment"]]["missing"]
        return share * Fraction(missing, 10 ** EXPONENTS[code])
    if "layers" in one:
        return share * sum(part(layer, tree, code) for layer in one["layers"])
    return share * (_rows(one["rows"]) - _rows(one.get("less", ())))


def price_of(line: Node, sign: int) -> tuple[Fraction, int]:
    """Return what a line is of its price: exact, and in minor units before discounts."""
    credits_ = line.get("credited", ())
    minor = line.get("with_tax", line.get("base", line["net"]))
    minor += sum(one["amount"] for one in (*line.get("discounts", ()), *line.get("allowances", ())))
    exact = Fraction(line["exact"]) - sum(Fraction(one["exact"]) for one in credits_)
    return exact, sign * (minor - sum(one["net"] for one in credits_))


def _sign(document: Node) -> int:
    return -1 if document["kind"] == "credit_note" else 1


def _rows(rows: Any) -> Fraction:
    return sum((_row(row) for row in rows), Fraction(0))


def _row(row: Any) -> Fraction:
    return Fraction(row[2]) if len(row) > 2 else Fraction(row[0]) * Fraction(row[1])


def _line(document: Node, tree: Node, number: int) -> Iterator[str]:
    node, line = tree["lines"][number], document["lines"][number]
    exact, gross = price_of(line, _sign(document))
    code, how = document["currency"], node["how"]
    if how == "given_back":
        row = tree["asked"]["left"][node["row"]]
        if (row["line"], -row["amount"]) != (line["corrects"]["line"], gross + _by_hand_of(line)):
            yield f"line {number + 1}: {row}"
        return
    if how != "difference" and exact != (told := _told(node, line, tree, code)):
        yield f"line {number + 1}: {exact} is not {told}: {node}"
    if how != "credit":
        before = node.get("before", {"exact": "0", "gross": 0})
        after = rounded(Fraction(before["exact"]) + exact, code) - before["gross"]
        if gross != after:
            yield f"line {number + 1}: {gross} is not rounded on {before}: {after}"


def _told(node: Node, line: Node, tree: Node, code: str) -> Fraction | None:
    """Return what a node says of the exact amount of a price; nothing where it is no kind."""
    match node["how"]:
        case "walk":
            walked = sum(Fraction(step[2]) for step in line["steps"])
            return part({**node, "rows": [["1", walked]]}, tree, code)
        case "layers" | "commitment":
            return part(node, tree, code)
        case "credit":
            return Fraction(0)
    return None


def _by_hand_of(line: Node) -> int:
    return -sum(one["net"] for one in line.get("credited", ()))


def _key(document: Node, tree: Node, number: int) -> Iterator[str]:
    key, sign = tree["keys"][number], _sign(document)
    lines = [
        line
        for line, node in zip(document["lines"], tree["lines"], strict=True)
        if node.get("key") == number
    ]
    now = sum(part(one, tree, document["currency"]) for one in key["now"])
    others = [exact for _, exact, _ in key["billed"]] + key["elsewhere"] + key["untold"]
    told = now - sum(map(Fraction, others))
    if told != (found := sum(price_of(line, sign)[0] for line in lines)):
        yield f"key {number}: {told} is not {found}: {key}"
    for one in key.get("credits", ()):
        yield from _by_hand(one, lines, document)


def _by_hand(one: Node, lines: list[Node], document: Node) -> Iterator[str]:
    code, sign = document["currency"], _sign(document)
    stands = Fraction(one["stands"])
    if "served" in one:
        days, units = one["of"]
        served = sum(count * Fraction(much) for count, much in one["served"])
        if stands != served / (days * Fraction(units)):
            yield f"credit {one['id']}: {stands} of {one}"
    share = 0 if one.get("withdrawn") else min(stands / Fraction(one["held"]), ONE)
    amount = Fraction(one["amount"], 10 ** EXPONENTS[code])
    exact = -amount * share - sum(Fraction(each) for _, each, _ in one["billed"])
    parts = [each for line in lines for each in line.get("credited", ()) if each["id"] == one["id"]]
    others = [*one["elsewhere"], *one["untold"]]
    found = [Fraction(each["exact"]) for each in parts] + [Fraction(each) for each, _ in others]
    if exact != sum(found):
        yield f"credit {one['id']}: {exact} is not {found}"
    minor = sum(sign * each["net"] for each in parts) + sum(net for _, net in others)
    if "before" in one:
        before = one["before"]
        minor -= rounded(Fraction(before["exact"]) + exact, code) - before["gross"]
    if minor:
        yield f"credit {one['id']}: {minor} more than rounded: {one}"


def _commitments(document: Node, tree: Node) -> Iterator[str]:
    for one in tree.get("commitments", ()):
        agreed = sum(part(each, tree, document["currency"]) for each in one["parts"])
        missing = max(one["floor"] - sum(each["net"] for each in one["counted"]), 0)
        if (rounded(agreed, document["currency"]), missing) != (one["floor"], one["missing"]):
            yield f"commitment: {agreed}, {missing} missing: {one}"


def _back(document: Node, tree: Node) -> Iterator[str]:
    named = {(one["original"], one["rate"]): one for one in tree.get("back", ())}
    policy = document.get("inclusive")
    for original in document.get("corrects", ()):
        for tax in original["taxes"]:
            one = named.pop((original["id"], f"{tax['category']}/{tax['rate']}"))
            upto = min(one["before"] + one["base"], one.get("supplied", 10**15))
            if policy:
                continue
            rate = Fraction(Decimal(tax["rate"])) / 100
            whole = Fraction(upto) * rate
            if "charged" in one:
                whole = Fraction(one["charged"] * upto, one["supplied"])
            if tax["tax"] != rounded(whole, "JPY") - one["tax_before"]:
                yield f"tax back of {original['id']}: {tax} by {one}"
    if any(identity for identity, _ in named):
        yield f"back: nothing of {sorted(named)} on the note"


def _asked(document: Node, tree: Node) -> Iterator[str]:
    if (asked := tree.get("asked")) is None:
        return
    for one in asked["left"]:
        least = max(min(one["of_line"], one["of_charge"], one["of_rate"]), 0)
        if one["left"] != least or not 0 <= one["amount"] <= least:
            yield f"asked: {one}"
    given = sum(one["amount"] for one in asked["left"])
    if asked["how"] == "whole" and given != sum(one["left"] for one in asked["left"]):
        yield f"asked: {given} is not all: {asked}"
    if asked["how"] == "amount" and given != asked["amount"]:
        yield f"asked: {given} is not {asked['amount']}"
