"""A debit that comes back: refused before it was collected, or given back after it."""

import json
from dataclasses import dataclass

from solde.domain.banking.debit import PREFIX

SCHEMA = 1
NAME = "rtn"
"""Deliveries that begin so tell of a debit that came back; a debit comes back once."""


@dataclass(frozen=True, slots=True)
class Returned:
    """`end_to_end` names the debit; `fee` are minor units that our bank keeps for it."""

    end_to_end: str
    code: str
    fee: int = 0

    @property
    def ours(self) -> bool:
        return self.end_to_end.startswith(PREFIX)

    @property
    def debit_id(self) -> str:
        return self.end_to_end.replace("-", "_", 1)

    @property
    def name(self) -> str:
        return f"{NAME}_{self.end_to_end.removeprefix(PREFIX)}"


def to_body(one: Returned) -> bytes:
    fields = {"schema": SCHEMA, "end_to_end": one.end_to_end, "code": one.code, "fee": one.fee}
    return json.dumps(fields, sort_keys=True).encode()


def from_body(body: bytes) -> Returned:
    said = json.loads(body)
    return Returned(said["end_to_end"], said["code"], said["fee"])
