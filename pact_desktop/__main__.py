# SPDX-License-Identifier: GPL-3.0-or-later
"""Start: `python -m pact_desktop`."""

import sys

from pact_desktop.hardening import protect_process


def run() -> None:
    """Entry point of the installed program."""
    # Before anything else: what is loaded and read after this nobody else can look at.
    protect_process()

    from pact_desktop.main import main  # noqa: PLC0415 nothing is imported before it is needed

    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
