"""What the lines of samples say, in the language of their customer."""

import json
from functools import cache
from pathlib import Path


@cache
def _texts() -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = json.loads(
        Path(__file__).with_suffix(".json").read_text(encoding="utf-8")
    )
    return read


def says(name: str, language: str = "fr-FR") -> str:
    return _texts()[language.partition("-")[0]][name]
