"""Write-once objects in S3: `If-None-Match` keeps the first, a range reads a document of a pack."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from solde.domain.errors import StoreUnavailableError

if TYPE_CHECKING:
    from solde.ports.objects import Retained

TAKEN = "PreconditionFailed"
MEANWHILE = "ConditionalRequestConflict"
KEPT = "kept-until"
AFTER = timedelta(days=2)
"""How far behind the last day a lock opens: a day ends later west of Greenwich."""
MISSING = ("NoSuchKey", "404")


class S3Objects:
    """
    The ports `ObjectStore` and `Retention` over one bucket.

    `kms_key` encrypts instead of the bucket's own; `lock` is the mode that keeps those objects from
    being deleted whose last day the caller names and which is still to come.
    """

    def __init__(
        self,
        client: Any,  # noqa: ANN401 - a boto3 client
        bucket: str,
        *,
        kms_key: str = "",
        lock: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._lock, self._now = lock, now
        self._encrypted = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": kms_key}
        if not kms_key:
            self._encrypted = {}

    def put_new(
        self, key: str, body: bytes, *, content_type: str, kept_until: date | None = None
    ) -> bool:
        call: dict[str, Any] = {"Bucket": self._bucket, "Key": key, "Body": body}
        call |= self._encrypted
        if kept_until:
            call |= self._retention(kept_until)
        try:
            self._client.put_object(**call, ContentType=content_type, IfNoneMatch="*")
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == MEANWHILE:
                raise StoreUnavailableError(f"{key}: written by two at once") from error
            if code != TAKEN:
                raise
            return False
        return True

    def _retention(self, until: date) -> dict[str, Any]:
        """Say how long an object is kept, and lock it for that time where this bucket locks."""
        said: dict[str, Any] = {"Metadata": {KEPT: until.isoformat()}}
        opened_at = datetime.combine(until + AFTER, time(), UTC)
        if self._lock and opened_at > self._now():
            said |= {"ObjectLockMode": self._lock.upper(), "ObjectLockRetainUntilDate": opened_at}
        return said

    def locks(self) -> bool:
        try:
            found = self._client.get_object_lock_configuration(Bucket=self._bucket)
        except ClientError:
            return False
        return "Rule" in found["ObjectLockConfiguration"]

    def retained(self, key: str) -> "Retained | None":
        from solde.ports.objects import Retained  # noqa: PLC0415 - a webhook imports as little

        try:
            head = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] not in MISSING:
                raise
            return None
        said, locked = head["Metadata"].get(KEPT), head.get("ObjectLockRetainUntilDate")
        last = locked.astimezone(UTC).date() - AFTER if locked else None
        return Retained(date.fromisoformat(said) if said else None, last)

    def get(self, key: str) -> bytes | None:
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] not in MISSING:
                raise
            return None
        body: bytes = answer["Body"].read()
        return body

    def get_range(self, key: str, *, offset: int, length: int) -> bytes:
        wanted = f"bytes={offset}-{offset + length - 1}"
        answer = self._client.get_object(Bucket=self._bucket, Key=key, Range=wanted)
        body: bytes = answer["Body"].read()
        return body

    def list_keys(self, prefix: str, *, after: str = "") -> Iterator[str]:
        call = {"Bucket": self._bucket, "Prefix": prefix, "StartAfter": after}
        while True:
            page = self._client.list_objects_v2(**call)
            for row in page.get("Contents", []):
                yield row["Key"]
            if not page.get("IsTruncated"):
                return
            call["ContinuationToken"] = page["NextContinuationToken"]
