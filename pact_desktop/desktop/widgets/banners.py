# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen says about itself: lasting states, and that there is nothing here yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Property, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.notes import IconMark

_ICONS: Final = {
    "caution": "warning",
    "alert": "warning-circle",
    "info": "info",
    "ok": "check-circle",
    "practice": "graduation-cap",
}

ROOM_FOR_PICTURE: Final = 150
"""Height at 100 percent below which an empty state shows words alone."""


@dataclass(frozen=True, slots=True)
class BannerText:
    """A lasting state in words, with at most one thing to do about it."""

    title: str
    text: str = ""
    tone: str = "caution"
    action_text: str = ""
    action: Callable[[], object] | None = None


def announce(widget: QWidget, words: str, *, at_once: bool = False) -> None:
    """Lets a screen reader say something that no focus change would tell."""
    if not words or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    if at_once:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


class Banner(QFrame):
    """Icon, title, one sentence, at most one action; for a state that lasts."""

    action = Signal()

    def __init__(
        self,
        heading: str = "",
        parent: QWidget | None = None,
        *,
        text: str = "",
        tone: str = "caution",
        action_text: str = "",
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self.setProperty("tone", tone)
        self._mark = IconMark(_ICONS[tone], tone=tone, px=20)
        self._title = PlainLabel(heading, role="strong")
        self._text = PlainLabel(text, role="small", tone="text")
        self._button = ActionButton(action_text, kind="quiet")
        self._title.setWordWrap(True)
        self._text.setWordWrap(True)
        self._button.clicked.connect(self.action)
        self._arrange()
        self._refresh()

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.scaled(2))
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        edge = theme.space("m")
        row.setContentsMargins(edge + 2, edge, edge, edge)
        row.setSpacing(theme.space("m"))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._button)

    def _get_heading(self) -> str:
        return self._title.text()

    def _set_heading(self, heading: str) -> None:
        self._title.setText(heading)
        self._refresh()

    def _get_text(self) -> str:
        return self._text.text()

    def _set_text(self, text: str) -> None:
        self._text.setText(text)
        self._refresh()

    def _get_tone(self) -> str:
        return str(self.property("tone"))

    def _get_action(self) -> str:
        return self._button.text()

    def _set_action(self, words: str) -> None:
        self._button.setText(words)
        self._refresh()

    heading = Property(str, _get_heading, _set_heading)
    text = Property(str, _get_text, _set_text)
    actionText = Property(str, _get_action, _set_action)

    def set_tone(self, tone: str) -> None:
        self._mark.set_icon(_ICONS[tone], tone)
        theme.set_property(self, "tone", tone)

    def show_banner(self, words: BannerText) -> None:
        self._title.setText(words.title)
        self._text.setText(words.text)
        self._button.setText(words.action_text)
        self.set_tone(words.tone)
        self._refresh()
        self.show()
        announce(self, f"{words.title}. {words.text}")

    def _refresh(self) -> None:
        self._title.setVisible(bool(self._title.text()))
        self._text.setVisible(bool(self._text.text()))
        self._button.setVisible(bool(self._button.text()))


class EmptyState(QWidget):
    """What is missing and what to do about it, in place of a bare area."""

    action = Signal()
    second = Signal()

    def __init__(
        self,
        heading: str = "",
        parent: QWidget | None = None,
        *,
        text: str = "",
        icon: str = "calendar-blank",
        action_text: str = "",
    ) -> None:
        super().__init__(parent)
        self._mark = IconMark(icon, tone="text2", px=40)
        self._title = PlainLabel(heading, role="subtitle")
        self._text = PlainLabel(text, role="body", tone="text2")
        self._button = ActionButton(action_text)
        self._other = ActionButton("", kind="quiet")
        self._button.clicked.connect(self.action)
        self._other.clicked.connect(self.second)
        column = QVBoxLayout(self)
        column.setSpacing(theme.space("l"))
        column.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._mark, 0, middle)
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setAlignment(middle)
            column.addWidget(label)
        for button in (self._button, self._other):
            column.addWidget(button, 0, middle)
        column.addStretch(1)
        self._refresh()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is hardly room for the words, the picture goes."""
        super().resizeEvent(event)
        self._mark.setVisible(self.height() >= theme.scaled(ROOM_FOR_PICTURE))

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if not self._mark.isHidden():
            hint.setHeight(hint.height() - self._mark.height() - theme.space("l"))
        return hint

    def _get_heading(self) -> str:
        return self._title.text()

    def _set_heading(self, heading: str) -> None:
        self._title.setText(heading)

    def _get_text(self) -> str:
        return self._text.text()

    def _set_text(self, text: str) -> None:
        self._text.setText(text)
        self._refresh()

    def _get_icon(self) -> str:
        return str(self._mark.property("iconName"))

    def _set_icon(self, name: str) -> None:
        self._mark.set_icon(name)

    def _get_action(self) -> str:
        return self._button.text()

    def _set_action(self, words: str) -> None:
        self._button.setText(words)
        self._refresh()

    def _get_second(self) -> str:
        return self._other.text()

    def _set_second(self, words: str) -> None:
        self._other.setText(words)
        self._refresh()

    heading = Property(str, _get_heading, _set_heading)
    text = Property(str, _get_text, _set_text)
    iconName = Property(str, _get_icon, _set_icon)
    actionText = Property(str, _get_action, _set_action)
    secondText = Property(str, _get_second, _set_second)

    def set_words(self, heading: str, text: str = "", action_text: str = "") -> None:
        self._title.setText(heading)
        self._text.setText(text)
        self._button.setText(action_text)
        self._refresh()

    def _refresh(self) -> None:
        self._text.setVisible(bool(self._text.text()))
        self._button.setVisible(bool(self._button.text()))
        self._other.setVisible(bool(self._other.text()))
