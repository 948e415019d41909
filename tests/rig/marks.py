# SPDX-License-Identifier: GPL-3.0-or-later
"""Five hundred marks, a different one in each typed field, and how to find any of them anywhere."""

import random
import re
import secrets
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final, Self

from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.patient import MayBeChild, SafeContact, SafeContactMode
from pact_desktop.domain.screening import (
    Alone,
    Answer,
    BodyMark,
    BodyView,
    InterpreterMode,
    MarkKind,
    Offer,
    OfferAnswer,
    ScreeningId,
)
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.services import patients, screenings, visit_change, visit_results
from pact_desktop.services.session import Session
from tests.factories import a_birth_date
from tests.memory import forms_of_key, forms_of_text

WANTED: Final = 500
_SCRIPTS: Final = ("bcdfghjklmnprstvz", "бвгдежзклмнпрстфхцш", "bçdëfgjkmnpqrstvxz")
"""Latin, Cyrillic, Albanian."""
_FIRST: Final = 12
"""Letters that all marks of one script share, so that one look finds each of them."""
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


@dataclass(frozen=True)
class Marks:
    """Beginnings that were drawn at run time: no program and no test contains them."""

    beginnings: tuple[str, ...]

    @classmethod
    def draw(cls) -> Self:
        return cls(
            tuple("".join(secrets.choice(script) for _ in range(_FIRST)) for script in _SCRIPTS)
        )

    def each(self) -> Iterator[str]:
        """Marks without end, in turn of each script; the last letters number them."""
        for number in count():
            script = number % len(self.beginnings)
            letters = _SCRIPTS[script]
            size = len(letters)
            tail = "".join(letters[number // size**place % size] for place in range(3))
            yield self.beginnings[script] + tail

    def needles(self) -> dict[str, bytes]:
        """What to look for, by script and form: as it was typed and in capitals."""
        return {
            f"script {number} {case} as {form}": needle
            for number, beginning in enumerate(self.beginnings)
            for case, text in (("typed", beginning), ("in capitals", beginning.upper()))
            for form, needle in forms_of_text(text).items()
        }


FORMS: Final = len(forms_of_text("x" * _FIRST)) * 2
"""How many forms of each mark are looked for."""


def needles_of_keys(keys: list[bytes]) -> dict[str, bytes]:
    return {
        f"key {number} as {form}": needle
        for number, key in enumerate(keys)
        for form, needle in forms_of_key(key).items()
    }


def found_in(content: bytes, wanted: Mapping[str, bytes]) -> Counter[str]:
    """How often each needle lies in something; compressed parts of a PDF are unpacked first."""
    found = Counter[str]()
    for part in (content, *unpacked(content)):
        for name, needle in wanted.items():
            if times := part.count(needle):
                found[name] += times
    return found


def unpacked(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"%PDF"):
        return
    for match in _STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(match[1])
        except zlib.error:
            continue


@dataclass(frozen=True, slots=True)
class Filled:
    """What was entered."""

    visits: tuple[ScreeningId, ...]
    marks: int


def fill(session: Session, marks: Marks, wanted: int = WANTED) -> Filled:
    """Patients and visits in which every typed field holds a mark of its own."""
    given = marks.each()
    used = 0

    def mark() -> str:
        nonlocal used
        used += 1
        return next(given)

    visits = []
    while used < wanted:
        visits.append(_visit(session, mark))
    return Filled(tuple(visits), used)


def _visit(session: Session, mark: Callable[[], str]) -> ScreeningId:
    patient = patients.register_patient(
        session,
        patients.NewPatient(
            family_name=mark(),
            given_name=mark(),
            fathers_name=mark(),
            alias=mark(),
            birth_date=a_birth_date(random.Random(mark()).randrange(20, 60)),  # noqa: S311 an age
            may_be_child=MayBeChild.NO,
            safe_contact=SafeContact(SafeContactMode.CALL, may_answer=mark(), may_say=mark()),
        ),
    )
    visit = screenings.start_screening(
        session, patient, visit_reason=mark(), companion_relation=mark()
    ).screening_id
    for code in ("A01", "A04", "A05"):
        answer = Answer(IndicatorId(code), AnswerValue.YES, own_words=mark())
        screenings.record_answer(session, visit, answer)
    screenings.open_private_part(
        session,
        visit,
        alone=Alone.YES,
        interpreter=InterpreterMode.NOT_NEEDED,
        interpreter_code="",
        limits_said=True,
        language="sq",
    )
    said = Answer(IndicatorId("Q3"), AnswerValue.NO, own_words=mark())
    screenings.record_answer(session, visit, said)
    for place in range(3):
        shown = BodyMark(
            "",
            BodyView.FRONT,
            "left-wrist",
            0.6 + place / 10,
            0.5,
            MarkKind.BRUISE,
            own_words=mark(),
        )
        screenings.save_mark(session, visit, shown)
    visit_results.judge(session, visit, ConcernLevel.SOME, mark())
    visit_results.record_offers(
        session,
        visit,
        {Offer.INFORMATION_CARD: OfferAnswer.ACCEPTED},
        return_visit_at=session.now,
        return_reason=mark(),
    )
    visit_change.keep_draft(session, visit, TypedAt(TypedField.JUDGEMENT), mark())
    return visit
