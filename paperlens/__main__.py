"""The front door. It imports almost nothing, so that Ctrl-C is met politely from the start."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        from paperlens.cli.boundary import run

        code = run()
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
