# SPDX-License-Identifier: GPL-3.0-or-later
"""The answers of one question as full-width rows, with the digit that chooses each."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Property, QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme

Choice = tuple[object, str]
_DIGITS: Final = 9
"""Answers after the ninth are reached by arrow."""


class _Row(QRadioButton):
    """One answer: key cap, words, tick at the end."""

    def __init__(self, text: str, cap: str, owner: "ChoiceRows") -> None:
        super().__init__(text, owner)
        self._cap = cap
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def words(self) -> str:
        return self.text().replace("&&", "&")

    def _indent(self) -> float:
        return theme.space("m") + painting.key_cap_size("0").width() + theme.space("m")

    @override
    def sizeHint(self) -> QSize:
        width = painting.text_size(self.words(), theme.font("strong")).width()
        full = round(self._indent() + width + theme.scaled(44))
        return QSize(full, self.heightForWidth(full))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(120), theme.scaled(40))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        inner = width - self._indent() - theme.scaled(40)
        height = painting.wrapped_height(self.words(), theme.font("strong"), inner)
        return max(theme.scaled(40), round(height) + theme.scaled(18))

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        owner = self.parentWidget()
        if not (isinstance(owner, ChoiceRows) and owner.take_key(event)):
            event.ignore()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        on, live = self.isChecked(), self.isEnabled()
        fill = theme.colour("accentSoft" if on else "surface")
        if not on and live and self.underMouse():
            fill = theme.colour("sunken")
        area = QRectF(self.rect())
        border = theme.colour("accentLine" if on else "line")
        painting.box(painter, area, fill, border, corner=theme.radius("row"))
        shade = theme.colour("text" if live else "disabled")
        self._paint_cap(painter)
        face = theme.font("strong" if on else "body")
        inner = area.adjusted(self._indent(), 0, -theme.scaled(40), 0)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if rtl:
            inner = area.adjusted(theme.scaled(40), 0, -self._indent(), 0)
        painting.text(painter, inner, self.words(), face, shade, wrap=True)
        if on:
            edge = theme.scaled(18)
            left = theme.space("m") if rtl else area.right() - edge - theme.space("l")
            square = QRectF(left, area.center().y() - edge / 2, edge, edge)
            painting.tick(painter, square, theme.colour("accentText"), 1.8)

    def _paint_cap(self, painter: QPainter) -> None:
        if not self._cap:
            return
        wanted = painting.key_cap_size(self._cap)
        cap = QRectF(theme.space("l"), 0, wanted.width(), wanted.height())
        cap.moveTop((self.height() - wanted.height()) / 2)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            cap.moveRight(self.width() - theme.space("l"))
        painting.key_cap(painter, cap, self._cap, theme.colour("text2"), theme.colour("lineStrong"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class ChoiceRows(QWidget):
    """A question's answers, one below the other; digits, arrows and Backspace work inside."""

    chosen = Signal(object)
    """The value the user chose, None after clearing."""

    def __init__(
        self, options: Sequence[Choice] = (), parent: QWidget | None = None, *, label: str = ""
    ) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self._rows: list[_Row] = []
        self._group = QButtonGroup(self)
        self._height = 0
        self._box = QGridLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._label = label
        self._keys = True
        self.setAccessibleName(label)
        self._group.buttonClicked.connect(self._clicked)
        self.set_options(options)

    def _get_label(self) -> str:
        return self._label

    def _set_label(self, label: str) -> None:
        self._label = label
        self.setAccessibleName(label)

    label = Property(str, _get_label, _set_label)

    def set_label(self, label: str) -> None:
        self._set_label(label)

    def set_options(
        self, options: Sequence[Choice], *, keys: bool = True, columns: int = 1
    ) -> None:
        """Several columns are filled from the top, as on paper."""
        for row in self._rows:
            self._group.removeButton(row)
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        kept = self.value() if [v for v, _ in options] == self._values else None
        self._values = [value for value, _ in options]
        self._rows = []
        self._height = -(-len(options) // columns)
        self._box.setSpacing(theme.space("xs"))
        for column in range(self._box.columnCount()):
            self._box.setColumnStretch(column, 1 if column < columns else 0)
        for number, (_, words) in enumerate(options):
            cap = str(number + 1) if keys and number < _DIGITS else ""
            row = _Row(words.replace("&", "&&"), cap, self)
            row.setAccessibleName(words)
            # At once: a layout that asks before the event loop runs would find no rows.
            row.setVisible(True)
            self._group.addButton(row)
            self._box.addWidget(row, number % self._height, number // self._height)
            self._box.setColumnStretch(number // self._height, 1)
            self._rows.append(row)
        self._keys = keys
        self.set_value(kept)

    def value(self) -> object:
        for value, row in zip(self._values, self._rows, strict=False):
            if row.isChecked():
                return value
        return None

    def set_value(self, value: object) -> None:
        """Shows an answer without announcing it; None shows none."""
        if value in self._values:
            self._rows[self._values.index(value)].setChecked(True)
        else:
            self._group.setExclusive(False)
            for row in self._rows:
                row.setChecked(False)
            self._group.setExclusive(True)
        self._fix_tab_stop()

    def clear(self) -> None:
        self.set_value(None)

    def focus_here(self) -> None:
        stop = self._tab_stop()
        if stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_key(self, event: QKeyEvent) -> bool:
        plain = Qt.KeyboardModifier.KeypadModifier
        if event.modifiers() & ~plain:
            return False
        key, digit = Qt.Key(event.key()), event.key() - Qt.Key.Key_0.value
        if self._keys and 1 <= digit <= min(len(self._rows), _DIGITS):
            self._choose(digit - 1)
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_0}:
            if self.value() is not None:
                self.clear()
                self.chosen.emit(None)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._step(-1 if key is Qt.Key.Key_Up else 1)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and self._height < len(self._rows):
            across = -self._height if key is Qt.Key.Key_Left else self._height
            if 0 <= self._focused() + across < len(self._rows):
                self._step(across)
        elif key is Qt.Key.Key_Space:
            self._choose(self._focused())
        else:
            return False
        return True

    def _step(self, step: int) -> None:
        target = min(max(self._focused() + step, 0), len(self._rows) - 1)
        if self.value() is None:
            self._rows[target].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._choose(target)

    def _choose(self, position: int) -> None:
        before = self.value()
        self.set_value(self._values[position])
        self._rows[position].setFocus(Qt.FocusReason.OtherFocusReason)
        if self.value() != before:
            self.chosen.emit(self._values[position])

    def _clicked(self) -> None:
        self._fix_tab_stop()
        self.chosen.emit(self.value())

    def _focused(self) -> int:
        return next((i for i, row in enumerate(self._rows) if row.hasFocus()), 0)

    def _tab_stop(self) -> _Row | None:
        checked = (row for row in self._rows if row.isChecked())
        return next(checked, self._rows[0] if self._rows else None)

    def _fix_tab_stop(self) -> None:
        stop = self._tab_stop()
        for row in self._rows:
            policy = Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(policy)
