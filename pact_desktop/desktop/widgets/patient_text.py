# SPDX-License-Identifier: GPL-3.0-or-later
"""Words for the patient in their own language, with its own direction."""

from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QWidget

from pact_desktop.desktop.widgets.labels import PlainLabel

RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "fa", "he", "prs", "ps", "ur"})
_START: Final = "\u200f"
"""Fixes the start of each paragraph: one that begins with a Latin word would turn round."""


def reads_right_to_left(locale: str) -> bool:
    return locale.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT


class PatientText(PlainLabel):
    """Aligned to the side on which its language begins."""

    def __init__(self, parent: QWidget | None = None, *, role: str = "patient") -> None:
        super().__init__(parent=parent, role=role)
        self.setWordWrap(True)

    def show_text(self, text: str, locale: str) -> None:
        rtl = reads_right_to_left(locale)
        direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(direction)
        self.setLocale(QLocale(locale))
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        lines = [_START + line if rtl and line else line for line in text.split("\n")]
        self.setText("\n".join(lines))
