# SPDX-License-Identifier: GPL-3.0-or-later
"""Grounds to put things on: cards, the side pane, the scrolling page."""

from PySide6.QtCore import Property, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.tokens import number
from pact_desktop.desktop.widgets.labels import PlainLabel


class Card(QFrame):
    """One subject on a surface. In code fill `body`; in a form give it a layout of its own."""

    def __init__(
        self, heading: str = "", parent: QWidget | None = None, *, kind: str = "card"
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self._heading = PlainLabel(heading, self, role="subtitle")
        self._heading.setWordWrap(True)
        self._heading.setVisible(bool(heading))
        self._body: QVBoxLayout | None = None

    def _get_heading(self) -> str:
        return self._heading.text()

    def _set_heading(self, heading: str) -> None:
        self._heading.setText(heading)
        self._heading.setVisible(bool(heading))

    heading = Property(str, _get_heading, _set_heading)

    def set_heading(self, heading: str) -> None:
        self._set_heading(heading)

    @property
    def body(self) -> QVBoxLayout:
        """The layout to put things into, made on first use."""
        if self._body is None:
            existing = self.layout()
            self._body = existing if isinstance(existing, QVBoxLayout) else self._make_body()
        return self._body

    def _make_body(self) -> QVBoxLayout:
        body = QVBoxLayout(self)
        edge = theme.space("l")
        body.setContentsMargins(edge, edge, edge, edge)
        body.setSpacing(theme.space("s"))
        body.addWidget(self._heading)
        return body

    def form_loaded(self) -> None:
        """A form sets the heading before the card has its layout."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self._heading)
        self._heading.setVisible(bool(self._heading.text()))


class ScrollPage(QScrollArea):
    """Scrolls its one content widget on a clear ground and keeps the focused control in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_in_view)

    @override
    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        # Both paint the base colour otherwise, and the card behind them is lost.
        widget.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inner = self.widget()
        if inner is not None:
            inner.setMaximumWidth(self.viewport().width())

    def _keep_in_view(self, _old: QWidget | None, new: QWidget | None) -> None:
        inner = self.widget()
        if new is None or inner is None or not inner.isAncestorOf(new):
            return
        margin = theme.space("l")
        place = QRect(new.mapTo(inner, QPoint(0, 0)), new.size())
        if place.height() < self.viewport().height():
            self.ensureVisible(place.center().x(), place.bottom(), margin, margin)
            self.ensureVisible(place.center().x(), place.top(), margin, margin)


class SidePane(ScrollPage):
    """Help beside the work; never holds something that must be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.space("m"))
        # A stretch, not an alignment to the top: that one forgets how high wrapped text is.
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.body)
        column.addStretch(1)
        self.setWidget(content)
        self._fit()

    def add(self, widget: QWidget) -> None:
        self.body.addWidget(widget)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme.scaled(number("size", "side_pane")))
