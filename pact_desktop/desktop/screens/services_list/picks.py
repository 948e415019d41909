# SPDX-License-Identifier: GPL-3.0-or-later
"""Some of many: a list adds a value, its box takes it away again."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pact_desktop.desktop.widgets import Combo, TickBox
from pact_desktop.desktop.widgets.flow_layout import FlowLayout
from pact_desktop.desktop.widgets.spacing import space_out

Option = tuple[str, str]


class Picks(QWidget):
    """A drop-down list of what can be added, and below it a ticked box for each that was.

    A box that is unticked stays until the next time, so that a slip is put right by one key.

    Signals:
        changed: the user added a value or ticked a box.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = Combo()
        self._words: dict[str, str] = {}
        self._invitation = ""
        self._boxes: dict[str, TickBox] = {}
        self._ground = QWidget()
        self._flow = FlowLayout(self._ground, across=16, down=2)
        column = QVBoxLayout(self)
        space_out(column, gap=4)
        column.addWidget(self.list)
        column.addWidget(self._ground)
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self._add)
        self._offer()

    def set_options(self, options: Sequence[Option], invitation: str) -> None:
        """Values with their words; `invitation` stands where nothing is chosen."""
        self._words, self._invitation = dict(options), invitation
        for value, box in self._boxes.items():
            box.setText(self._word(value))
        self._offer()

    def set_value(self, values: Sequence[str]) -> None:
        for box in self._boxes.values():
            self._flow.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for value in values:
            self._show(value)
        self._offer()

    def value(self) -> tuple[str, ...]:
        return tuple(value for value, box in self._boxes.items() if box.isChecked())

    def boxes(self) -> dict[str, TickBox]:
        return dict(self._boxes)

    def _add(self, value: object) -> None:
        if not value:
            return
        self._show(str(value))
        self._offer()
        self.changed.emit()

    def _show(self, value: str) -> None:
        box = self._boxes.get(value)
        if box is None:
            box = self._boxes[value] = TickBox()
            box.setText(self._word(value))
            box.clicked.connect(self._ticked)
            self._flow.addWidget(box)
        box.setChecked(True)

    def _ticked(self) -> None:
        self._offer()
        self.changed.emit()

    def _offer(self) -> None:
        """A value that is chosen is not offered again."""
        chosen = self.value()
        left = [option for option in self._words.items() if option[0] not in chosen]
        self.list.set_options([("", self._invitation), *left])
        self.list.set_value("")
        self._ground.setVisible(bool(self._boxes))

    def _word(self, value: str) -> str:
        """A value that this version does not know keeps its own name."""
        return self._words.get(value, value).replace("&", "&&")
