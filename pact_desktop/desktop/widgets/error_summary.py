# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to be corrected, on top of the content: each problem a link to its field."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import icons, theme
from pact_desktop.desktop.widgets.banners import announce
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.notes import IconMark
from pact_desktop.desktop.words import tr, trn


class _ProblemLink(QPushButton):
    """One problem as a link that leads to its field."""

    def __init__(self, words: str, target: QWidget) -> None:
        super().__init__()
        self.target = target
        self.setProperty("kind", "link")
        self.setCursor(QCursor(Qt.CursorShape.PointingHandCursor))
        self.setIcon(icons.icon("arrow-right", "alert", 14))
        self.say(words)
        self.clicked.connect(lambda: target.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def say(self, words: str) -> None:
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)

    def strike(self, *, solved: bool) -> None:
        """Crossed out and no longer red: the answer is given, the place stays."""
        theme.set_property(self, "solved", "true" if solved else "false")
        self.setIcon(
            icons.icon("check" if solved else "arrow-right", "ok" if solved else "alert", 14)
        )


class ErrorSummary(QFrame):
    """On top of the content: how many problems, each a link to its field; takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self.setProperty("tone", "alert")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._title = PlainLabel("", role="strong")
        self._mark = IconMark("warning-circle", tone="alert", px=18)
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        words = QVBoxLayout()
        words.setSpacing(theme.scaled(2))
        words.addWidget(self._title)
        words.addLayout(self._links)
        row = QHBoxLayout(self)
        edge = theme.space("m")
        row.setContentsMargins(edge + 2, edge, edge, edge)
        row.setSpacing(theme.space("m"))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.hide()

    def show_problems(self, problems: Sequence[tuple[str, QWidget]]) -> None:
        """Lists what to do, in the words that stand at the fields; nothing hides the summary."""
        self._empty()
        if not problems:
            self.hide()
            return
        title = self._entitle([target for _, target in problems])
        for words, target in problems:
            self._links.addWidget(_ProblemLink(words, target), 0, Qt.AlignmentFlag.AlignLeading)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, ". ".join([title, *(words for words, _ in problems)]), at_once=True)

    def show_left(self, problems: Sequence[tuple[str, QWidget]]) -> None:
        """What is left of what was listed, while somebody is at work on the answers.

        Nothing moves under the hand: what is solved is crossed out and goes with the next
        attempt. The summary neither takes the focus nor speaks.
        """
        left = {target: words for words, target in problems}
        links = self._shown_links()
        for link in links:
            if link.target in left:
                link.say(left[link.target])
            link.strike(solved=link.target not in left)
        self._entitle([link.target for link in links if link.target in left])

    def _entitle(self, wrong: Sequence[QWidget]) -> str:
        """Counts the answers, not what is to be said about them."""
        count = len(set(wrong))
        title = (
            trn(
                "There is a problem with {count} answer",
                "There is a problem with {count} answers",
                count,
            ).format(count=count)
            if count
            else tr("Nothing is left to correct here")
        )
        tone = "alert" if count else "ok"
        self._mark.set_icon("warning-circle" if count else "check-circle", tone)
        theme.set_property(self, "tone", tone)
        self._title.setText(title)
        self.setAccessibleName(title)
        return title

    def _shown_links(self) -> list[_ProblemLink]:
        items = (self._links.itemAt(position) for position in range(self._links.count()))
        inside = (item.widget() for item in items if item is not None)
        return [link for link in inside if isinstance(link, _ProblemLink)]

    def clear(self) -> None:
        self.show_problems(())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the first problem, so that the keyboard needs no Tab."""
        links = self._shown_links()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and links:
            links[0].click()
            return
        super().keyPressEvent(event)

    def _empty(self) -> None:
        while (item := self._links.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                # Gone from sight now: the event loop deletes it only later.
                widget.setParent(None)
                widget.deleteLater()
