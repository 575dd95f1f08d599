"""Request units: a write per 1 KB, a read per 4 KB, each rounded up; a transaction doubles."""

WRITE_BYTES = 1024
READ_BYTES = 4096
IN_TRANSACTION = 2


def write_units(size: int) -> int:
    return max(1, -(-size // WRITE_BYTES))


def half_read_units(size: int, *, consistent: bool) -> int:
    """Return twice the read units: an eventually consistent read costs half of one."""
    return max(1, -(-size // READ_BYTES)) * (2 if consistent else 1)
