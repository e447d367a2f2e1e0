"""The start of the program: `factcheck` and `python -m factcheck`."""

import sys


def main() -> None:
    """Run the command line and exit with the documented code.

    Also what happens before and after the command line is guarded: Ctrl-C while the first modules
    are being imported is no error.
    """
    try:
        from factcheck.cli import run

        sys.exit(run())
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        sys.exit(130)


# A worker process imports the module that was started; it must not start over.
if __name__ == "__main__":
    main()
