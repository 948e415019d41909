# SPDX-License-Identifier: GPL-3.0-or-later
"""The body map with its table of marks, and the list of findings behind the second segment."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    Column,
    PlainLabel,
    Row,
    RowTable,
    ScrollPage,
    Segments,
)
from pact_desktop.desktop.widgets.about_row import AboutLabels, AboutRow, AboutText
from pact_desktop.desktop.widgets.body_figure import BodyFigure, Disc
from pact_desktop.desktop.widgets.keys import on_key
from pact_desktop.desktop.widgets.mark_editor import MarkEditor, MarkText, Place
from pact_desktop.desktop.widgets.observation_list import ObservationList
from pact_desktop.desktop.widgets.observation_row import RowAnswer, RowLabels, RowText
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import ptr, tr, trn
from pact_desktop.domain.indicators import IndicatorId
from pact_desktop.domain.screening import BodyView

NARROW = 1130
NARROW_ROWS = 760
ROW_HEIGHT = 36
LONGEST_TABLE = 8
"""Rows that are shown at once; more of them scroll."""
MAP, FINDINGS = "map", "findings"
SHEETS: Final = {
    "whole": (BodyView.FRONT, BodyView.BACK),
    "sides": (BodyView.RIGHT, BodyView.LEFT),
    "head": (BodyView.HEAD,),
    "hands": (BodyView.HANDS,),
    "feet": (BodyView.FEET,),
}
"""Which figures stand together behind one segment."""


class BodyMapView(Screen):
    """The table is the true list; the figure is one way to fill it.

    Signals:
        sheet_chosen: another part of the body is shown.
        mark_wanted: a new mark, without a place yet.
        pointed: view, place and coordinates of a click on the figure.
        mark_picked: key of a mark in the table or on the figure.
        mark_moved: key and coordinates after dragging or nudging.
        mark_changed: what stands in the editor.
        mark_removed: the mark in the editor.
        answered: identifier of a finding and its `RowAnswer`, None after clearing.
        row_entered: identifier of the finding the user is in now.
        section_chosen: map or findings.
    """

    name, private = "body_map", True
    sheet_chosen = Signal(str)
    mark_wanted = Signal()
    pointed = Signal(object, str, float, float)
    mark_picked = Signal(str)
    mark_moved = Signal(str, float, float)
    mark_changed = Signal(object)
    mark_removed = Signal()
    answered = Signal(str, object)
    row_entered = Signal(str)
    section_chosen = Signal(str)

    title: PlainLabel
    lead: PlainLabel
    section: Segments
    work_area: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "body_map")
        self._total, self._done = 0, 0
        self._build_map()
        self._build_findings()
        page = QWidget()
        layout = QVBoxLayout(page)
        space_out(layout, (0, 0, 0, 14))
        layout.addWidget(self.map_page)
        layout.addWidget(self.findings_page)
        self.work_area.setWidget(page)
        self.section.chosen.connect(self._choose_section)
        self.width_changed.connect(self._reflow)
        self._shortcuts()
        self.retranslate()
        self.section.set_value(MAP)
        self._show_section(MAP)

    @override
    def retranslate(self) -> None:
        self.sheet.set_label(tr("Part of the body"))
        self.sheet.set_options(
            [
                ("whole", tr("Whole body")),
                ("sides", ptr("body map", "Sides")),
                ("head", ptr("body map", "Head")),
                ("hands", ptr("body map", "Hands")),
                ("feet", ptr("body map", "Feet")),
            ]
        )
        if self.sheet.value() is None:
            self.sheet.set_value("whole")
        self._hint.setText(
            tr(
                "Click the figure, or press Ins and choose the place. “No mark seen” does not mean "
                "no injury."
            )
        )
        self.figure.setAccessibleName(tr("Figure of the body"))
        self.figure.setAccessibleDescription(tr("Use the table of marks."))
        self.add.setText(tr("Add mark"))
        self.table.setAccessibleName(tr("Marks"))
        self.table.set_columns(
            [
                Column("", "muted", 30),
                Column(tr("Place"), "strong"),
                Column(tr("Kind"), "text", 116),
                Column(tr("Size"), "muted", 104),
                Column(tr("Look"), "muted", 108),
            ]
        )
        self.editor.retranslate()
        self._word_section()

    @override
    def first_focus(self) -> QWidget | None:
        if self.section.value() == FINDINGS:
            row = self.findings.first_unanswered()
            return row.segments.buttons()[0] if row is not None else None
        return self.add

    # What is shown --------------------------------------------------------------------------

    def show_marks(self, rows: Sequence[Row], discs: Sequence[Disc], current: str) -> None:
        count = len(rows)
        self._count.setText(
            trn("{count} mark", "{count} marks", count).format(count=count)
            if count
            else tr("No marks yet")
        )
        self._fill_table(rows, current)
        self.figure.show_discs(discs, current)

    def _fill_table(self, rows: Sequence[Row], current: str) -> None:
        """Selecting what is current already is not a choice of the user."""
        self.table.blockSignals(True)  # noqa: FBT003 Qt's own signature
        self.table.set_rows(rows)
        if current:
            self.table.select(current)
        self.table.blockSignals(False)  # noqa: FBT003 Qt's own signature
        shown = min(len(rows), LONGEST_TABLE)
        row = theme.scaled(ROW_HEIGHT)
        self.table.verticalHeader().setDefaultSectionSize(row)
        self.table.horizontalHeader().setFixedHeight(theme.scaled(28))
        self.table.setFixedHeight(theme.scaled(28) + shown * row + 2)
        self.table.setVisible(bool(rows))

    def show_sheet(self, sheet: str) -> None:
        self.sheet.set_value(sheet)

    def show_places(self, places: Sequence[tuple[Place, str]]) -> None:
        self.editor.show_places(places)

    def show_mark(self, heading: str, mark: MarkText | None, *, new: bool = False) -> None:
        """The editor, or nothing when no mark is chosen."""
        self.editor.setVisible(mark is not None)
        if mark is not None:
            self.editor.show_mark(heading, mark, new=new)

    def focus_place(self) -> None:
        self.editor.place.setFocus()

    def focus_kind(self) -> None:
        self.editor.kind.setFocus()

    def show_findings(self, rows: Sequence[RowText], labels: RowLabels) -> None:
        self.findings.show_rows(rows, labels)

    def show_answers(self, answers: Mapping[IndicatorId, RowAnswer], done: int, total: int) -> None:
        self.findings.show_answers(answers)
        self._done, self._total = done, total
        self._word_section()

    def show_about(self, text: AboutText) -> None:
        self.about.show_text(
            text,
            AboutLabels(
                overline=tr("About this row"),
                examples=tr("For example"),
                not_seen=tr("Choose “Not seen” when"),
            ),
        )

    def set_answering(self, *, allowed: bool) -> None:
        self.findings.setEnabled(allowed)
        self.figure.setEnabled(allowed)
        self.add.setEnabled(allowed)
        self.editor.set_answering(allowed=allowed)

    def hand_over(self) -> None:
        self.editor.hand_over()
        self.findings.hand_over()

    # Building -------------------------------------------------------------------------------

    def _build_map(self) -> None:
        self.map_page = QWidget()
        self._columns = QHBoxLayout(self.map_page)
        space_out(self._columns, gap=16)
        self._columns.addWidget(self._build_figure(), 45)
        right = QVBoxLayout()
        space_out(right, gap=12)
        right.addWidget(self._build_table())
        self.editor = MarkEditor()
        self.editor.changed.connect(self.mark_changed)
        self.editor.removed.connect(self.mark_removed)
        right.addWidget(self.editor)
        right.addStretch(1)
        self._columns.addLayout(right, 55)

    def _build_figure(self) -> Card:
        card = Card()
        self.sheet = Segments()
        self.sheet.setProperty("tight", True)  # noqa: FBT003 a property of the kit
        self.sheet.chosen.connect(self._choose_sheet)
        self.figure = BodyFigure()
        self.figure.pointed.connect(self.pointed)
        self.figure.picked.connect(self.mark_picked)
        self.figure.moved.connect(self.mark_moved)
        self._hint = PlainLabel(role="caption")
        self._hint.setWordWrap(True)
        card.body.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self.figure, 1)
        card.body.addWidget(self._hint)
        return card

    def _build_table(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        space_out(row, gap=12)
        self._count = PlainLabel(role="subtitle")
        self.add = ActionButton(icon_name="plus", key_cap="Ins")
        self.add.clicked.connect(self.mark_wanted)
        row.addWidget(self._count, 1)
        row.addWidget(self.add)
        self.table = RowTable()
        self.table.picked.connect(lambda key: self.mark_picked.emit(str(key)))
        self.table.opened.connect(lambda _key: self.focus_kind())
        card.body.addLayout(row)
        card.body.addWidget(self.table)
        return card

    def _build_findings(self) -> None:
        self.findings_page = QWidget()
        columns = QHBoxLayout(self.findings_page)
        space_out(columns, gap=16)
        self.findings = ObservationList()
        self.findings.answered.connect(self.answered)
        self.findings.current_changed.connect(self.row_entered)
        self.about = AboutRow()
        self.about.setFixedWidth(300)
        top = Qt.AlignmentFlag.AlignTop
        columns.addWidget(self.findings, 1, top)
        columns.addWidget(self.about, 0, top)

    def _shortcuts(self) -> None:
        on_key(self, Qt.Key.Key_Insert, self.mark_wanted.emit, everywhere=True)
        for place in (self.table, self.figure):
            on_key(place, Qt.Key.Key_Delete, self.mark_removed.emit)

    def _choose_sheet(self, sheet: object) -> None:
        if sheet is None:
            self.sheet.set_value("whole")
            sheet = "whole"
        self.sheet_chosen.emit(str(sheet))

    def _choose_section(self, section: object) -> None:
        chosen = str(section) if section else MAP
        self.section.set_value(chosen)
        self._show_section(chosen)
        self.section_chosen.emit(chosen)

    def _show_section(self, section: str) -> None:
        self.map_page.setVisible(section == MAP)
        self.findings_page.setVisible(section == FINDINGS)

    def _word_section(self) -> None:
        self.section.set_label(tr("Part of this step"))
        findings = tr("Findings, {done} of {total}").format(done=self._done, total=self._total)
        self.section.set_options([(MAP, tr("Body map")), (FINDINGS, findings)])

    def _reflow(self, width: int) -> None:
        narrow = width < NARROW
        direction = QBoxLayout.Direction
        # The table is the true list, so it comes first where both do not fit side by side.
        self._columns.setDirection(direction.BottomToTop if narrow else direction.LeftToRight)
        self.about.setVisible(not narrow)
        self.findings.set_narrow(narrow=width < NARROW_ROWS)
        self.lead.setVisible(width >= NARROW_ROWS)
