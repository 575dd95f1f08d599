"""Start and stop the emulated cloud; its state survives a clean stop."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from local.places import ACCOUNT, REGION, Places

START_SECONDS = 30
STOP_SECONDS = 30


class EmulatorError(RuntimeError):
    """The emulator did not come up; the message says where its log is."""


def start(places: Places) -> subprocess.Popen[bytes]:
    """
    Start the emulator and wait until it answers.

    Raises:
        EmulatorError: the port is taken, or the emulator died or stayed silent.

    """
    if _taken(places.port):
        raise EmulatorError(
            f"port {places.port} is in use: another local cloud is running (stop it with Ctrl-C "
            "there), or choose another port with --port"
        )
    places.state.mkdir(parents=True, exist_ok=True)
    with places.log.open("ab") as log:
        process = subprocess.Popen(
            [str(Path(sys.executable).parent / "ministack")],
            env={**os.environ, **environment(places)},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if _answers(places):
            return process
        time.sleep(0.05)
    stop(process)
    raise EmulatorError(f"the emulator did not start; see {places.log}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the emulator to save and end; what does not end in time is killed, saved or not."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def environment(places: Places) -> dict[str, str]:
    return {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(places.port),
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "AWS_ENDPOINT_URL": places.endpoint,
        "AWS_ACCESS_KEY_ID": ACCOUNT,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AUTH": "true",
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(places.state),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(places.state / "s3"),
        "SFN_WAIT_SCALE": "0",
        "LAMBDA_WARM_TTL_SECONDS": "60",
    }


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(places: Places) -> bool:
    try:
        with urllib.request.urlopen(f"{places.endpoint}/_ministack/health", timeout=2):  # noqa: S310
            return True
    except (urllib.error.URLError, OSError):
        return False
