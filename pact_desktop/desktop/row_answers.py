# SPDX-License-Identifier: GPL-3.0-or-later
"""What is answered in a row of a list, for observations and for findings alike."""

from typing import TYPE_CHECKING

from pact_desktop.domain.indicators import IndicatorId
from pact_desktop.domain.screening import Answer
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.services import screenings

if TYPE_CHECKING:
    from pact_desktop.desktop.visit import VisitContext
    from pact_desktop.desktop.widgets.observation_row import RowAnswer
    from pact_desktop.services.session import Session


def keep_row_answer(
    visit: "VisitContext", session: "Session", item: IndicatorId, given: "RowAnswer | None"
) -> None:
    """Stores the answer of a row, or takes it back; an explanation that is too long waits."""
    screening_id = visit.screening.screening_id
    if given is None:
        visit.change(lambda: screenings.withdraw_answer(session, screening_id, item))
        return
    typed: dict[TypedAt, str] = {}
    at = TypedAt(TypedField.OTHER_EXPLANATION, item)
    other = visit.keep_typed(at, given.other, typed, carried=True)
    answer = Answer(item, given.value, given.explanations, other)
    visit.change(lambda: screenings.record_answer(session, screening_id, answer), typed=typed)
