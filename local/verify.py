"""Ask the nightly proof of the deployed system what it finds, now."""

import json
from datetime import UTC, datetime

from local.errors import LocalCloudError
from local.up import Cloud


class VerifyError(LocalCloudError):
    """The proof itself failed; nothing is known about the books."""


def findings(cloud: Cloud) -> list[str]:
    """
    Return what the proof objects to, one line each.

    Raises:
        VerifyError: it did not come to an end.

    """
    at = cloud.clock.now() or datetime.now(UTC)
    answer = cloud.client("lambda").invoke(
        FunctionName=cloud.outputs.functions["verify.nightly"],
        Payload=json.dumps({"as_of": at.isoformat()}),
    )
    found = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise VerifyError(f"{found.get('errorType')}: {found.get('errorMessage')}")
    return [one if isinstance(one, str) else json.dumps(one) for one in found["findings"]]
