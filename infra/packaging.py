"""Where code comes from: folders that hold exactly what a function or a layer may hold."""

import hashlib
from pathlib import Path

from aws_cdk import SymlinkFollowMode
from aws_cdk import aws_lambda as lambda_

from infra.settings import ROOT

BUILD = ROOT / "build"
LAYER_LISTS = ROOT / "layers" / "dependencies"
LOCALES = ("root", "de", "en", "es", "fr", "it", "nl")
"""What is kept of Babel's locales: those with words, their countries, and what all build on."""
LEFT_OUT = ["**/__pycache__", "**/*.pyc", "**/ruff.toml"]


def functions_code() -> lambda_.Code:
    """Return the whole `functions` package: handlers are named functions.<folder>.<file>."""
    return _linked("functions", "functions")


def product_layer() -> lambda_.Code:
    return lambda_.Code.from_asset(str(ROOT / "layers" / "solde"), exclude=LEFT_OUT)


def templates_layer() -> lambda_.Code:
    """Return templates and words, which a function finds under /opt/templates."""
    return _linked("templates", "templates")


def dependencies_layer(name: str, *, release: bool) -> lambda_.Code:
    """
    Return the built dependencies of a layer, or an empty place for them where nothing is deployed.

    Raises:
        FileNotFoundError: a release wants layers that `python -m infra.layers` has not built.

    """
    built = built_layer(name)
    if not built.exists():
        if release:
            raise FileNotFoundError(f"{built}: build the layers with python -m infra.layers")
        built = BUILD / "layers" / name / "empty"
        (built / "python").mkdir(parents=True, exist_ok=True)
        (built / "python" / "README").write_text("Built by python -m infra.layers.\n")
    return lambda_.Code.from_asset(str(built))


def built_layer(name: str) -> Path:
    """Return where a layer lies: another list, other pins or other locales make another one."""
    wanted = (LAYER_LISTS / f"{name}.txt").read_bytes() + (ROOT / "requirements.lock").read_bytes()
    wanted += " ".join(LOCALES).encode()
    return BUILD / "layers" / name / hashlib.sha256(wanted).hexdigest()[:16]


def _linked(name: str, source: str) -> lambda_.Code:
    folder = BUILD / name
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / source
    if not link.is_symlink():
        link.symlink_to(Path("..") / ".." / source, target_is_directory=True)
    return lambda_.Code.from_asset(
        str(folder), exclude=LEFT_OUT, follow_symlinks=SymlinkFollowMode.ALWAYS
    )
