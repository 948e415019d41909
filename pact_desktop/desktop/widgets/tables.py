# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables: one line for each row, states as chips, sorting left to whoever fills them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from pact_desktop.desktop import painting, theme
from pact_desktop.desktop.widgets.chips import ChipText, chip_size, paint_chip
from pact_desktop.desktop.widgets.labels import tip
from pact_desktop.desktop.widgets.progress import TrackCell, paint_track

Index = QModelIndex | QPersistentModelIndex
Cell = str | ChipText | TrackCell
_ROLE: Final = Qt.ItemDataRole


class ColumnKind(StrEnum):
    TEXT = "text"
    STRONG = "strong"
    MUTED = "muted"
    NUMBER = "number"
    CHIP = "chip"
    TRACK = "track"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` in design pixels, 0 takes the room that is left."""

    title: str
    kind: str = ColumnKind.TEXT
    width: int = 0
    whole: bool = False
    """Its words are never cut: it is as wide as the widest of them wants, and `width` at least."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its key goes back with the signals, its cells are what is shown."""

    key: object
    cells: tuple[Cell, ...]


def _words(cell: Cell) -> str:
    if isinstance(cell, ChipText):
        return cell.text
    return cell.word if isinstance(cell, TrackCell) else cell


def _face(column: Column) -> QFont:
    return theme.table_font("strong" if column.kind == ColumnKind.STRONG else "body")


class _Model(QAbstractTableModel):
    """Holds the rows as they were given."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.columns: list[Column] = []
        self.rows: list[Row] = []

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (the signature of Qt)
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (the signature of Qt)
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, index: Index) -> Cell:
        return self.rows[index.row()].cells[index.column()]

    @override
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if role in {_ROLE.DisplayRole, _ROLE.AccessibleTextRole}:
            return _words(self.cell(index))
        if role == _ROLE.ToolTipRole:
            return tip(_words(self.cell(index)))
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return self.columns[section].title
        if role == _ROLE.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            number = self.columns[section].kind == ColumnKind.NUMBER
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _Delegate(QStyledItemDelegate):
    """Paints cells of all kinds, so that no row needs widgets of its own."""

    def __init__(self, model: _Model, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), theme.size("table_row"))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._model
        painter.save()
        painting.begin(painter)
        area = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(area, theme.colour("accentSoft"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        column, cell = model.columns[index.column()], model.cell(index)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        inner = area.adjusted(theme.space("l"), 0, -theme.space("xs"), -1)
        if rtl:
            inner = area.adjusted(theme.space("xs"), 0, -theme.space("l"), -1)
        self._paint_cell(painter, inner, column, cell, rtl=rtl)
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, area: QRectF, column: Column, cell: Cell, *, rtl: bool
    ) -> None:
        if isinstance(cell, ChipText):
            if cell.text:
                wanted = chip_size(cell.text, cell.icon)
                spot = QRectF(0, 0, min(wanted.width(), area.width()), wanted.height())
                spot.moveCenter(area.center())
                spot.moveLeft(area.right() - spot.width() if rtl else area.left())
                paint_chip(painter, spot, cell.text, cell.tone, cell.icon, rtl=rtl)
        elif isinstance(cell, TrackCell):
            paint_track(painter, area, cell, rtl=rtl)
        else:
            self._paint_words(painter, area, column, cell)

    def _paint_words(self, painter: QPainter, area: QRectF, column: Column, words: str) -> None:
        face = _face(column)
        shade = theme.colour("text2" if column.kind == ColumnKind.MUTED else "text")
        align = painting.Flag.AlignLeading | painting.Flag.AlignVCenter
        if column.kind == ColumnKind.NUMBER:
            align = painting.Flag.AlignTrailing | painting.Flag.AlignVCenter
            area = area.adjusted(0, 0, -theme.space("s"), 0)
        painting.text(painter, area, words, face, shade, align=align, elide=True)


class RowTable(QTableView):
    """A list of rows that open with Enter or a double click; one tab stop."""

    opened = Signal(object)
    picked = Signal(object)
    """The row the user went to; its details belong into the side pane."""
    sort_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self._model, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        # Rows of one height: asking the contents froze a large table for half a minute.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.sort_requested)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._key(index)))
        self.selectionModel().currentRowChanged.connect(self._tell_picked)
        self._fit()

    def set_columns(self, columns: Sequence[Column]) -> None:
        self._model.beginResetModel()
        if [c.kind for c in columns] != [c.kind for c in self._model.columns]:
            self._model.rows = []
        self._model.columns = list(columns)
        self._model.endResetModel()
        self._share_width()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Shows these rows in this order; the current row stays current when it is still there."""
        kept = self.current_key()
        blocked = self.selectionModel().blockSignals(True)  # noqa: FBT003 (Qt takes it so)
        self._model.beginResetModel()
        self._model.rows = list(rows)
        self._model.endResetModel()
        self.selectionModel().blockSignals(blocked)
        self._share_width()
        if kept is not None:
            self.select(kept)

    def row_count(self) -> int:
        return len(self._model.rows)

    def current_key(self) -> object:
        index = self.currentIndex()
        return self._key(index) if index.isValid() else None

    def select(self, key: object) -> None:
        for number, row in enumerate(self._model.rows):
            if row.key == key:
                flags = QItemSelectionModel.SelectionFlag
                index = self._model.index(number, 0)
                self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
                self.scrollTo(index)
                return

    def select_first(self) -> None:
        if self._model.rows:
            self.select(self._model.rows[0].key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.current_key())
            return
        if key in {Qt.Key.Key_Home, Qt.Key.Key_End} and self._model.rows:
            self.select(self._model.rows[0 if key is Qt.Key.Key_Home else -1].key)
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _key(self, index: Index) -> object:
        return self._model.rows[index.row()].key

    def _tell_picked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(self._key(index))

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.size("table_row"))
        self.horizontalHeader().setFixedHeight(theme.scaled(36))
        self._share_width()

    def _share_width(self) -> None:
        """Columns with a width keep it; the others share what is left, never below a minimum."""
        columns = self._model.columns
        widths = [self._width_of(number) for number in range(len(columns))]
        fixed = sum(widths)
        open_ones = sum(1 for c in columns if not c.width)
        least = theme.scaled(120)
        share = max((self.viewport().width() - fixed) // max(open_ones, 1), least)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width or share)

    def _width_of(self, number: int) -> int:
        column = self._model.columns[number]
        width = theme.scaled(column.width)
        if not column.whole:
            return width
        # Each wording once: a long list has few of them.
        said = {_words(row.cells[number]) for row in self._model.rows}
        widest = max((painting.text_size(w, _face(column)).width() for w in said), default=0)
        return max(width, ceil(widest) + theme.space("l") + theme.space("xs") + 1)
