# SPDX-License-Identifier: GPL-3.0-or-later
"""The notice that hides everything: it looks like the facility's own, and says no way out."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.widgets import Card, IconMark, PlainLabel
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.i18n.formats import format_long_date, format_time
from pact_desktop.services.public_notice import PublicNotice

_LIES_OVER: Final = frozenset(
    {Qt.WindowType.ToolTip, Qt.WindowType.Tool, Qt.WindowType.Popup, Qt.WindowType.SplashScreen}
)
"""Kinds of windows that lie over the window of the program."""
_NOT_ON_SCREEN: Final = Qt.WidgetAttribute.WA_DontShowOnScreen


class CoverPage(QWidget):
    """Time, date, opening hours and one line; built at start so that it is there at once.

    Where the facility has written no hours, advice that hangs in every waiting room stands there.

    `no_ring`: nothing here can be operated, so no ring shows where the focus is.
    """

    no_ring = True

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._notice: PublicNotice | None = None
        self.setProperty("kind", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._mark = IconMark("clipboard-text", tone="accentText", px=20)
        self._facility = PlainLabel(role="subtitle")
        self._time = PlainLabel(role="display")
        self._date = PlainLabel(role="body", tone="text2")
        self._heading = PlainLabel(role="title")
        self._line = PlainLabel(role="body", tone="text2")
        self._line.setWordWrap(True)
        self._rows = QGridLayout()
        self._rows.setColumnStretch(0, 1)
        self._card = Card()
        self._minute = QTimer(self, interval=1000)
        self._minute.timeout.connect(self._tick)
        self._arrange()
        self.retranslate()

    def show_notice(self, notice: PublicNotice | None) -> None:
        self._notice = notice
        name = notice.facility_name if notice else ""
        self._facility.setText(name)
        # A mark without a name beside it would look forgotten.
        self._mark.setVisible(bool(name))
        hours = _hours(notice.opening_hours) if notice else []
        self._heading.setText(tr("Opening hours") if hours else tr("While you wait"))
        self._fill(hours or [(advice, "") for advice in _advice()])
        line = notice.cover_notice if notice else ""
        self._line.setText(line or tr("You will be called. Please wait here."))
        self.setAccessibleName(self._line.text())

    def retranslate(self) -> None:
        self._tick()
        self.show_notice(self._notice)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()
        self._minute.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _tick(self) -> None:
        now = self._clock()
        self._time.setText(format_time(now))
        self._date.setText(format_long_date(now.date(), catalog().locale))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.space("m"))
        head.addWidget(self._mark)
        head.addWidget(self._facility, 1)
        body = self._card.body
        body.setContentsMargins(*[theme.scaled(36)] * 4)
        body.setSpacing(theme.space("m"))
        body.addWidget(self._heading)
        body.addLayout(self._rows)
        body.addWidget(self._line)
        self._card.setFixedWidth(theme.scaled(560))
        column = QVBoxLayout(self)
        edge = theme.scaled(28)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addLayout(head)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._time, 0, middle)
        column.addWidget(self._date, 0, middle)
        column.addSpacing(theme.space("l"))
        column.addWidget(self._card, 0, middle)
        column.addStretch(3)

    def _fill(self, rows: Sequence[tuple[str, str]]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, (left, right) in enumerate(rows):
            words = PlainLabel(left, role="lead", tone="text")
            words.setWordWrap(True)
            self._rows.addWidget(words, 2 * number, 0, 1, 1 if right else 2)
            if right:
                end = PlainLabel(right, role="lead", tone="text")
                self._rows.addWidget(end, 2 * number, 1, Qt.AlignmentFlag.AlignTrailing)
            divider = QFrame()
            divider.setProperty("kind", "divider")
            self._rows.addWidget(divider, 2 * number + 1, 0, 1, 2)


def _hours(written: str) -> list[tuple[str, str]]:
    """Each written line is days and hours, parted at the last colon with a blank after it."""
    found = []
    for line in (part for part in written.splitlines() if part.strip()):
        days, _, hours = line.rpartition(": ")
        found.append((days.strip(), hours.strip()) if days else (line.strip(), ""))
    return found


def _advice() -> tuple[str, ...]:
    """True in every facility, and about no patient."""
    return (
        tr("Wash your hands often."),
        tr("Cover your mouth and nose when you cough or sneeze."),
        tr("Tell the staff at once if you feel worse."),
    )


class HiddenWindows:
    """Dialogs and lists that were open when the cover came, to be shown again after it."""

    def __init__(self) -> None:
        self._dialogs: list[QDialog] = []
        self._coming: list[QWidget] = []

    def hide_all(self) -> None:
        """Closes lists, menus and tooltips, hides dialogs; a hidden one keeps what was typed."""
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for window in QApplication.topLevelWidgets():
            if not window.isVisible():
                continue
            if isinstance(window, QDialog):
                self._dialogs.append(window)
                window.hide()
            elif window.windowType() in _LIES_OVER:
                window.hide()

    def keep_back(self, window: QWidget) -> None:
        """For one that is about to show itself over the cover: it comes up after it."""
        window.setAttribute(_NOT_ON_SCREEN)
        self._coming.append(window)
        QTimer.singleShot(0, window, self._put_away_coming)

    def _put_away_coming(self) -> None:
        """Once; a cover that was lifted meanwhile has done it and showed the dialogs again."""
        coming, self._coming = self._coming, []
        for window in coming:
            if not shiboken6.isValid(window):
                continue
            window.hide()
            window.setAttribute(_NOT_ON_SCREEN, on=False)
            if isinstance(window, QDialog):
                self._dialogs.append(window)

    def show_again(self) -> None:
        self._put_away_coming()
        for dialog in self._still_there():
            dialog.show()
        self._dialogs.clear()

    def dismiss(self) -> None:
        """What they were about is over; they hand over what was typed and do not come back."""
        self._put_away_coming()
        for dialog in self._still_there():
            dialog.reject()
        self._dialogs.clear()

    def forget(self) -> None:
        """The session ends: what was open is not shown to whoever comes next."""
        self._put_away_coming()
        for dialog in self._still_there():
            dialog.deleteLater()
        self._dialogs.clear()

    def _still_there(self) -> list[QDialog]:
        """A question of Qt's own, as whether to replace a file, is over once it is hidden."""
        return [dialog for dialog in self._dialogs if shiboken6.isValid(dialog)]
