# SPDX-License-Identifier: GPL-3.0-or-later
"""Says near the end of a field how much room is left, and beyond it what becomes of the text."""

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pact_desktop.desktop.widgets.editors import LineEdit, TextArea
from pact_desktop.desktop.widgets.notes import NoteLine
from pact_desktop.desktop.words import trn
from pact_desktop.domain.text import LIMIT_OF

_NEAR: Final = 10
"""The count is shown from this part of the room on, but not before `_FEWEST` are left."""
_FEWEST: Final = 20


class LengthNote(NoteLine):
    """Hidden while there is room. Nothing is ever cut off.

    Signals:
        counted: what it says has changed.
    """

    counted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._editor: LineEdit | TextArea | None = None
        self._limit = 0
        self._words = ""
        self.hide()

    @property
    def words(self) -> str:
        return self._words

    @property
    def too_long(self) -> bool:
        return self._editor is not None and len(self._editor.value()) > self._limit

    def watch(self, editor: LineEdit | TextArea, field: str) -> None:
        """Counts in this editor by the limit of a field of `domain.text.LIMIT_OF`."""
        self._editor, self._limit = editor, LIMIT_OF[field]
        editor.textChanged.connect(self._count)
        self._count()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._count()

    def _count(self) -> None:
        if self._editor is None:
            return
        left = self._limit - len(self._editor.value())
        words = ""
        if left < 0:
            many = trn(
                "{count} character too many. The text waits here and becomes part of the record "
                "when it is shortened.",
                "{count} characters too many. The text waits here and becomes part of the record "
                "when it is shortened.",
                -left,
            )
            words = many.format(count=-left)
        elif left <= max(_FEWEST, self._limit // _NEAR):
            words = trn("{count} character left", "{count} characters left", left)
            words = words.format(count=left)
        if words != self._words:
            self._words = words
            self.set_note(
                words,
                "warning-circle" if left < 0 else "info",
                "alert" if left < 0 else "text2",
            )
            self.setVisible(bool(words))
            self.counted.emit()
