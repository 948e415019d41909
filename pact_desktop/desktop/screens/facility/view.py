# SPDX-License-Identifier: GPL-3.0-or-later
"""The data of the facility, the settings of this computer, and what else there is to know."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.screens.facility.fields import FacilityFields
from pact_desktop.desktop.screens.facility.state_cards import StateCard, show_states
from pact_desktop.desktop.widgets import (
    Banner,
    BannerText,
    ErrorSummary,
    Field,
    PlainLabel,
    ScrollPage,
)
from pact_desktop.desktop.words import tr

NARROW = 980
Problem = tuple[str, Field]


class FacilityView(Screen):
    """Fields at the leading side, states at the other; saved with the primary.

    Signals:
        edited: something was typed or chosen.
        person_wanted: the button of the banner.
        retranslated: the language of the screen has changed.
    """

    name, private, place = "facility", False, "facility"
    edited = Signal()
    person_wanted = Signal()
    retranslated = Signal()

    title: PlainLabel
    lead: PlainLabel
    banner: Banner
    problems: ErrorSummary
    work_area: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "facility")
        self.fields = FacilityFields()
        self.work_area.setWidget(self.fields)
        self.lead.setWordWrap(True)
        self._dirty = False
        self._banner: BannerText | None = None
        self.fields.edited.connect(self.edited)
        self.banner.action.connect(self.person_wanted)
        self.width_changed.connect(self._reflow)
        self.show_banner(None)
        self.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self.fields.name

    @override
    def retranslate(self) -> None:
        self.fields.set_options()
        self.show_dirty(dirty=self._dirty)
        self.retranslated.emit()

    def show_banner(self, words: BannerText | None) -> None:
        """One message at a time: problems with what was typed come before it."""
        self._banner = words
        if words is None or self.problems.isVisibleTo(self):
            self.banner.hide()
        else:
            self.banner.show_banner(words)

    def show_states(self, cards: Sequence[StateCard]) -> None:
        show_states(self.fields.states, cards)

    def show_dirty(self, *, dirty: bool) -> None:
        """What was typed and not saved is said, and can be taken back."""
        self._dirty = dirty
        self.set_primary(tr("Save"))
        self.set_secondary(tr("Undo changes") if dirty else "")
        self.set_extra(tr("How long records are kept …"))
        self.set_note(tr("Not saved yet") if dirty else "")
        if dirty:
            self.set_saved("")

    def show_saved(self, time: str) -> None:
        self.set_saved(tr("Saved {time}").format(time=time))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Each at its field, and all of them on top with a link to the field."""
        for field in self.fields.findChildren(Field):
            field.set_problem("")
        for words, field in problems:
            field.set_problem(words)
        self.problems.show_problems([(words, field.editor) for words, field in problems])
        self.show_banner(self._banner)

    def _reflow(self, width: int) -> None:
        self.fields.set_narrow(narrow=width < NARROW)
        self.lead.setVisible(width >= theme.reflow("one_column_below"))
