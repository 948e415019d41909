# SPDX-License-Identifier: GPL-3.0-or-later
"""Referrals that were sent, the late ones first, with the track of the chosen one beside them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.screens.follow_up.answer_dialog import AnswerDialog
from pact_desktop.desktop.screens.follow_up.details import DetailsCard
from pact_desktop.desktop.screens.follow_up.wording import Details, Line
from pact_desktop.desktop.widgets import (
    ActionButton,
    Column,
    Combo,
    EmptyState,
    PlainLabel,
    Row,
    RowTable,
    Segments,
    SidePane,
)
from pact_desktop.desktop.widgets.keys import on_key
from pact_desktop.desktop.widgets.side_fold import SideFold
from pact_desktop.desktop.words import tr

_WIDE: Final = 1500
"""From here on there is room for the day it was sent and how soon an answer is wanted."""


class Shown(StrEnum):
    """Which referrals are listed."""

    ALL = "all"
    WAITING = "waiting"
    OVERDUE = "overdue"
    PLACE_AGAIN = "place-again"


class Order(StrEnum):
    LATE_FIRST = "late-first"
    NEWEST_FIRST = "newest-first"


class FollowUpView(Screen):
    """References, services and clocks; a name is never among them.

    Signals:
        shown_changed, order_changed: a `Shown`, an `Order`.
        picked: key of the row the user went to.
        slip_wanted: Ctrl+R, a slip lies on the desk.
        answer_wanted: a status for the chosen row, or None for all answers.
        open_wanted, another_wanted: the visit of the chosen row, another service for it.
        retranslated: the language of the screen has changed.
    """

    name, private, place = "follow_up", False, "follow_up"
    shown_changed = Signal(object)
    order_changed = Signal(object)
    picked = Signal(object)
    slip_wanted = Signal()
    answer_wanted = Signal(object)
    open_wanted = Signal()
    another_wanted = Signal()
    retranslated = Signal()

    title: PlainLabel
    lead: PlainLabel
    about_button: ActionButton
    enter_slip: ActionButton
    filter: Segments
    order: Combo
    table: RowTable
    empty: EmptyState
    side: SidePane

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "follow_up")
        self.lines: Sequence[Line] = ()
        self._counts: Mapping[Shown, int] = {}
        self._columns: tuple[str, ...] = ()
        self._narrow = False
        self.details = DetailsCard()
        self.side.add(self.details)
        self.fold = SideFold(self, self.side, self.about_button)
        self.fold.want(wanted=False)
        self.answer = AnswerDialog(self)
        self.empty.hide()
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.enter_slip.clicked.connect(self.slip_wanted)
        on_key(self, "Ctrl+R", self.slip_wanted.emit, everywhere=True)
        self.filter.chosen.connect(self._choose_shown)
        self.order.chosen.connect(self.order_changed)
        self.table.picked.connect(self.picked)
        self.table.opened.connect(lambda _key: self.answer_wanted.emit(None))
        self.details.open_wanted.connect(self.open_wanted)
        self.details.another_wanted.connect(self.another_wanted)
        self.details.answer_wanted.connect(self._answer_from_pane)
        self.left.connect(self.answer.reject)
        self.width_changed.connect(self._reflow)

    @override
    def first_focus(self) -> QWidget:
        return self.enter_slip if self.table.isHidden() else self.table

    @override
    def retranslate(self) -> None:
        self.order.set_options(
            [(Order.LATE_FIRST, tr("Late first")), (Order.NEWEST_FIRST, tr("Newest first"))]
        )
        self._name_filter()
        self.details.retranslate()
        self._columns = ()
        self._reflow(self.logical_width())
        self.retranslated.emit()

    # What the presenter shows ---------------------------------------------------------------

    def show_counts(self, counts: Mapping[Shown, int]) -> None:
        self._counts = counts
        self._name_filter()

    def show_lines(self, lines: Sequence[Line], empty_title: str, empty_text: str) -> None:
        """`empty_title` and `empty_text` stand there when nothing fits."""
        self.lines = lines
        self._fill()
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.empty.set_words(empty_title, empty_text)

    def show_details(self, details: Details | None) -> None:
        if details is not None:
            self.details.show_details(details)
        self.fold.want(wanted=details is not None)

    # Inside ---------------------------------------------------------------------------------

    def _answer_from_pane(self, status: object) -> None:
        """Where the pane lies over the list, it gives way to the answer."""
        self.fold.close()
        self.answer_wanted.emit(status)

    def _choose_shown(self, value: object) -> None:
        """One of them is always chosen."""
        if value is None:
            self.filter.set_value(Shown.ALL)
        self.shown_changed.emit(value or Shown.ALL)

    def _name_filter(self) -> None:
        def with_count(words: str, shown: Shown) -> str:
            count = self._counts.get(shown, 0)
            return f"{words}  {count}" if count and not self._narrow else words

        shown = self.filter.value() or Shown.ALL
        self.filter.set_options(
            [
                (Shown.ALL, with_count(tr("All"), Shown.ALL)),
                (Shown.WAITING, with_count(tr("Waiting"), Shown.WAITING)),
                (Shown.OVERDUE, with_count(tr("Overdue"), Shown.OVERDUE)),
                # Translators: referrals that were not accepted; the patient needs another place.
                (Shown.PLACE_AGAIN, with_count(tr("Place again"), Shown.PLACE_AGAIN)),
            ]
        )
        self.filter.set_value(shown)

    def _reflow(self, width: int) -> None:
        """Large text in a small window leaves what is late and what is done about it."""
        narrow = width < theme.reflow("one_column_below")
        if narrow != self._narrow:
            self._narrow = narrow
            self._name_filter()
        self.filter.setProperty("tight", narrow)
        self.lead.setVisible(not narrow)
        self.order.setVisible(not narrow)
        self.about_button.set_compact(compact=narrow)
        self._fit_columns(width)

    def _fit_columns(self, width: int) -> None:
        more = ("sent", "within") if width >= _WIDE else ()
        track = () if self._narrow else ("track",)
        wanted = ("reference", "sent_to", *more, *track, "clock")
        if wanted == self._columns:
            return
        self._columns = wanted
        known = {
            "reference": Column(tr("Reference"), "strong", 112),
            "sent_to": Column(tr("Sent to")),
            # Translators: head of a column with the day a referral left.
            "sent": Column(tr("Day sent"), "muted", 130),
            "within": Column(tr("Answer within"), "muted", 112),
            "track": Column(tr("Progress"), "track", 256),
            "clock": Column(tr("Clock"), "chip", 204),
        }
        kept = self.table.current_key()
        self.table.set_columns([known[name] for name in self._columns])
        self._fill()
        self.table.select(kept)

    def _fill(self) -> None:
        self.table.set_rows(
            [
                Row(line.key, tuple(getattr(line, name) for name in self._columns))
                for line in self.lines
            ]
        )
