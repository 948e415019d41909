# SPDX-License-Identifier: GPL-3.0-or-later
"""How close the words of a page stand, so that a page that must be one page is one."""

from dataclasses import dataclass
from typing import Final

from pact_desktop.documents.paragraphs import TextStyle

_SMALL_PRINT: Final = 8.5
"""Text up to this size is never made smaller."""


@dataclass(frozen=True, slots=True)
class Density:
    """Parts of the sizes that a page has when there is room."""

    columns: int = 2
    """Columns of a label over its value."""
    text: float = 1.0
    leading: float = 1.0
    gaps: float = 1.0

    def style(self, style: TextStyle) -> TextStyle:
        """The look of a paragraph; small print stays as large as it is."""
        small = style.size <= _SMALL_PRINT
        return style.but(
            size=style.size if small else style.size * self.text,
            leading=style.leading * self.leading,
            space_after=style.space_after * self.gaps,
        )

    def gap(self, points: float) -> float:
        return points * self.gaps


ROOMY: Final = Density()
CLOSER: Final[tuple[Density, ...]] = (
    Density(leading=0.95, gaps=0.72),
    Density(columns=3, text=0.97, leading=0.95, gaps=0.72),
    Density(columns=3, text=0.94, leading=0.9, gaps=0.55),
    Density(columns=3, text=0.93, leading=0.88, gaps=0.36),
)
"""From the one that is read most easily to the one that holds most."""
