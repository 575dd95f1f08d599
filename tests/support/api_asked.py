"""A request of the story that the examples of the OpenAPI document are taken from."""

from typing import Any, NamedTuple


class Asked(NamedTuple):
    """`operation` as the OpenAPI document names it; `path` as it is asked for."""

    operation: str
    path: str
    body: Any = None
    headers: tuple[tuple[str, str], ...] = ()
