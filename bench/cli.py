"""`solde bench`: figures of the hot paths, CPU time and counts; one JSON object a bench."""

import argparse
import json
from collections.abc import Callable, Sequence

from bench import billing, billrun, render, webhook

Bench = Callable[[int, int], dict[str, object]]

BENCHES: dict[str, tuple[Bench, int]] = {
    "billrun": (billrun.run, 1_000),
    "billing": (billing.run, 1_000),
    "render": (render.run, 20),
    "webhook": (webhook.run, 500),
}


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="solde bench", description=__doc__)
    parser.add_argument("name", choices=[*BENCHES, "all"])
    parser.add_argument("--n", type=int, help="how many units a round works")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    chosen = parser.parse_args(arguments)
    for name in BENCHES if chosen.name == "all" else [chosen.name]:
        run, usual = BENCHES[name]
        figures = run(chosen.n or usual, chosen.seed)
        print(json.dumps(figures) if chosen.json else _table(figures))


def _table(figures: dict[str, object]) -> str:
    return "\n".join(f"{name:26} {value}" for name, value in figures.items()) + "\n"
