import pytest

from solde.domain.usage.buckets import bucket_of, buckets_for


@pytest.mark.parametrize(
    ("events", "buckets"),
    [
        (0, 1),
        (499_999, 1),
        (500_000, 4),
        (600_000, 4),
        (600_001, 8),
        (1_000_000, 8),
        (10_000_000, 128),
        (1_000_000_000, 256),
    ],
)
def test_how_many_buckets_a_volume_takes(events, buckets):
    assert buckets_for(events) == buckets


@pytest.mark.parametrize(
    ("identity", "buckets", "bucket"),
    [("00", 4, 0), ("3f", 4, 0), ("40", 4, 1), ("ff", 4, 3), ("ff", 1, 0), ("7f", 2, 0)],
)
def test_a_bucket_is_a_range_of_identities(identity, buckets, bucket):
    assert bucket_of(identity + "0" * 30, buckets) == bucket
