"""Start and stop the emulated cloud; its state survives a clean stop."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from local.errors import LocalCloudError
from local.places import ACCOUNT, REGION, ROOT, STRIPE_PATH, Places

START_SECONDS = 30
STOP_SECONDS = 30
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ")
"""All that the emulator and the functions see of the caller's environment: no key, no profile."""


class EmulatorError(LocalCloudError):
    """The emulator did not come up; the message says what to do, or where its log is."""


def start(places: Places) -> subprocess.Popen[bytes]:
    """
    Start the emulator and wait until it answers.

    It ends with this process, at the latest: the pipe that it is given tells it.

    Raises:
        EmulatorError: the port is taken, or the emulator died or stayed silent.

    """
    expect_free(places.port)
    for folder in (places.state, places.scratch):
        folder.mkdir(parents=True, exist_ok=True)
    with claim(places) as claimed, places.log.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "local.runtime.server"],
            cwd=ROOT,
            env=environment(places),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=(claimed,),
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if answers(places):
            return process
        time.sleep(0.05)
    stop(process)
    raise EmulatorError(f"the emulator did not start; see {places.log}")


@contextmanager
def claim(places: Places) -> Iterator[int]:
    """
    Hold the home of a local cloud for oneself, and for the process that is given the descriptor.

    Raises:
        EmulatorError: another local cloud lives there.

    """
    places.home.mkdir(parents=True, exist_ok=True)
    with places.lock.open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EmulatorError(f"another local cloud lives in {places.home}: stop it") from None
        yield lock.fileno()


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the emulator to save and end; what is left of its session after that is killed."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdin:
        process.stdin.close()
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # every function has ended by itself


def environment(places: Places) -> dict[str, str]:
    """Return the whole environment of the emulator, which every function inherits."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(places.port),
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "AWS_ENDPOINT_URL": places.endpoint,
        "STRIPE_API": f"{places.endpoint}{STRIPE_PATH}",
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
        "TMPDIR": str(places.scratch),
        "LOCAL_BORN": str(ROOT / "local" / "runtime" / "born.py"),
        "LOCAL_NURSERY": str(places.scratch / "nursery"),
    }


def expect_free(port: int) -> None:
    """
    Look whether somebody listens on a port.

    Raises:
        EmulatorError: somebody does; the message says what to do.

    """
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise EmulatorError(
                f"port {port} is in use: another local cloud is running (stop it with Ctrl-C "
                "there), or choose another port with --port"
            )


def answers(places: Places) -> bool:
    """Tell whether the emulator is up and takes calls."""
    try:
        with urllib.request.urlopen(f"{places.endpoint}/_ministack/ready", timeout=2):  # noqa: S310 - our own address
            return True
    except (urllib.error.URLError, OSError):
        return False
