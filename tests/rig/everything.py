# SPDX-License-Identifier: GPL-3.0-or-later
"""Every journey one after the other as a program of its own, for whoever watches from outside.

`python -m tests.rig.everything PREPARED HOME`
"""

import shutil
import sys
from pathlib import Path

from tests.rig import copies
from tests.rig.journeys import JOURNEYS
from tests.rig.trials import fresh_copy


def main(prepared: Path, home: Path) -> None:
    for journeys in (JOURNEYS, copies.JOURNEYS):
        for name, journey in journeys.items():
            for _ in journey(fresh_copy(prepared, home, name)):
                pass
            sys.stdout.write(f"{name}\n")
    shutil.rmtree(home)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
