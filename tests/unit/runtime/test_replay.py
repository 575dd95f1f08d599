"""A run kept as a file is replayed anywhere: other process, hash seed, zone, locale and folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from solde.runtime.replay import NoEngine, record, recording
from tests.support.recorder import billed

ROOT = Path(__file__).resolve().parents[3]
REPLAY = """
import sys
from pathlib import Path
from solde.runtime.replay import recording
for one in recording(Path(sys.argv[1]).read_bytes()).replayed():
    print(one.customer_id, one.documents, one.same, one.difference)
"""


@pytest.fixture(scope="module")
def kept() -> bytes:
    """The run of July, which looks again at what June has billed."""
    seller, (_, july) = billed()
    return record(july, seller.table, seller.objects, seller.objects)


@pytest.mark.parametrize(
    ("seed", "zone", "locale"),
    [("1", "Pacific/Kiritimati", "tr_TR.UTF-8"), ("4711", "America/St_Johns", "C")],
)
def test_another_process_comes_to_the_same_bytes(kept, tmp_path, seed, zone, locale) -> None:
    file = tmp_path / "july.json.gz"
    file.write_bytes(kept)
    path = os.pathsep.join([str(ROOT / "layers/solde/python"), *filter(None, sys.path)])
    said = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", REPLAY, file.name],
        cwd=tmp_path,
        env={**os.environ, **said},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [
        "acme 1 True None",
        "beta 1 True None",
        "core 1 True None",
    ]


def test_equal_runs_are_kept_as_equal_bytes(kept) -> None:
    seller, (_, july) = billed()
    assert record(july, seller.table, seller.objects, seller.objects) == kept


def test_a_kept_run_needs_no_more_than_its_file(kept) -> None:
    run = recording(kept)
    assert [one.customer_id for one in run.replayed() if one.same] == ["acme", "beta", "core"]
    gone = run.archive.bodies
    (inputs,) = [key for key in gone if "/inputs/" in key][:1]
    assert inputs.startswith(f"runs/{run.run_id}/inputs/")
    assert any(key.startswith("packs/") for key in gone), "what June billed is compared"


def test_a_replay_drives_nothing() -> None:
    with pytest.raises(AssertionError, match="run_1 was to be started"):
        NoEngine().start("run_1")
    with pytest.raises(AssertionError, match="token was to be answered"):
        NoEngine().approved("token")
