# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody copied here does not stay for the next person: half a minute, or until the lock."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard

from pact_desktop.desktop.tokens import number

_MODES: Final = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)
SECRET_MARKS: Final = {
    # KDE's history of the clipboard; others on Linux read the same.
    "x-kde-passwordManagerHint": b"secret",
    # Windows: no monitor, no history, no other computer.
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "CanIncludeInClipboardHistory": bytes(4),
    "CanUploadToCloudClipboard": bytes(4),
}
"""Formats beside the text that ask programs which remember clipboards to leave this one out."""


class ClipboardGuard(QObject):
    """Marks every text that this program copies as secret, and takes it back after a while.

    It covers the line that is copied by keys or menu, and the selection that a middle click pastes.
    """

    def __init__(
        self,
        clipboard: QClipboard,
        parent: QObject | None = None,
        *,
        owns: Callable[[QClipboard.Mode], bool] | None = None,
    ) -> None:
        """`owns` says whether what lies there is this program's; the system is asked otherwise."""
        super().__init__(parent)
        self._clipboard = clipboard
        self._owns = owns or self._system_says
        self._copied: dict[QClipboard.Mode, str] = {}
        self._marked = ""
        """The text that was marked last."""
        self._marking = False
        self._marks_show = True
        """Whether the system lets a mark be read back; without that, no text is marked twice."""
        seconds = number("time", "clipboard_s")
        self._timer = QTimer(self, singleShot=True, interval=seconds * 1000)
        self._timer.timeout.connect(self.forget)
        clipboard.changed.connect(self._changed)

    @property
    def holds(self) -> bool:
        """Whether something that was copied here may still lie there."""
        return bool(self._copied)

    def forget(self) -> None:
        """Takes back what this program copied; what another program put there stays."""
        self._timer.stop()
        for mode, text in self._copied.items():
            # A manager of clipboards may have taken it over, with the same text.
            if self._owns(mode) or self._clipboard.text(mode) == text:
                self._clipboard.clear(mode)
        self._copied.clear()
        self._marked = ""

    def _changed(self, mode: QClipboard.Mode) -> None:
        if mode not in _MODES:
            return
        text = self._clipboard.text(mode) if self._owns(mode) else ""
        if not text:
            return
        self._copied[mode] = text
        self._timer.start()
        if mode is QClipboard.Mode.Clipboard and self._lacks_marks(text):
            self._mark(text)

    def _lacks_marks(self, text: str) -> bool:
        """Setting marks is a change too, and must not be answered by setting them again."""
        if self._marking or self._shows_marks():
            return False
        return self._marks_show or text != self._marked

    def _shows_marks(self) -> bool:
        return all(map(self._clipboard.mimeData().hasFormat, SECRET_MARKS))

    def _mark(self, text: str) -> None:
        data = QMimeData()
        data.setText(text)
        for name, value in SECRET_MARKS.items():
            data.setData(name, QByteArray(value))
        self._marked, self._marking = text, True
        self._clipboard.setMimeData(data)
        self._marking, self._marks_show = False, self._shows_marks()

    def _system_says(self, mode: QClipboard.Mode) -> bool:
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()
