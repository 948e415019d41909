# SPDX-License-Identifier: GPL-3.0-or-later
"""A sunken group of boxes under a heading, for what else the patient says."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.widgets.ticks import TickBox
from pact_desktop.domain.indicators import IndicatorId

Choice = tuple[IndicatorId, str]


class TickPanel(QWidget):
    """Only what is said is ticked; an empty box means nothing.

    Signals:
        ticked: identifier and whether it is ticked now; not sent by `show_choices`.
    """

    ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[IndicatorId, TickBox] = {}
        self._layout = QVBoxLayout(self)
        space_out(self._layout, gap=2)
        self.heading = PlainLabel(role="label")
        self.heading.setWordWrap(True)
        self._layout.addWidget(self.heading)

    def show_choices(
        self, heading: str, choices: Sequence[Choice], ticked: Collection[IndicatorId]
    ) -> None:
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        if [link_id for link_id, _ in choices] != list(self._boxes):
            self._build(choices)
        for link_id, words in choices:
            box = self._boxes[link_id]
            box.setText(words.replace("&", "&&"))
            box.setAccessibleName(f"{words}, {heading}" if heading else words)
            box.setChecked(link_id in ticked)
        self.setVisible(bool(choices))

    @property
    def boxes(self) -> dict[IndicatorId, TickBox]:
        return dict(self._boxes)

    def _build(self, choices: Sequence[Choice]) -> None:
        for box in self._boxes.values():
            self._layout.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for link_id, _ in choices:
            box = self._boxes[link_id] = TickBox()
            box.clicked.connect(lambda on, name=link_id: self.ticked.emit(name, on))
            self._layout.addWidget(box)


class SunkenPanel(QFrame):
    """The ground on which such groups lie."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sunken")
        self.body = QVBoxLayout(self)
        space_out(self.body, (16, 12, 16, 12), 10)
