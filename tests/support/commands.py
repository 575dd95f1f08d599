"""The commands of `solde` as a person uses them: processes, what they print, Ctrl-C."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

from local.places import Places

ROOT = Path(__file__).resolve().parents[2]
SOLDE = Path(sys.executable).parent / "solde"
LAST_LINE = "Press Ctrl-C to stop it"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def started(*arguments: str, places: Places) -> tuple[subprocess.Popen[str], list[str]]:
    """Start a command that holds a cloud, as a person does; return once it says how to stop it."""
    where = ("--home", str(places.home), "--port", str(places.port))
    process = subprocess.Popen(
        [SOLDE, *arguments, *where],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    for line in process.stdout or ():
        said.append(line)
        if LAST_LINE in line:
            return process, said
    raise AssertionError(f"expected {arguments} to come up, found {said}")


def stopped(process: subprocess.Popen[str]) -> int:
    """Press Ctrl-C, and return the exit code."""
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    return process.returncode


def solde(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [SOLDE, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
