"""Where the local cloud keeps its things, and how it is reached."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STRIPE_PATH = "/_solde/stripe"
"""Where functions of the local cloud find the stand-in for Stripe's API."""
ACCOUNT = "000000000000"
REGION = "eu-west-1"
STAGE = "local"
PORT = 4566


@dataclass(frozen=True, slots=True)
class Places:
    """`home` holds state, log and outputs of one local cloud."""

    home: Path = ROOT / ".local"
    port: int = PORT

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        """Return the root of Solde's API: unsigned requests to the endpoint reach it."""
        return self.endpoint

    @property
    def state(self) -> Path:
        return self.home / "state"

    @property
    def scratch(self) -> Path:
        return self.home / "tmp"

    @property
    def log(self) -> Path:
        return self.home / "emulator.log"

    @property
    def outputs(self) -> Path:
        return self.home / "outputs.json"

    @property
    def lock(self) -> Path:
        return self.home / "lock"
