"""
The emulated cloud as a process: one front door, a look inside, and an orderly end.

Started by `local.emulator` with a pipe for its standard input: when the program that started it is
gone, however it went, the pipe closes, and the emulator saves its state and ends as well.
"""

import importlib
import os
import signal
import threading
from typing import Any

from local.runtime import nursery
from local.runtime.front import Front
from local.runtime.mails import keep_mails
from local.runtime.streams import read_on

GRACE_SECONDS = 1
"""After its state is saved, threads that wait (for an approval, say) get this long to end."""


def main() -> None:
    nursery.start(os.environ["LOCAL_NURSERY"])
    emulator: Any = importlib.import_module("ministack.app")
    keep_mails(importlib.import_module("ministack.services.ses"))
    read_on(importlib.import_module("ministack.services.lambda_svc"))
    emulator.app = Front(emulator.app, saved=_end_soon)
    threading.Thread(target=_follow_parent, daemon=True).start()
    emulator.main()


def _follow_parent() -> None:
    while os.read(0, 1):
        pass  # nobody writes: only the end of the pipe says anything
    os.kill(os.getpid(), signal.SIGTERM)


def _end_soon() -> None:
    ending = threading.Timer(GRACE_SECONDS, os._exit, args=[0])
    ending.daemon = True
    ending.start()


if __name__ == "__main__":
    main()
