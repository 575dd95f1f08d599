"""Identity buckets: how many an execution has follows from its volume, and is in its manifest."""

SUMS = 200_000
"""
Events of one execution up to which there is one bucket: its index takes some 150 bytes an event,
and with it the process stays below 150 MB.
"""
LOGS = 40_000
"""The same where a meter keeps each event, whole or what it says at its instant."""
MOST = 256
"""The first two hex digits of an identity choose the bucket."""


def buckets_for(events: int, *, logs: bool = False) -> int:
    """
    Return a power of two: each bucket is a range of identities, and halves when doubled.

    `logs` says whether a meter keeps each event, and not only what they come to.
    """
    most, count = LOGS if logs else SUMS, 1
    while count < MOST and count * most < events:
        count *= 2
    return count


def bucket_of(identity: str, buckets: int) -> int:
    return int(identity[:2], 16) * buckets // MOST
