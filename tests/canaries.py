# SPDX-License-Identifier: GPL-3.0-or-later
"""A visit whose every text is unmistakable, so that a trace of it can be found anywhere."""

import secrets
from dataclasses import dataclass, field
from typing import Final, Self

from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.patient import MayBeChild, SafeContact, SafeContactMode
from pact_desktop.domain.screening import (
    Answer,
    BodyMark,
    BodyView,
    MarkKind,
    ScreeningId,
)
from pact_desktop.services import patients, screenings
from pact_desktop.services.session import Session
from tests.factories import a_birth_date
from tests.private_part import open_private_part

_LATIN: Final = "bcdfghjklmnprstvz"
_CYRILLIC: Final = "бвгдежзклмнпрстфхцш"


def _word(letters: str) -> str:
    return "".join(secrets.choice(letters) for _ in range(14))


@dataclass(frozen=True)
class Marks:
    """Two words drawn anew each time, so that no program and no test contains them."""

    latin: str = field(default_factory=lambda: _word(_LATIN))
    cyrillic: str = field(default_factory=lambda: _word(_CYRILLIC))

    @classmethod
    def draw(cls) -> Self:
        return cls()

    @property
    def both(self) -> tuple[str, str]:
        return self.latin, self.cyrillic

    def said(self, what: str) -> str:
        """A sentence with both words in it."""
        return f"{what} {self.latin} {self.cyrillic}."


def a_visit_with(session: Session, marks: Marks) -> ScreeningId:
    """Both words stand in every field of a visit that takes typed text."""
    patient = patients.register_patient(
        session,
        patients.NewPatient(
            family_name=marks.latin,
            given_name=marks.cyrillic,
            fathers_name=marks.latin,
            alias=marks.cyrillic,
            birth_date=a_birth_date(30),
            may_be_child=MayBeChild.NO,
            safe_contact=SafeContact(
                SafeContactMode.CALL, may_answer=marks.latin, may_say=marks.cyrillic
            ),
        ),
    )
    visit = screenings.start_screening(
        session, patient, visit_reason=marks.said("Burn"), companion_relation=marks.latin
    ).screening_id
    screenings.record_answer(session, visit, Answer(IndicatorId("A01"), AnswerValue.YES))
    open_private_part(session, visit, language="sq")
    said = Answer(IndicatorId("Q3"), AnswerValue.NO, own_words=marks.said("He keeps it,"))
    screenings.record_answer(session, visit, said)
    mark = BodyMark(
        "", BodyView.FRONT, "left-wrist", 0.7, 0.5, MarkKind.BRUISE, own_words=marks.said("A door,")
    )
    screenings.save_mark(session, visit, mark)
    screenings.judge(session, visit, ConcernLevel.SOME, marks.said("Cannot leave,"))
    return visit
