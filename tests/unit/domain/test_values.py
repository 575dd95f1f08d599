"""Values that are frozen to the type checker, and filled by plain assignments."""

from dataclasses import dataclass, field, replace

import pytest

from solde.domain.values import light


@light
@dataclass(frozen=True, slots=True)
class Pair:
    first: int
    second: int = 2
    more: list[int] = field(default_factory=list, compare=False)

    def __post_init__(self) -> None:
        if self.first > self.second:
            raise ValueError("first: expected at most the second")


def test_it_is_the_value_that_it_was() -> None:
    assert Pair(1) == Pair(1, 2, []) == replace(Pair(0), first=1)
    assert hash(Pair(1)) == hash(Pair(1, more=[7]))
    assert repr(Pair(1)) == "Pair(first=1, second=2, more=[])"
    assert Pair(1).more is not Pair(1).more


def test_it_is_still_looked_at_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="first"):
        Pair(3)
    with pytest.raises(TypeError, match="first"):
        Pair()  # type: ignore[call-arg]


def test_nothing_but_its_fields_can_be_set() -> None:
    with pytest.raises(AttributeError, match="third"):
        Pair(1).third = 3  # type: ignore[attr-defined]
