"""The start of the program: `factcheck` and `python -m factcheck`."""

import os
import sys
from contextlib import suppress

INTERRUPTED_EXIT = 130


def main() -> None:
    """Run the command line and exit with the documented code.

    Also what happens before and after the command line is guarded: Ctrl-C while the first modules
    are being imported is no error.
    """
    try:
        from factcheck.cli import run

        code = run()
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        code = INTERRUPTED_EXIT
    if code == INTERRUPTED_EXIT:
        _leave_at_once()
    sys.exit(code)


def _leave_at_once() -> None:
    """End with 130 whatever else is going on.

    Python notes an interrupt that passes through `exec` of a text, as the making of a dataclass
    is, and would then end by the signal itself, although the interrupt was handled.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(INTERRUPTED_EXIT)


# A worker process imports the module that was started; it must not start over.
if __name__ == "__main__":
    main()
