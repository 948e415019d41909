# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody gets who asks for everything that is kept about her."""

import json
from collections.abc import Callable

import pytest

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import MayBeChild
from pact_desktop.i18n.locales import PAPER_LOCALES
from pact_desktop.services import accounts, patients, person_copies, screenings
from pact_desktop.services.session import Session
from pact_desktop.storage.audit_log import entries
from tests.canaries import Marks
from tests.documents.papers import text_of
from tests.factories import a_birth_date
from tests.services.test_erasure import desk, marked

__all__ = ["desk"]
Open = Callable[[str], Session]


def test_both_hold_all_that_was_typed(desk: Session) -> None:
    """Every field of a visit and of a referral; the questions in the words of their set."""
    marks = Marks.draw()
    patient, visit = marked(desk, marks)
    paper = text_of(
        person_copies.copy_on_paper(desk, patient.patient_id, "mk", safe_to_carry=True).pdf
    )
    assert "Друго лице одговара наместо пациентот" in paper
    raw = person_copies.copy_as_file(desk, patient.patient_id, "en", safe_to_carry=True)
    text = raw.decode()
    flat = "".join(paper.split())
    for word in marks.both:
        assert text.count(word) > 15
        assert flat.count(word) > 10
    bundle = json.loads(text)
    kinds = [one["resource"]["resourceType"] for one in bundle["entry"]]
    assert {"Patient", "Encounter", "QuestionnaireResponse", "ServiceRequest", "Consent"} <= set(
        kinds
    )
    assert "AuditEvent" in kinds
    assert visit in text
    assert not any(one.account_id in text for one in accounts.list_accounts(desk))
    with desk.store.reading_config() as connection:
        assert [one["subject"] for one in entries(connection)[-2:]] == [
            "person-copy",
            "person-file",
        ]


@pytest.mark.parametrize("locale", PAPER_LOCALES)
def test_paper_in_every_language(locale: str, desk: Session) -> None:
    patient, _ = marked(desk, Marks("abc", "абв"))
    issued = person_copies.copy_on_paper(desk, patient.patient_id, locale, safe_to_carry=True)
    assert issued.file_name == "copy.pdf"
    assert issued.pdf.startswith(b"%PDF")


def test_nothing_is_given_out_where_it_is_not_safe(session: Session) -> None:
    child = patients.register_patient(
        session,
        patients.NewPatient(
            family_name="Kola", birth_date=a_birth_date(12), may_be_child=MayBeChild.YES
        ),
    )
    screenings.start_screening(session, child)
    for safe in (False, True):
        for make in (person_copies.copy_on_paper, person_copies.copy_as_file):
            with pytest.raises(Refusal) as refused:
                make(session, child.patient_id, "en", safe_to_carry=safe)
            assert refused.value.code is RefusalCode.COPY_UNSAFE
