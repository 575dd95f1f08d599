"""Objects that are written once, and read whole or in part."""

from datetime import UTC, date, datetime

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from solde.adapters.objects_s3 import S3Objects
from solde.domain.errors import StoreUnavailableError
from tests.support.answering import answering
from tests.support.model_objects import ModelObjects

BUCKET = "archive"


@pytest.fixture(params=["s3", "model"])
def objects(request):
    """The bucket as moto knows it, and the model that other tests use in its place."""
    if request.param == "model":
        yield ModelObjects()
        return
    with mock_aws():
        keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s"}
        client = boto3.client("s3", region_name="us-east-1", **keys)
        client.create_bucket(Bucket=BUCKET)
        yield S3Objects(client, BUCKET)


def put(objects, key: str, body: bytes) -> bool:
    return objects.put_new(key, body, content_type="text/plain")


def test_the_first_to_write_wins(objects) -> None:
    assert put(objects, "a/1", b"first")
    assert not put(objects, "a/1", b"second")
    assert objects.get("a/1") == b"first"
    assert objects.get("a/2") is None


@pytest.mark.parametrize(
    ("offset", "length", "part"), [(0, 4, b"0123"), (3, 1, b"3"), (8, 2, b"89")]
)
def test_a_part_is_read_by_place_and_length(objects, offset, length, part) -> None:
    put(objects, "pack", b"0123456789")
    assert objects.get_range("pack", offset=offset, length=length) == part


def test_keys_are_listed_in_order_behind_a_place(objects) -> None:
    for name in ("a/3", "a/1", "b/1", "a/2"):
        put(objects, name, b"x")
    assert list(objects.list_keys("a/")) == ["a/1", "a/2", "a/3"]
    assert list(objects.list_keys("a/", after="a/1")) == ["a/2", "a/3"]
    assert list(objects.list_keys("c/")) == []


def test_a_list_of_several_pages_is_read_to_its_end() -> None:
    first = {"Contents": [{"Key": "a/1"}], "IsTruncated": True, "NextContinuationToken": "t"}
    client, calls = answering("s3", list_objects_v2=[first, {"Contents": [{"Key": "a/2"}]}])
    assert list(S3Objects(client, BUCKET).list_keys("a/")) == ["a/1", "a/2"]
    assert calls[1]["ContinuationToken"] == "t"


def test_two_at_once_are_to_be_repeated_and_other_refusals_raised() -> None:
    client, _ = answering("s3", put_object=["ConditionalRequestConflict", "AccessDenied"])
    objects = S3Objects(client, BUCKET)
    with pytest.raises(StoreUnavailableError, match="a/1: written by two at once"):
        put(objects, "a/1", b"x")
    with pytest.raises(ClientError, match="AccessDenied"):
        put(objects, "a/1", b"x")
    client, _ = answering("s3", get_object=["AccessDenied"])
    with pytest.raises(ClientError, match="AccessDenied"):
        S3Objects(client, BUCKET).get("a/1")


def test_a_named_key_encrypts_and_none_leaves_it_to_the_bucket() -> None:
    with mock_aws():
        keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s"}
        client = boto3.client("s3", region_name="us-east-1", **keys)
        client.create_bucket(Bucket=BUCKET)
        put(S3Objects(client, BUCKET, kms_key="arn:aws:kms:us-east-1:1:key/k"), "a", b"x")
        put(S3Objects(client, BUCKET), "b", b"x")
        found = [client.head_object(Bucket=BUCKET, Key=key) for key in ("a", "b")]
    assert found[0]["SSEKMSKeyId"] == "arn:aws:kms:us-east-1:1:key/k"
    assert "SSEKMSKeyId" not in found[1]


def test_what_the_law_wants_kept_is_locked_where_the_bucket_locks() -> None:
    now = datetime(2027, 5, 1, tzinfo=UTC)
    with mock_aws():
        keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s"}
        client = boto3.client("s3", region_name="us-east-1", **keys)
        client.create_bucket(Bucket=BUCKET, ObjectLockEnabledForBucket=True)
        locking = S3Objects(client, BUCKET, lock="compliance", now=lambda: now)
        last, past = date(2037, 12, 31), date(2026, 12, 31)
        assert not locking.locks()
        rule = {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 1}}
        client.put_object_lock_configuration(
            Bucket=BUCKET,
            ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule},
        )
        assert locking.locks()
        for key, until in (("a", last), ("b", past)):
            locking.put_new(key, b"x", content_type="text/plain", kept_until=until)
        found = client.head_object(Bucket=BUCKET, Key="a")
        assert locking.retained("a") == (last, last)
        assert locking.retained("b").kept_until == past
        assert locking.retained("c") is None
    # The last second of the last day, wherever that day is.
    assert found["ObjectLockRetainUntilDate"] == datetime(2038, 1, 2, tzinfo=UTC)
    assert found["ObjectLockMode"] == "COMPLIANCE"


def test_without_a_lock_objects_say_only_how_long_they_are_kept() -> None:
    with mock_aws():
        keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s"}
        client = boto3.client("s3", region_name="us-east-1", **keys)
        client.create_bucket(Bucket=BUCKET)
        plain, until = S3Objects(client, BUCKET), date(2037, 12, 31)
        plain.put_new("a", b"x", content_type="text/plain", kept_until=until)
        put(plain, "b", b"x")
        assert (plain.locks(), plain.retained("a"), plain.retained("b")) == (
            False,
            (until, None),
            (None, None),
        )
