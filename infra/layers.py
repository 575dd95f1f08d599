"""Build the dependency layers for Lambda without Docker: `python -m infra.layers`."""

import shutil
import subprocess
import sys
from pathlib import Path

from infra.packaging import LAYER_LISTS, LOCALES, built_layer
from infra.settings import ROOT

PLATFORMS = ("manylinux2014_aarch64", "manylinux_2_28_aarch64")
PYTHON = "3.13"
MEGABYTE = 1_000_000
MOST = {"lean": 20, "payments": 40, "print": 5, "rendering": 60}
"""Megabytes that each layer may have, unzipped."""


def build(name: str) -> None:
    """Fetch the wheels of a layer, at the versions of requirements.lock; a built one is kept."""
    target = built_layer(name)
    if target.exists():
        print(f"{name}: there already")
        return
    begun = target.with_suffix(".begun")
    shutil.rmtree(begun, ignore_errors=True)
    platforms = [part for one in PLATFORMS for part in ("--platform", one)]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile"]
    command += ["--target", str(begun / "python")]
    command += ["--only-binary=:all:", *platforms, "--implementation", "cp"]
    command += ["--python-version", PYTHON, "--constraint", _constraints()]
    command += ["--requirement", str(LAYER_LISTS / f"{name}.txt")]
    subprocess.run(command, check=True)  # noqa: S603 - our own command
    drop_locales(begun / "python" / "babel" / "locale-data")
    size = must_fit(name, begun)
    begun.rename(target)
    print(f"{name}: built, {size / MEGABYTE:.1f} MB")


def must_fit(name: str, folder: Path) -> int:
    """
    Return the bytes of a layer, unzipped.

    Raises:
        ValueError: there are more than it may have: a cold start reads them all.

    """
    size = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
    if size > MOST[name] * MEGABYTE:
        raise ValueError(f"layer {name}: expected at most {MOST[name]} MB, found {size} bytes")
    return size


def drop_locales(folder: Path) -> None:
    """Leave in Babel's data the locales that there are words for, which is a tenth of it."""
    for path in folder.glob("*.dat"):
        if path.stem.partition("_")[0] not in LOCALES:
            path.unlink()


def _constraints() -> str:
    """Write the pins of the lock file; its hashes are of other platforms too, and pip wants all."""
    pins = [
        line.split(" ")[0] + "\n"
        for line in (ROOT / "requirements.lock").read_text().splitlines()
        if line and not line.startswith((" ", "#"))
    ]
    path = ROOT / "build" / "constraints.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(pins))
    return str(path)


if __name__ == "__main__":
    for layer in sorted(LAYER_LISTS.glob("*.txt")):
        build(layer.stem)
