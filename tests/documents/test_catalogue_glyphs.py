# SPDX-License-Identifier: GPL-3.0-or-later
"""Every word that may reach paper can be printed."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pact_desktop.documents.fonts import MISSING, missing_characters
from pact_desktop.resources import shipped

CATALOGUES = sorted(shipped("translations").glob("*/*.po"))
PANEL_WORDS = sorted(shipped("indicator_sets").glob("*/*/*/texts/*.po"))


@pytest.mark.parametrize(
    "path", [*CATALOGUES, *PANEL_WORDS], ids=lambda path: "/".join(path.parts[-4:])
)
def test_no_catalogue_holds_a_letter_the_paper_lacks(path: Path) -> None:
    """A translator's unusual dash or letter is found here, not at the printer."""
    with path.open("rb") as file:
        catalogue = read_po(file)

    missing = set()
    for message in catalogue:
        texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        for text in texts:
            missing |= missing_characters(text) - {MISSING}
    assert missing == set()
