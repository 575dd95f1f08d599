"""
Do every small thing wrong to a module of the domain, and see whether its table tests notice.

    make mutation MODULE=money            domain/money.py against tests/unit/domain/test_money.py
    make mutation MODULE=pricing          every file of the room against the tests of the room

Laws (Hypothesis) are left out: a case that a person can check must catch it. What was found is
kept in build/mutation, so that a trial that was broken off goes on; a mutant that died stays dead
as long as its file is the same, and one that lived is tried again.
"""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mutation.mutants import mutants
from mutation.trial import PASSED, SLOWER, tried

ROOT = Path(__file__).resolve().parents[1]
DOMAIN = ROOT / "layers/solde/python/solde/domain"
UNIT = ROOT / "tests/unit/domain"
KEPT = ROOT / "build/mutation"
SECONDS = 5


@dataclass(frozen=True)
class Target:
    """A file of the domain and the tests that are to notice, its own first."""

    file: Path
    tests: tuple[str, ...]

    @property
    def name(self) -> str:
        place = self.file.relative_to(DOMAIN.parents[1]).with_suffix("")
        return ".".join(place.parts)

    @property
    def kept(self) -> Path:
        return KEPT / f"{self.name}.json"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("modules", nargs="+", help="money, pricing, invoicing/consolidate …")
    for name in options.parse_args().modules:
        for target in targets(name):
            found = survivors(target)
            print(said(target, found), flush=True)
    return 0


def targets(name: str) -> Iterator[Target]:
    """
    Yield the files of a module or room.

    Raises:
        FileNotFoundError: there is none of that name.

    """
    place = DOMAIN / name
    if place.is_dir():
        for file in sorted(place.glob("*.py")):
            twin = UNIT / name / f"test_{file.name}"
            if twin.exists():
                yield Target(file, (str(twin), str(UNIT / name)))
        return
    file = place.with_suffix(".py")
    twin = UNIT / Path(name).parent / f"test_{file.name}"
    if not (file.exists() and twin.exists()):
        raise FileNotFoundError(f"expected a module of the domain and its test, found {name}")
    more = sorted(twin.parent.glob(f"{twin.stem}_*.py"))
    yield Target(file, (str(twin), *map(str, more)))


def survivors(target: Target) -> dict[str, str]:
    """
    Try every mutant that is not known to be dead, and return what became of each.

    Raises:
        RuntimeError: the tests fail over the module as it stands.

    """
    source = target.file.read_text(encoding="utf-8")
    digest = hashlib.sha256(source.encode()).hexdigest()
    known = _known(target, digest)
    began = time.monotonic()
    if tried(target.name, None, target.tests, seconds=600) != PASSED:
        raise RuntimeError(f"{target.name}: expected its tests to pass as it stands")
    seconds = SECONDS + SLOWER * (time.monotonic() - began)
    found: dict[str, str] = {}
    for one in mutants(source):
        found[one.name] = known.get(one.name, PASSED)
        if found[one.name] == PASSED:
            code = compile(one.tree, str(target.file), "exec")
            found[one.name] = tried(target.name, code, target.tests, seconds=seconds)
            _keep(target, digest, {**known, **found})
    _keep(target, digest, found)
    return found


def said(target: Target, found: dict[str, str]) -> str:
    """Tell a file's count, and below it each mutant that lived, with its line."""
    lines = target.file.read_text(encoding="utf-8").splitlines()
    alive = [name for name, what in found.items() if what == PASSED]
    dead = len(found) - len(alive)
    share = 100 * dead // len(found) if found else 100
    rows = [f"{target.name}: {dead} of {len(found)} killed, {share} %"]
    for name in alive:
        number = int(name.split(":")[0])
        rows.append(f"  {name}: {lines[number - 1].strip()}")
    return "\n".join(rows)


def _known(target: Target, digest: str) -> dict[str, str]:
    if not target.kept.exists():
        return {}
    told = json.loads(target.kept.read_text(encoding="utf-8"))
    known: dict[str, str] = told["found"] if told["digest"] == digest else {}
    return known


def _keep(target: Target, digest: str, found: dict[str, str]) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"digest": digest, "found": found}, indent=1, ensure_ascii=False)
    target.kept.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
