"""
Run a function as Lambda does: AWS's own runtime client on a plain transport.

Started by the emulator as a process of its own, one per concurrent environment. The transport is
replaced because the emulator sends header and body apart, which costs the C client 40 ms a call.
When a source file that the function uses is younger than the process, the next call is answered
by a fresh process in its place: nobody waits for a watcher, and no call is lost.
"""

import http.client
import os
import sys
import time
from pathlib import Path
from typing import Any

STARTED_NS = time.time_ns()
ROOT = os.environ["LOCAL_TASK_ROOT"]
LAYERS = [one for one in os.environ.get("LOCAL_LAYERS", "").split(":") if one]
sys.path[:0] = [ROOT, *LAYERS]
os.environ["LAMBDA_TASK_ROOT"] = ROOT

from awslambdaric import bootstrap  # noqa: E402 - the path must be set first
from awslambdaric.lambda_runtime_client import (  # noqa: E402
    InvocationRequest,
    LambdaRuntimeClient,
)

from local.runtime import handover  # noqa: E402
from local.runtime.handover import Call  # noqa: E402

ACCEPTED = (200, 202)


class Client(LambdaRuntimeClient):  # type: ignore[misc]
    """The client's calls over http.client."""

    def wait_next_invocation(self) -> InvocationRequest:
        call = handover.taken() or self._fresh(self._next())
        self._began = time.monotonic()
        return InvocationRequest(
            invoke_id=call.headers.get("Lambda-Runtime-Aws-Request-Id"),
            x_amzn_trace_id=call.headers.get("Lambda-Runtime-Trace-Id"),
            invoked_function_arn=call.headers.get("Lambda-Runtime-Invoked-Function-Arn"),
            deadline_time_in_ms=call.headers.get("Lambda-Runtime-Deadline-Ms"),
            client_context=None,
            cognito_identity=None,
            tenant_id=None,
            content_type="application/json",
            event_body=call.body,
            invocation_id=None,
        )

    def post_invocation_result(
        self,
        invoke_id: str,
        result_data: str | bytes,
        content_type: str = "application/json",
        invocation_id: str | None = None,
    ) -> None:
        del content_type, invocation_id
        self._post(f"/invocation/{invoke_id}/response", result_data)

    def post_invocation_error(
        self,
        invoke_id: str,
        error_response_data: str | bytes,
        xray_fault: str,
        invocation_id: str | None = None,
    ) -> None:
        del xray_fault, invocation_id
        self._post(f"/invocation/{invoke_id}/error", error_response_data)

    def _next(self) -> Call:
        body, headers = self._call("GET", "/invocation/next", None, {})
        return Call(body, dict(headers.items()))

    def _fresh(self, call: Call) -> Call:
        watched = [Path(one) for one in (os.environ.get("TEMPLATES_DIR"),) if one]
        if handover.changed_since(STARTED_NS, (ROOT, *LAYERS), watched):
            handover.start_again(call)
        return call

    def _post(self, path: str, data: str | bytes) -> None:
        # The emulator waits 50 ms for the output of a silent function, and 5 ms after a line.
        print(f"took {(time.monotonic() - self._began) * 1000:.0f} ms", flush=True)
        body = data.encode() if isinstance(data, str) else data
        self._call("POST", path, body, {"Content-Type": "application/json"})

    def _call(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[bytes, Any]:
        connection = http.client.HTTPConnection(self.lambda_runtime_address)
        try:
            connection.request(method, "/2018-06-01/runtime" + path, body, headers)
            answer = connection.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException):
            os._exit(0)  # the emulator is gone
        finally:
            connection.close()
        if answer.status not in ACCEPTED:
            os._exit(0)  # the emulator has ended this environment
        return data, answer.headers


if __name__ == "__main__":
    bootstrap.run(os.environ["_HANDLER"], Client(os.environ["AWS_LAMBDA_RUNTIME_API"]))
