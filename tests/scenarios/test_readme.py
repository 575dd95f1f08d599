"""Every command that the README names is executed: here, by a story, or by what runs the tests."""

import json
import os
import re
import subprocess

import pytest

from local.replay import gate
from tests.support.commands import ROOT, SOLDE, solde

pytestmark = pytest.mark.cloud
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"(?:^    |`)((?:make|solde) [a-z][^`#|\n]*?)(?:\s*#.*)?(?:`|$)", re.MULTILINE)

MAKE = {
    "make demo": ".venv/bin/solde demo",
    "make demo-full": ".venv/bin/solde demo --full",
    "make test": (
        ".venv/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder "
        '-m "not deep" --ignore tests/browser'
    ),
    "make lint": ".venv/bin/ruff check .",
    "make documents OUT=DIR": ".venv/bin/solde documents write --out DIR",
}
"""What each target calls, after it has prepared .venv; .ci/run calls lint and test in earnest."""

ELSEWHERE = {
    "solde demo [--full]": "the fixture `demo`, and in test_demo_full.py",
    "solde up": "test_restart.py",
    "solde clock advance --to DATE": "test_restart.py",
    "solde verify": "below",
    "solde keys create --name NAME --scope SCOPE": "below",
    "solde keys list": "below",
    "solde keys revoke ID": "below",
    "solde explain INVOICE [LINE]": "below",
    "solde export DIR": "capabilities/test_books.py, checked by the tool that it is for",
    "solde replay RUN": "below",
    "solde what-if --change FILE --since DATE": "below",
    "solde documents read FILE": "tests/local/documents/test_reading.py",
    "solde templates preview": "tests/local/looks/test_preview.py",
    "solde archive verify": "tests/local/test_archive.py",
    "solde doctor --profile FILE": "tests/local/doctor/test_profile.py",
    "solde doctor --aws": "below, without an account; its checks in tests/local/doctor",
    "solde bench NAME": "below",
    "solde bench cost": "below",
}


def test_no_command_of_the_readme_goes_without_a_test() -> None:
    assert set(COMMAND.findall(README)) == MAKE.keys() | ELSEWHERE.keys()


def test_it_begins_with_the_two_commands() -> None:
    assert COMMAND.findall(README)[:2] == ["make demo", "make test"]


@pytest.mark.parametrize(("command", "called"), MAKE.items())
def test_a_target_only_prepares_and_calls(command, called) -> None:
    done = subprocess.run(
        [*command.split(), "--dry-run"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert called in done.stdout.splitlines()


@pytest.mark.parametrize("name", ["webhook", "cost"])
def test_bench_measures(name) -> None:
    done = solde("bench", name, "--n", "20", "--json")
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)


def test_a_key_is_made_shown_once_listed_and_revoked(demo, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    home = ("--home", str(demo.cloud.places.home))
    scope = ("--scope", "invoices:read")
    made = solde("keys", "create", "--name", "readme", *scope, *home)
    assert made.returncode == 0, made.stderr
    listed = solde("keys", "list", *home).stdout
    (row,) = [line for line in listed.splitlines() if "readme" in line]
    assert made.stdout.strip() not in listed
    identity = row.strip(" │┃").split()[0]
    assert solde("keys", "revoke", identity, *home).returncode == 0
    assert "revoked" in solde("keys", "list", *home).stdout


def test_the_doctor_says_what_is_missing_where_there_is_no_account(tmp_path) -> None:
    nobody = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    done = subprocess.run(
        [SOLDE, "doctor", "--aws", "--region", "eu-west-1"],
        cwd=ROOT,
        env=nobody,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "TO DO  credentials: Unable to locate credentials" in done.stdout


def test_every_kind_of_line_is_explained_in_words(demo) -> None:
    """January of the bakery: seats that changed on the 16th, 3 cubic metres at 3.20, a sensor."""
    (bakery,) = [
        one
        for one in demo.invoices
        if one["document"]["customer"]["name"] == "Boulangerie Martin"
        and one["issued_on"] == "2013-02-01"
    ]
    home = ("--home", str(demo.cloud.places.home))
    whole = solde("explain", bakery["id"], *home)
    assert whole.returncode == 0, whole.stderr
    assert "unexplained" not in whole.stdout
    for arithmetic in ("(5 × 12.5) × 16/31", "3 × 3.2", "× 17/31 of the period (by day)"):
        assert arithmetic in whole.stdout
    lines = bakery["document"]["lines"]
    (gas,) = [one["line"] for one in lines if one["description"] == "Gaz"]
    alone = solde("explain", bakery["id"], str(gas), *home).stdout
    assert "3 × 3.2" in alone
    assert "Sonde" not in alone


def test_a_run_is_replayed_and_kept_as_a_file(demo, tmp_path) -> None:
    home = ("--home", str(demo.cloud.places.home))
    (run, *_) = [
        one
        for one in demo.caller.every("bill-runs")
        if (one["entity"], one["target_on"]) == ("nyc", "2013-02-01")
    ]
    file = tmp_path / "run.json.gz"
    done = solde("replay", run["id"], "--keep", str(file), *home)
    assert done.returncode == 0, done.stderr
    assert "none" in done.stdout
    (kept,) = gate(tmp_path)
    assert (kept.documents, kept.differing) == (16, ())
    wrong = solde("replay", "run_none", *home)
    assert wrong.returncode == 1
    assert "solde: " in wrong.stderr


def test_what_if_a_terminal_cost_1000_more(demo, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    file = tmp_path / "change.json"
    home = ("--home", str(demo.cloud.places.home))
    asked = ("what-if", "--change", str(file), "--since", "2013-03-01", *home)
    model = {"model": "flat", "amount": "26000.00"}
    file.write_text(json.dumps({"prices": {"fee": {"model": model}}}))
    done = solde(*asked)
    assert done.returncode == 0, done.stderr
    # 35 terminals in March
    said = " ".join(done.stdout.replace("│", " ").split())
    assert "all USD 875000.00 910000.00 35000.00 35000.00" in said
    file.write_text(json.dumps({"prices": {"moon": {"model": model}}}))
    assert "found 'moon'" in solde(*asked).stderr


def test_verify_ends_with_0_where_all_is_well(demo) -> None:
    done = solde("verify", "--home", str(demo.cloud.places.home))
    assert done.returncode == 0, done.stdout
    assert "nothing billed twice, nothing missed" in done.stdout


def test_verify_ends_with_1_on_a_violation(demo) -> None:
    """An invoice that shows one cent more than was booked, planted and taken back."""
    dynamodb = demo.cloud.client("dynamodb")
    one = demo.invoices[0]
    key = {"pk": {"S": f"A#{one['customer']}"}, "sk": {"S": f"I#{one['id']}"}}

    def show(minor: int) -> None:
        dynamodb.update_item(
            TableName=demo.cloud.outputs.table,
            Key=key,
            UpdateExpression="SET #t = :t",
            ExpressionAttributeNames={"#t": "total"},
            ExpressionAttributeValues={":t": {"N": str(minor)}},
        )

    show(one["total"] + 1)
    try:
        done = solde("verify", "--home", str(demo.cloud.places.home))
    finally:
        show(one["total"])
    assert done.returncode == 1
    shown = f"{one['number']}: total shown: expected {one['total']}, found {one['total'] + 1}"
    assert f"I4  {shown}" in done.stdout.splitlines()
