"""Stopped and started again, the local cloud has what it had."""

import json
import signal
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest

from local.demo import french
from local.demo.caller import keyed
from local.demo.catalog import entity
from local.demo.report import mails
from local.places import Places
from local.up import attached

pytestmark = pytest.mark.cloud
ROOT = Path(__file__).resolve().parents[2]
SOLDE = Path(sys.executable).parent / "solde"
STARTED = "Press Ctrl-C to stop it"


def started(places: Places) -> subprocess.Popen[str]:
    """Start `solde up` as a person does, and wait until it says how to stop it."""
    command = [SOLDE, "up", "--home", str(places.home), "--port", str(places.port)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    said = []
    for line in process.stdout or ():
        said.append(line)
        if STARTED in line:
            return process
    raise AssertionError(f"expected it to come up, found {said}")


def stopped(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    return process.returncode


def own_processes(places: Places) -> list[str]:
    """Name what still runs out of the home of a cloud."""
    found = []
    for one in Path("/proc").glob("[0-9]*/environ"):
        try:
            if str(places.state).encode() in one.read_bytes():
                found.append(one.parent.name)
        except OSError:
            continue  # it has ended, or is not ours
    return found


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="asks /proc who still runs")
def test_a_customer_outlives_ctrl_c(tmp_path, port) -> None:
    places = Places(tmp_path, port)
    first = started(places)
    cloud = attached(places.home)
    cloud.clock.start(datetime(2013, 1, 1, tzinfo=UTC))
    caller = keyed(cloud, name="test", at=datetime(2013, 1, 1, tzinfo=UTC))
    caller.send(entity(french.SELLER))
    wanted = next(one for one in french.set_up() if one.path == "/v1/customers")
    made = caller.send(wanted)
    cloud.client("sesv2").send_email(
        FromEmailAddress="billing@solde.example",
        Destination={"ToAddresses": ["somebody@example.test"]},
        Content={"Simple": {"Subject": {"Data": "s"}, "Body": {"Text": {"Data": "kept"}}}},
    )
    assert stopped(first) == 0
    assert own_processes(places) == []

    second = started(places)
    read = caller.read("customers", made["id"])
    kept = json.dumps(mails(attached(places.home)))
    with urllib.request.urlopen(f"{cloud.url}/health") as answer:  # noqa: S310 - our own address
        health = json.load(answer)
    assert stopped(second) == 0
    assert read == made
    assert health["clock"] == "2013-01-01T00:00:00+00:00"
    assert "kept" in kept
