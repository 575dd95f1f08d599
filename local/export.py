"""Export the issue register and the journal as files, for a check that needs nothing of Solde."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from local.up import Cloud
from solde.storage.marshal import unmarshal_item

PREFIXES = ("register/", "books/")


def export(cloud: Cloud, folder: Path) -> int:
    """Write register, journal and the ends of their chains below a folder; return the files."""
    s3, bucket = cloud.client("s3"), cloud.outputs.archive
    written = 0
    for key in _keys(s3, bucket):
        file = folder / key
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        written += 1
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_heads(cloud), indent=1, sort_keys=True)
    (folder / "heads.json").write_text(text + "\n", encoding="utf-8")
    return written + 1


def _keys(s3: Any, bucket: str) -> Iterator[str]:  # noqa: ANN401 - made at run time by boto3
    pages = s3.get_paginator("list_objects_v2")
    for prefix in PREFIXES:
        for page in pages.paginate(Bucket=bucket, Prefix=prefix):
            yield from (one["Key"] for one in page.get("Contents", ()))


def _heads(cloud: Cloud) -> dict[str, Any]:
    heads: dict[str, Any] = {"register": {}, "books": {}}
    pages = cloud.client("dynamodb").get_paginator("scan")
    for page in pages.paginate(TableName=cloud.outputs.table, ConsistentRead=True):
        for item in map(unmarshal_item, page["Items"]):
            kind, _, name = item["pk"].partition("#")
            if kind == "R" and item["sk"] == "HEAD":
                heads["register"][name] = {"last": item["n"], "hash": item["hash"]}
            elif kind == "K" and item.get("status") == "closed":
                month = {"entries": item["entries"], "chain": item["chain"]}
                heads["books"].setdefault(name, {})[item["sk"].removeprefix("C#")] = month
    return heads
