"""What a check says: what it looked at, whether that is well, and what to do where it is not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Clients = Callable[[str], Any]
"""Returns the boto3 client of a service."""


@dataclass(frozen=True, slots=True)
class Found:
    """`todo` is one sentence, and empty where nothing is to be done."""

    what: str
    said: str
    todo: str = ""

    @property
    def well(self) -> bool:
        return not self.todo


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be deployed, as `cdk.json` and the command line say."""

    stage: str
    mail_from: str
    own_key: bool

    @property
    def prefix(self) -> str:
        return f"solde-{self.stage}"


Check = Callable[[Clients, Wanted], Iterator[Found]]
