"""Keep a local cloud until somebody wants it to end."""

import signal
import threading
from types import FrameType

from local import emulator
from local.emulator import EmulatorError
from local.up import Cloud

LOOK_SECONDS = 2


def hold(cloud: Cloud) -> None:
    """
    Return when Ctrl-C is pressed, or the process is asked to end.

    Raises:
        EmulatorError: the emulator has ended by itself.

    """
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    while not ended.wait(LOOK_SECONDS):
        if not emulator.answers(cloud.places):
            raise EmulatorError(f"the emulator no longer answers; see {cloud.places.log}")
