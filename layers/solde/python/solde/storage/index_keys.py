"""Keys of the indexes: what is due on a day, and what is listed; frozen like those of the table."""

from datetime import date

from solde.storage.keys import LAST, SHARDS, shard


def due_bill(entity: str, customer_id: str) -> str:
    return f"D#bill#{entity}#{shard(customer_id)}"


def due_bill_shards(entity: str) -> tuple[str, ...]:
    return tuple(f"D#bill#{entity}#{number}" for number in range(SHARDS))


def due_dun(entity: str, customer_id: str) -> str:
    return f"D#dun#{entity}#{shard(customer_id)}"


def due_dun_shards(entity: str) -> tuple[str, ...]:
    return tuple(f"D#dun#{entity}#{number}" for number in range(SHARDS))


def due_expire(entity: str, customer_id: str) -> str:
    return f"D#expire#{entity}#{shard(customer_id)}"


def due_expire_shards(entity: str) -> tuple[str, ...]:
    return tuple(f"D#expire#{entity}#{number}" for number in range(SHARDS))


def due_refill(entity: str, customer_id: str) -> str:
    return f"D#refill#{entity}#{shard(customer_id)}"


def due_refill_shards(entity: str) -> tuple[str, ...]:
    return tuple(f"D#refill#{entity}#{number}" for number in range(SHARDS))


def due_event(event_id: str) -> str:
    return f"D#event#{shard(event_id)}"


def due_event_shards() -> tuple[str, ...]:
    return tuple(f"D#event#{number}" for number in range(SHARDS))


def due_attempt(attempt_id: str) -> str:
    return f"D#attempt#{shard(attempt_id)}"


def due_attempt_shards() -> tuple[str, ...]:
    return tuple(f"D#attempt#{number}" for number in range(SHARDS))


def due_debit(attempt_id: str) -> str:
    return f"D#debit#{shard(attempt_id)}"


def due_debit_shards() -> tuple[str, ...]:
    return tuple(f"D#debit#{number}" for number in range(SHARDS))


def due_day(day: date, identity: str) -> str:
    return f"{day.isoformat()}#{identity}"


def due_until(day: date) -> str:
    """Return the bound that takes in every entry of `day` and of the days before it."""
    return f"{day.isoformat()}#{LAST}"


def listing(kind: str, identity: str) -> str:
    return f"L#{kind}#{shard(identity)}"


def listing_shards(kind: str) -> tuple[str, ...]:
    return tuple(f"L#{kind}#{number}" for number in range(SHARDS))


def due_call(endpoint_id: str) -> str:
    """Name what is to be sent again to an endpoint: one partition, for it is called in turn."""
    return f"D#call#{endpoint_id}"


def calls(endpoint_id: str) -> str:
    """Name the list of what was sent to an endpoint."""
    return f"L#call#{endpoint_id}"
