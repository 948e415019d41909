# SPDX-License-Identifier: GPL-3.0-or-later
"""Every screen in every language of the screen, at every size of the text."""

from pathlib import Path
from typing import Final

from pact_desktop.i18n.locales import SCREEN_LOCALES
from pact_desktop.settings import TEXT_SCALES
from tests.rig.figures import shows
from tests.rig.running import Rig
from tests.screen_walk import Look, walk

THEMES: Final = ("light", "dark")
LOOKS: Final = [
    Look(locale, THEMES[number % 2], scale)
    for locale in SCREEN_LOCALES
    for number, scale in enumerate(TEXT_SCALES)
]
"""The room for words depends on language and size; the themes take turns."""


def _walked(folder: Path, look: Look) -> tuple[int, list[str]]:
    found = walk(folder / "screens" / str(look), look)
    return len(found.shot), found.problems()


@shows("screens")
def rig_screens(rig: Rig) -> None:
    """No word is cut and no part shows itself as a window of its own, at 1366 x 768."""
    with rig.row("screens: language x text size") as row:
        # A process that once stood for a desktop cannot open a window.
        rig.dismiss()
        looks = rig.thinned(LOOKS, 4)
        found = list(rig.each(_walked, looks, shared=rig.folder, chunk=1))
        row.times = sum(shot for shot, _ in found)
        row.problems = [one for _, problems in found for one in problems]
        row.found = f"{len(row.problems)} words cut or parts astray, {len(looks)} looks"
