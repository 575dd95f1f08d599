import pytest

from solde.domain.usage.buckets import bucket_of, buckets_for


@pytest.mark.parametrize(
    ("events", "buckets"),
    [
        (0, 1),
        (200_000, 1),
        (200_001, 2),
        (400_001, 4),
        (800_001, 8),
        (1_000_000, 8),
        (10_000_000, 64),
        (1_000_000_000, 256),
    ],
)
def test_how_many_buckets_a_volume_takes(events, buckets):
    assert buckets_for(events) == buckets


@pytest.mark.parametrize(
    ("events", "buckets"), [(40_000, 1), (40_001, 2), (300_000, 8), (1_000_000, 32)]
)
def test_where_each_event_is_kept_there_are_more_of_them(events, buckets):
    assert buckets_for(events, logs=True) == buckets


@pytest.mark.parametrize(
    ("identity", "buckets", "bucket"),
    [("00", 4, 0), ("3f", 4, 0), ("40", 4, 1), ("ff", 4, 3), ("ff", 1, 0), ("7f", 2, 0)],
)
def test_a_bucket_is_a_range_of_identities(identity, buckets, bucket):
    assert bucket_of(identity + "0" * 30, buckets) == bucket
