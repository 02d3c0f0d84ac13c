"""The front door. It imports almost nothing, so that Ctrl-C is met politely from the start."""

import gc
import os
import signal
import sys
import threading
from types import FrameType

INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(100_000, 20, 20)  # to collect while importing frees nothing and takes time
    try:
        for ending in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(ending) is signal.SIG_DFL:
                signal.signal(ending, _interrupt)
        from paperlens.cli.boundary import run

        code = run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    if threading.active_count() > 1:
        _leave_at_once(code)
    sys.exit(code)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """A closed terminal or a polite kill ends a command as Ctrl-C does: tidily."""
    raise KeyboardInterrupt


def _leave_at_once(code: int) -> None:
    """Python would wait for locks that our daemon threads hold and it has frozen."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
