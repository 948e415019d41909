# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps each observation the moment it is given and chooses the wording that is shown."""

from typing import ClassVar

from typing_extensions import override

from pact_desktop.desktop.row_answers import keep_row_answer
from pact_desktop.desktop.row_words import about_text, row_answers, row_labels, row_texts
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.observations.view import ObservationsView
from pact_desktop.desktop.visit_step import StepPresenter
from pact_desktop.desktop.visit_words import progress
from pact_desktop.desktop.widgets.observation_row import RowAnswer
from pact_desktop.desktop.words import tr
from pact_desktop.domain.indicators import IndicatorId, VisitPart
from pact_desktop.domain.screening import VisitStep
from pact_desktop.services import screenings


class ObservationsPresenter(StepPresenter):
    """Step 2; nothing here asks the patient anything."""

    step: ClassVar = VisitStep.OBSERVATIONS

    def __init__(self, view: ObservationsView, work: Work) -> None:
        super().__init__(view, work)
        self._view = view
        view.answered.connect(self._answer)
        view.row_entered.connect(self._explain)
        view.wording_switched.connect(self._switch_wording)
        view.concern_ticked.connect(self._record_concern)

    @override
    def arrive(self) -> None:
        self._word()
        self._view.set_primary(tr("Continue"))

    @override
    def show(self) -> None:
        visit = self._visit
        self._view.show_answers(row_answers(visit.screening, visit.shown))
        made = progress(visit.indicator_set, visit.screening, VisitPart.OBSERVATIONS)
        self._view.show_progress(made.done, made.total)
        self._view.show_concern(concern=visit.screening.staff_concern)

    @override
    def allow_answering(self, *, allowed: bool) -> None:
        self._view.set_answering(allowed=allowed)

    @override
    def leave(self) -> None:
        self._view.hand_over()

    def _word(self) -> None:
        visit = self._visit
        full = visit.full_wording
        items = visit.indicator_set.part(VisitPart.OBSERVATIONS, is_child=visit.screening.is_child)
        self._view.show_wording(full=full)
        self._view.show_rows(
            row_texts(visit.indicator_set, items, visit.words_locale, full=full),
            row_labels(full=full),
        )
        if items and full:
            self._explain(self._view.list.current or items[0].link_id)

    def _explain(self, link_id: str) -> None:
        if self._visit.full_wording:
            self._view.show_about(
                about_text(
                    self._visit.indicator_set, IndicatorId(link_id), self._visit.words_locale
                )
            )

    def _switch_wording(self) -> None:
        self._view.hand_over()
        self._visit.choose_wording(full=not self._visit.full_wording)
        self._word()

    def _answer(self, link_id: str, given: RowAnswer | None) -> None:
        keep_row_answer(self._visit, self._work.session, IndicatorId(link_id), given)

    def _record_concern(self, concern: bool) -> None:  # noqa: FBT001 a Qt slot
        session, screening_id = self._work.session, self._visit.screening.screening_id
        self._visit.change(lambda: screenings.record_staff_concern(session, screening_id, concern))
