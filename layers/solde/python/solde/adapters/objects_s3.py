"""Write-once objects in S3: `If-None-Match` keeps the first, a range reads a document of a pack."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from botocore.exceptions import ClientError

from solde.domain.errors import StoreUnavailableError

TAKEN = "PreconditionFailed"
MEANWHILE = "ConditionalRequestConflict"
MISSING = ("NoSuchKey", "404")


class S3Objects:
    """The port `ObjectStore` over one bucket; `kms_key` encrypts instead of the bucket's own."""

    def __init__(self, client: Any, bucket: str, *, kms_key: str = "") -> None:  # noqa: ANN401 - a boto3 client
        self._client = client
        self._bucket = bucket
        self._encrypted = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": kms_key}
        if not kms_key:
            self._encrypted = {}

    def put_new(
        self, key: str, body: bytes, *, content_type: str, kept_until: date | None = None
    ) -> bool:
        call: dict[str, Any] = {"Bucket": self._bucket, "Key": key, "Body": body}
        call |= self._encrypted
        if kept_until:
            call["Metadata"] = {"kept-until": kept_until.isoformat()}
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
