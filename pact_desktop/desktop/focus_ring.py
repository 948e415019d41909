# SPDX-License-Identifier: GPL-3.0-or-later
"""The focus ring: two tones around the focused control, clipped by what scrolls it."""

from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from typing_extensions import override

from pact_desktop.desktop import painting, theme
from pact_desktop.desktop.theme import running_application

_OUTER: Final = 2
_FIELDS: Final = (QLineEdit, QPlainTextEdit, QComboBox)
_MOVING: Final = frozenset(
    {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}
)
_BY_KEY: Final = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
        Qt.FocusReason.OtherFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
    }
)


@runtime_checkable
class _PointsElsewhere(Protocol):
    """A control whose ring belongs around another widget."""

    def ring_widget(self) -> QWidget: ...


class FocusRing(QWidget):
    """A transparent child of the window that follows the keyboard focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._by_mouse = False
        self.hide()
        app = running_application()
        app.focusChanged.connect(self._follow)
        app.installEventFilter(self)

    @property
    def target(self) -> QWidget | None:
        return self._target

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusIn:
            self._by_mouse = event.reason() not in _BY_KEY  # type: ignore[attr-defined]  # a QFocusEvent
        elif kind == QEvent.Type.KeyPress and self._by_mouse:
            # From the first key on the person works with the keyboard.
            self._by_mouse = False
            self._place()
        elif kind in _MOVING and watched in self._watched:
            self._place()
        return False

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        hidden = new is None or new.window() is not self.window() or hasattr(new, "no_ring")
        if new is None or hidden:
            self._target = None
            self.hide()
            return
        self._target = new.ring_widget() if isinstance(new, _PointsElsewhere) else new
        self._watched = self._ancestors(self._target)
        self._place()

    def _ancestors(self, widget: QWidget) -> list[QWidget]:
        found = [widget]
        while (parent := found[-1].parentWidget()) is not None:
            found.append(parent)
        return found

    def _place(self) -> None:
        target = self._target
        if target is None or not target.isVisible() or self._hidden_for_mouse(target):
            self.hide()
            return
        around = theme.size("focus_gap") + _OUTER
        origin = target.mapTo(self.window(), QPoint(0, 0))
        whole = QRect(origin, target.size()).adjusted(-around, -around, around, around)
        visible = self._clipped(target, whole, around)
        if visible.isEmpty():
            # An empty mask would mean no mask at all.
            self.hide()
            return
        self.setGeometry(whole)
        self.setMask(QRegion(visible.translated(-whole.topLeft())))
        self.show()
        self.raise_()
        self.update()

    def _hidden_for_mouse(self, target: QWidget) -> bool:
        return self._by_mouse and not isinstance(target, _FIELDS)

    def _clipped(self, target: QWidget, whole: QRect, around: int) -> QRect:
        """The part of the ring that its scroll areas let through."""
        visible = QRect(whole)
        widget = target.parentWidget()
        while widget is not None:
            area = widget.parentWidget()
            if isinstance(area, QAbstractScrollArea) and widget is area.viewport():
                place = QRect(widget.mapTo(self.window(), QPoint(0, 0)), widget.size())
                visible &= place.adjusted(-around, 0, around, 0)
            widget = area
        return visible

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        corner = theme.radius("control") + theme.size("focus_gap")
        area = QRectF(self.rect())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("focusOuter"), _OUTER))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), corner, corner)
        painter.setPen(QPen(theme.colour("focusInner"), 1))
        painter.drawRoundedRect(area.adjusted(2.5, 2.5, -2.5, -2.5), corner - 1, corner - 1)
