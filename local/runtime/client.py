"""
Run a function as Lambda does: AWS's own runtime client, a plain transport, restart on change.

Started by the emulator as a process of its own, one per concurrent environment. The transport is
replaced because the emulator sends header and body apart, which costs the C client 40 ms a call.
"""

import http.client
import os
import sys
import threading
import time
from pathlib import Path

ROOT = os.environ["LOCAL_TASK_ROOT"]
LAYERS = [one for one in os.environ.get("LOCAL_LAYERS", "").split(":") if one]
LOOK_EVERY_SECONDS = 1
sys.path[:0] = [ROOT, *LAYERS]
os.environ["LAMBDA_TASK_ROOT"] = ROOT

from awslambdaric import bootstrap  # noqa: E402 - the path must be set first
from awslambdaric.lambda_runtime_client import (  # noqa: E402
    InvocationRequest,
    LambdaRuntimeClient,
)

busy = threading.Event()
ACCEPTED = (200, 202)


class Client(LambdaRuntimeClient):  # type: ignore[misc]
    """The client's four calls over http.client."""

    def wait_next_invocation(self) -> InvocationRequest:
        busy.clear()
        body, headers = self._call("GET", "/invocation/next")
        busy.set()
        return InvocationRequest(
            invoke_id=headers.get("Lambda-Runtime-Aws-Request-Id"),
            x_amzn_trace_id=headers.get("Lambda-Runtime-Trace-Id"),
            invoked_function_arn=headers.get("Lambda-Runtime-Invoked-Function-Arn"),
            deadline_time_in_ms=headers.get("Lambda-Runtime-Deadline-Ms"),
            client_context=None,
            cognito_identity=None,
            tenant_id=None,
            content_type="application/json",
            event_body=body,
            invocation_id=None,
        )

    def post_invocation_result(
        self,
        invoke_id: str,
        result_data: str | bytes,
        content_type: str = "application/json",
        invocation_id: str | None = None,
    ) -> None:
        del invocation_id
        self._call(
            "POST",
            f"/invocation/{invoke_id}/response",
            result_data,
            {"Content-Type": content_type},
        )

    def post_invocation_error(
        self,
        invoke_id: str,
        error_response_data: str | bytes,
        xray_fault: str,
        invocation_id: str | None = None,
    ) -> None:
        del xray_fault, invocation_id
        self._call(
            "POST",
            f"/invocation/{invoke_id}/error",
            error_response_data,
            {"Content-Type": "application/json"},
        )

    def _call(
        self,
        method: str,
        path: str,
        body: str | bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[bytes, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection(self.lambda_runtime_address)
        sent = body.encode() if isinstance(body, str) else body
        connection.request(method, "/2018-06-01/runtime" + path, sent, headers or {})
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.status not in ACCEPTED:
            os._exit(0)
        return data, answer.headers


def newest() -> int:
    """Return when the youngest source file of the function was changed, in nanoseconds."""
    folders = [Path(ROOT) / "functions", *(Path(one) for one in LAYERS)]
    return max(
        (file.stat().st_mtime_ns for folder in folders for file in folder.rglob("*.py")), default=0
    )


def watch() -> None:
    started = newest()
    while True:
        time.sleep(LOOK_EVERY_SECONDS)
        if not busy.is_set() and newest() != started:
            os._exit(0)  # the next invocation starts a fresh environment


if os.environ.get("LOCAL_RELOAD") == "1":
    threading.Thread(target=watch, daemon=True).start()
bootstrap.run(os.environ["_HANDLER"], Client(os.environ["AWS_LAMBDA_RUNTIME_API"]))
