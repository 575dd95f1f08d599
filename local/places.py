"""Where the local cloud keeps its things, and how it is reached."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ACCOUNT = "000000000000"
REGION = "eu-west-1"
STAGE = "local"


@dataclass(frozen=True, slots=True)
class Places:
    """`home` holds state, logs, clock and outputs of one local cloud."""

    home: Path = ROOT / ".local"
    port: int = 4566

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        return f"{self.endpoint}/_aws/execute-api/solde/$default"

    @property
    def state(self) -> Path:
        return self.home / "state"

    @property
    def log(self) -> Path:
        return self.home / "emulator.log"

    @property
    def clock(self) -> Path:
        return self.home / "clock.json"

    @property
    def outputs(self) -> Path:
        return self.home / "outputs.json"

    @property
    def assembly(self) -> Path:
        return ROOT / "cdk.local"
