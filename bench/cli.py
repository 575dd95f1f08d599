"""`solde bench`: figures of the hot paths, CPU time and counts; one JSON object a bench."""

import argparse
import json
from collections.abc import Sequence
from importlib import import_module
from multiprocessing import get_context

BENCHES = {
    "ingest": 20_000,
    "rate": 100_000,
    "rate_logs": 100_000,
    "billrun": 1_000,
    "replay": 1_000,
    "render": 20,
    "webhook": 100,
    "explain": 5_001,
    "cost": 200,
    "billing": 1_000,
}
"""What there is, each a module of its own name, and how many units it works unless told."""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="solde bench", description=__doc__)
    parser.add_argument("name", choices=[*BENCHES, "all"])
    parser.add_argument("--n", type=int, help="how many units are worked")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    chosen = parser.parse_args(arguments)
    for name in BENCHES if chosen.name == "all" else [chosen.name]:
        figures = _alone(name, chosen.n or BENCHES[name], chosen.seed)
        print(json.dumps(figures) if chosen.json else _table(figures))


def _alone(name: str, n: int, seed: int) -> dict[str, object]:
    """Run a bench in a process of its own: what others hold would be memory of this one."""
    with get_context("spawn").Pool(1) as process:
        return process.apply(_run, (name, n, seed))


def _run(name: str, n: int, seed: int) -> dict[str, object]:
    figures: dict[str, object] = import_module(f"bench.{name}").run(n, seed)
    return figures


def _table(figures: dict[str, object]) -> str:
    return "\n".join(f"{name:28} {value}" for name, value in figures.items()) + "\n"
