"""Secrets, kept five minutes: a secret that was rotated is asked for again in time."""

import json
import time

from solde.runtime.settings import settings
from solde.runtime.wiring import client

FRESH_SECONDS = 300
_kept: dict[str, tuple[float, tuple[str, ...]]] = {}


def stripe_secrets() -> tuple[str, ...]:
    """Return the endpoint's signing secrets: a list in JSON while one rolls over, else one."""
    return _secrets(settings.stripe_secret)


def _secrets(name: str) -> tuple[str, ...]:
    kept = _kept.get(name)
    if kept is None or time.monotonic() - kept[0] > FRESH_SECONDS:
        text = client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
        values = json.loads(text) if text.startswith("[") else [text]
        kept = (time.monotonic(), tuple(values))
        _kept[name] = kept
    return kept[1]
