"""A vector as the engine may see it: input and convention, never the answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

T = TypeVar("T")


class UnsupportedError(Exception):
    """Solde has no policy for the vector's convention; the text names the one that is missing."""


@dataclass
class Convention:
    """
    What the source presumes. Whatever no mapping looks at makes the vector unsupported.

    Nested conventions are named with a dot: `proration.unit`.
    """

    said: dict[str, Any]
    _seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, convention: Mapping[str, Any]) -> "Convention":
        return cls(dict(_flat(convention)))

    def choose(self, name: str, choices: Mapping[Any, T], default: T | None = None) -> T:
        """Return what a value of the convention means here; without one, the default."""
        self._seen.add(name)
        if name not in self.said:
            if default is None:
                raise UnsupportedError(f"the vector leaves {name} open")
            return default
        if self.said[name] not in choices:
            raise UnsupportedError(f"no policy for {name}: {self.said[name]}")
        return choices[self.said[name]]

    def accept(self, **names: object) -> None:
        """Prove that the convention, where it speaks, says what Solde does anyway."""
        for name, values in names.items():
            held = values if isinstance(values, tuple) else (values,)
            self.choose(name.replace("__", "."), dict.fromkeys(held, True), default=True)

    def unread(self) -> list[str]:
        return sorted(set(self.said) - self._seen)


def _flat(convention: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in convention.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


@dataclass
class Asked:
    kind: str
    input: Mapping[str, Any]
    convention: Convention

    def __getitem__(self, name: str) -> Any:
        return self.input[name]

    def get(self, name: str, default: Any = None) -> Any:
        found = self.input.get(name)
        return default if found is None else found

    def number(self, name: str, default: str | None = None) -> Decimal:
        return Decimal(str(self.input[name] if default is None else self.get(name, default)))
