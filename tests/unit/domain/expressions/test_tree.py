"""Which inputs a formula asks for."""

from solde.domain.expressions import parse
from solde.domain.expressions.tree import names


def test_every_input_is_named_wherever_it_stands() -> None:
    tree = parse("max(a, 1) + if(b > 1 and not c == d or e < 2, f, 2)")
    assert sorted(names(tree)) == ["a", "b", "c", "d", "e", "f"]
