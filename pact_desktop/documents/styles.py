# SPDX-License-Identifier: GPL-3.0-or-later
"""The sizes and greys of all paper; black on white, so that a copy of a copy can be read."""

from typing import Final

from pact_desktop.documents.paragraphs import TextStyle

_GREY: Final = 0.36
"""Dark enough to survive a copier, light enough to stand back behind a value."""

TITLE: Final = TextStyle(17, 22, "bold")
SUBTITLE: Final = TextStyle(9, 12.5, grey=_GREY)
HEADING: Final = TextStyle(10, 14, "bold", space_after=2)
LABEL: Final = TextStyle(7.6, 10, grey=_GREY)
VALUE: Final = TextStyle(9.6, 12.6, "bold")
QUIET: Final = TextStyle(9.6, 12.6, grey=_GREY)
BODY: Final = TextStyle(9, 12.6)
TICK: Final = TextStyle(9, 12.6, space_after=2)
SMALL: Final = TextStyle(7.6, 10, grey=_GREY)
REFERENCE: Final = TextStyle(15, 18, "bold", align="end")
FACILITY: Final = TextStyle(10.5, 13.5, "bold")
