# SPDX-License-Identifier: GPL-3.0-or-later
"""In a narrow window the side pane folds away; its button or F1 opens it over the content."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.cards import SidePane
from pact_desktop.desktop.widgets.keys import on_key
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.widgets.tab_stops import first_stop

FOLDS_BELOW: Final = 1180


class SideFold(QObject):
    """Moves the pane between its place beside the work and a sheet over it."""

    def __init__(self, screen: Screen, pane: SidePane, button: ActionButton) -> None:
        super().__init__(screen)
        self._screen, self._pane, self._button = screen, pane, button
        self._home = _layout_of(pane)
        self._place = self._home.indexOf(pane)
        self._wanted, self._folded = True, False
        self._sheet = QFrame(screen)
        self._sheet.setProperty("kind", "card")
        space_out(QVBoxLayout(self._sheet), (12, 12, 12, 12))
        self._sheet.hide()
        button.hide()
        button.clicked.connect(self.toggle)
        screen.help_pressed.connect(self.toggle)
        screen.width_changed.connect(self._reflow)
        screen.left.connect(self.close)
        screen.installEventFilter(self)
        on_key(self._sheet, Qt.Key.Key_Escape, self.close)

    def want(self, *, wanted: bool) -> None:
        """Without a wish the pane is absent altogether, also its button."""
        self._wanted = wanted
        self._show()

    @property
    def is_open(self) -> bool:
        return self._sheet.isVisible()

    def toggle(self) -> None:
        if not (self._folded and self._wanted):
            return
        if self.is_open:
            self.close()
            return
        self._fit()
        self._sheet.show()
        self._sheet.raise_()
        # Esc closes it from inside, and Tab goes on from there.
        stop = first_stop(self._pane)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close(self) -> None:
        if self.is_open:
            self._sheet.hide()
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._screen and event.type() == QEvent.Type.Resize and self.is_open:
            self._fit()
        return super().eventFilter(watched, event)

    def _reflow(self, width: int) -> None:
        folded = width < FOLDS_BELOW
        if folded == self._folded:
            return
        self._folded = folded
        self._sheet.hide()
        inside = self._sheet.layout()
        if folded and inside is not None:
            self._home.removeWidget(self._pane)
            inside.addWidget(self._pane)
        else:
            self._home.insertWidget(self._place, self._pane)
        self._show()

    def _show(self) -> None:
        self._pane.setVisible(self._wanted)
        self._button.setVisible(self._wanted and self._folded)
        if not self._wanted:
            self._sheet.hide()

    def _fit(self) -> None:
        width = self._pane.width() + theme.scaled(26)
        edge = theme.space("m")
        height = self._screen.height() - 2 * edge
        self._sheet.setGeometry(self._screen.width() - width - edge, edge, width, height)


def _layout_of(widget: QWidget) -> QBoxLayout:
    """The box layout in which a widget of a form stands."""
    parent = widget.parentWidget()
    for layout in parent.findChildren(QBoxLayout) if parent is not None else ():
        if layout.indexOf(widget) >= 0:
            return layout
    raise LookupError("the pane does not stand in a box layout")
