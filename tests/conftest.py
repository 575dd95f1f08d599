"""How the suite is dealt out to workers, and how many examples a law is tried with."""

from typing import Any

from hypothesis import settings
from xdist.scheduler.loadfile import LoadFileScheduling

FIRST = ("tests/scenarios/", "tests/infra/")
"""A local cloud, and the synthesised app: made once each, and started before everything else."""


# No deadline: machines are shared, and a law does not depend on how long its example took.
# A working day tries the same examples as the day before, so that a change is judged by what it
# changes; the deep profile draws new ones.
settings.register_profile("daily", deadline=None, max_examples=1_000, derandomize=True)
settings.register_profile("deep", deadline=None, max_examples=10_000)
settings.load_profile("daily")


class ByRoom(LoadFileScheduling):
    """
    One file, one worker; a folder of FIRST, one worker.

    xdist's own groups (`loadgroup`) name a test through an attribute that this pytest no longer
    reads: each worker would make a local cloud of its own.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((room for room in FIRST if nodeid.startswith(room)), nodeid.split("::", 1)[0])


def pytest_xdist_make_scheduler(config: Any, log: Any) -> ByRoom:
    return ByRoom(config, log)


def pytest_collection_modifyitems(items: list[Any]) -> None:
    items.sort(key=lambda one: _rank(one.nodeid))


def _rank(nodeid: str) -> tuple[bool, bool, bool]:
    """Whoever lives in the demo's cloud comes after its stories; who proves all comes last."""
    return (
        not nodeid.startswith(FIRST),
        nodeid.startswith("tests/scenarios/capabilities/"),
        nodeid.startswith("tests/scenarios/capabilities/test_verified.py"),
    )
