"""Identity buckets: how many an execution has follows from its volume, and is in its manifest."""

ONE_BELOW = 500_000
"""Events of one execution up to which there is one bucket, and all steps run in one invocation."""
EVENTS_PER_BUCKET = 150_000
"""What a bucket of several may hold on average, so that its index stays a few tens of MB."""
MOST = 256
"""The first two hex digits of an identity choose the bucket."""


def buckets_for(events: int) -> int:
    """Return a power of two: each bucket is a range of identities, and halves when doubled."""
    if events < ONE_BELOW:
        return 1
    count = 2
    while count < MOST and count * EVENTS_PER_BUCKET < events:
        count *= 2
    return count


def bucket_of(identity: str, buckets: int) -> int:
    return int(identity[:2], 16) * buckets // MOST
