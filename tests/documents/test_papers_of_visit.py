# SPDX-License-Identifier: GPL-3.0-or-later
"""The card, the slip, the consent page, the visit note and the sheets."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL.Image import Image
from pypdf import PdfReader

from pact_desktop.documents.clinical_note import ClinicalNote, render_clinical_note
from pact_desktop.documents.consent_page import (
    ConsentPage,
    RecipientConsent,
    render_consent_page,
)
from pact_desktop.documents.contact_sheet import ContactLine, render_contact_sheet
from pact_desktop.documents.pages import SIZE_A6
from pact_desktop.documents.patient_card import CardWords, PatientCard, render_patient_card
from pact_desktop.documents.recovery_sheet import render_recovery_sheet
from pact_desktop.documents.visit_slip import VisitSlip, render_visit_slip
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.consent import Consent
from pact_desktop.domain.danger import DangerLevel
from pact_desktop.domain.facility import ContactRole, ServiceId
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.referral import Reference
from pact_desktop.domain.referral_values import Place
from pact_desktop.domain.screening import (
    Answer,
    BodyMark,
    BodyView,
    Judgement,
    MarkKind,
    Offer,
    OfferAnswer,
    Screening,
    ScreeningId,
    ScreeningStatus,
)
from pact_desktop.i18n.catalog import Catalog
from tests.documents.papers import (
    NOW,
    NURSE,
    TODAY,
    a_consent,
    middle_of,
    page_count,
    picture,
    text_of,
    words_of,
)

WRIST = middle_of(BodyView.FRONT, "left-wrist")
PLACE = Place("Dom zdravlja Podbrdo", "Ul. Lipa 4", "000 000 000")
ENGLISH = CardWords(
    "Health information",
    "This card is given to every patient.",
    "Next appointment",
    "Place",
    "Phone",
    "Free phone line",
    ("You can talk to the nurse alone at any time.", "Treatment does not depend on your answers."),
)
ARABIC = CardWords(
    "معلومات صحية",
    "هذه البطاقة تعطى لجميع المرضى.",
    "موعدك القادم",
    "المكان",
    "الهاتف",
    "خط هاتف مجاني",
    ("يمكنك التحدث مع الممرضة على انفراد في أي وقت.", "العلاج لا يتوقف على إجاباتك."),
)


def a_card(words: CardWords = ENGLISH) -> PatientCard:
    return PatientCard(words, NOW + timedelta(days=8), "Dom zdravlja", "000 000 000", "08:00–15:00")


def a_visit() -> Screening:
    link = IndicatorId("Q3")
    return Screening(
        ScreeningId("s"),
        CaseNumber("c"),
        "pact-adult",
        "0.1.0",
        "",
        ScreeningStatus.COMPLETED,
        is_child=False,
        started_at=NOW,
        started_by=NURSE,
        visit_reason="Burn, hand",
        answers={link: Answer(link, AnswerValue.NO, own_words="He keeps <b>my</b> passport.")},
        marks=(
            BodyMark("1", BodyView.FRONT, "left-wrist", *WRIST, MarkKind.LINEAR_MARK, 70, 6),
            BodyMark("2", BodyView.BACK, "gone-region", 0.57, 0.3, MarkKind.BRUISE, 40),
        ),
        danger=DangerLevel.IMMEDIATE,
        judgement=Judgement(
            ConcernLevel.STRONG, ConcernLevel.STRONG, "My own sentence.", NURSE, NOW
        ),
        offers={
            Offer.INFORMATION_CARD: OfferAnswer.ACCEPTED,
            Offer.CALL_NOW: OfferAnswer.NOT_OFFERED,
        },
    )


def a_note(screening: Screening | None = None) -> bytes:
    note = ClinicalNote(
        PLACE, "Layla Al-Hassan", date(2002, 3, 4), "ar", screening or a_visit(), "0117", NOW
    )
    return render_clinical_note(note, Catalog.source())


def test_the_card_is_one_small_page_without_a_name() -> None:
    """It says when, where and whom to phone, and nothing of the visit."""
    pdf = render_patient_card(a_card(), Catalog.source())
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox

    assert page_count(pdf) == 1
    assert round(float(box.width)) == 298
    assert "Tuesday 1 December 2026, 11:24" in words_of(pdf)
    assert "000 000 000 · 08:00–15:00" in words_of(pdf)


def test_what_the_patient_does_not_want_is_not_on_the_card() -> None:
    """An empty line leaves no label behind."""
    pdf = render_patient_card(PatientCard(ENGLISH), Catalog.source())

    assert "Phone" not in text_of(pdf)
    assert "Next appointment" not in text_of(pdf)


def test_the_arabic_card_reads_from_the_right() -> None:
    """The ink begins at the right edge, and a phone number keeps its order."""
    pdf = render_patient_card(a_card(ARABIC), Catalog.load("ar"))
    grey = picture(pdf).convert("L")
    ink = grey.point(lambda value: 255 if value < 128 else 0)
    title = ink.crop((0, 0, ink.width, ink.height // 8)).getbbox()

    assert "000 000 000 · 08:00–15:00" in words_of(pdf)
    assert title is not None
    assert ink.width - title[2] < title[0]


@pytest.mark.parametrize(
    "place", ["Dom zdravlja Podbrdo, Lipa 4, drugi sprat, vrata 12 i 13, desno", "Дом"]
)
def test_every_line_of_the_arabic_card_begins_at_its_margin(place: str) -> None:
    """Also one that was broken, and one of Latin letters or figures."""
    card = replace(a_card(ARABIC), place=place)
    ink = picture(render_patient_card(card, Catalog.load("ar")), scale=4).convert("L")
    ink = ink.point(lambda value: 255 if value < 160 else 0)
    scale = ink.width / SIZE_A6[0]
    edges = [box[2] / scale for box in _lines_of_ink(ink, above=16)]

    assert len(edges) >= 9
    assert max(edges) - min(edges) < 1.5


def _lines_of_ink(ink: Image, *, above: float) -> list[tuple[int, int, int, int]]:
    """The box of each line; what is lower than a letter is an accent or a line drawn."""
    found, top = [], None
    for y in range(ink.height + 1):
        filled = y < ink.height and ink.crop((0, y, ink.width, y + 1)).getbbox() is not None
        if filled and top is None:
            top = y
        elif not filled and top is not None:
            box = ink.crop((0, top, ink.width, y)).getbbox()
            if box is not None and y - top >= above:
                found.append((box[0], top, box[2], y))
            top = None
    return found


def test_the_visit_slip_gives_only_times_and_the_neutral_reason() -> None:
    """Whoever finds it learns that somebody changes a dressing."""
    slip = VisitSlip(PLACE, "8–15", NOW, NOW + timedelta(days=8), "Dressing change")

    text = words_of(render_visit_slip(slip, Catalog.source()))

    assert "Visit slip" in text
    assert "Dressing change" in text
    assert "Tuesday 1 December 2026, 11:24" in text


def test_the_consent_page_asks_each_receiver_apart() -> None:
    """Police is its own block, and nothing is ticked there that was not said."""
    recipients = (
        RecipientConsent("House Jasen", a_consent()),
        RecipientConsent("Police", Consent(ServiceId("police"))),
    )
    page = ConsentPage(PLACE, Reference("7KQ42MX"), "What you say stays here.", recipients, "0117")

    text = words_of(render_consent_page(page, Catalog.source()))

    assert "May House Jasen receive this?" in text
    assert "May Police receive this?" in text
    assert text.index("What you say stays here.") < text.index("May House Jasen")
    assert text.count("Form: ") == 1


def test_the_visit_note_has_words_and_findings_and_no_opinion() -> None:
    """Own words in quotation marks as typed; no level, no danger, no sentence of the judge."""
    text = words_of(a_note())

    assert "“He keeps <b>my</b> passport.”" in text
    assert "Left wrist · Front" in text
    assert "70 × 6 mm" in text
    assert "No mark seen does not mean that there is no injury." in text
    for forbidden in ("My own sentence", "Strong", "concern", "Immediate", "danger"):
        assert forbidden not in text


def test_a_mark_with_an_unknown_code_is_named_by_where_it_lies() -> None:
    """A record of an older edition still prints."""
    assert "Upper back, right · Back" in words_of(a_note())


def test_the_figures_of_the_note_are_grey_and_numbered() -> None:
    """It can be read on a copy: nothing on the page has a colour."""
    image = picture(a_note())

    assert all(abs(r - g) < 3 > abs(g - b) for _, (r, g, b) in image.getcolors(1 << 24))


def test_an_estimated_age_is_in_the_note() -> None:
    """What is known is said; without it there would be no age at all."""
    estimated = ClinicalNote(PLACE, "Milica", None, "rom", a_visit(), "0117", NOW, age_about=18)
    unknown = replace(estimated, age_about=None)

    text = words_of(render_clinical_note(estimated, Catalog.source()))
    assert "Age About 18 years" in text
    assert "Birth date" not in text
    assert "Birth date Not known" in words_of(render_clinical_note(unknown, Catalog.source()))


def test_an_offer_that_was_not_made_is_not_in_the_note() -> None:
    """Only what was offered, with the answer."""
    text = words_of(a_note())

    assert "Accepted" in text
    assert "Not offered" not in text


def test_no_mark_seen_is_said_with_its_caution() -> None:
    """The note does not claim that there is no injury."""
    text = words_of(a_note(replace(a_visit(), marks=(), no_mark_seen=True)))

    assert "No mark was seen." in text
    assert "does not mean" in text


def test_the_recovery_sheet_shows_the_code_in_groups() -> None:
    """All of it, large, with what to do."""
    pdf = render_recovery_sheet("K7QX-7A2B-9CDE-FGHJ-KMNP", Catalog.source(), made_on=TODAY)

    text = words_of(pdf)
    assert "K7QX - 7A2B - 9CDE - FGHJ" in text
    assert "KMNP" in text
    assert "sealed envelope" in text


def test_the_sheet_of_numbers_leaves_out_what_nobody_checked() -> None:
    """A number from a book is not a promise."""
    lines = [
        ContactLine(ContactRole.SECURITY, "", "000 1", checked=True),
        ContactLine(ContactRole.POLICE, "", "000 2"),
        ContactLine(ContactRole.DEPUTY, "Dana", ""),
    ]

    text = words_of(render_contact_sheet("Dom zdravlja", lines, TODAY, Catalog.source()))

    assert "000 1" in text
    assert "000 2" not in text
    assert "number not checked" in text
    assert "No number yet: tell the manager" in text


def test_no_length_of_text_stops_a_note() -> None:
    """Whatever fits into a field fits onto the paper, over as many pages as it takes."""
    long = " ".join(f"w{number:03}" for number in range(900))
    link = IndicatorId("Q3")
    mark = BodyMark("1", BodyView.FRONT, "left-wrist", *WRIST, MarkKind.BURN, own_words=long)
    visit = replace(
        a_visit(),
        visit_reason=long,
        companion_relation=long,
        marks=(mark,),
        answers={link: Answer(link, AnswerValue.NO, own_words=long)},
        return_visit_at=NOW,
        return_reason=long,
    )

    text = text_of(a_note(visit))

    assert all(text.count(f"w{number:03}") >= 4 for number in range(900))


def test_an_address_of_many_lines_stays_a_letterhead() -> None:
    """A slip of the keyboard in the set-up cannot stop every paper of the facility."""
    place = Place("Dom\n" * 40, "Ul. Lipa\n" * 60, "000")

    slip = VisitSlip(place, "", NOW, None, "")

    assert page_count(render_visit_slip(slip, Catalog.source())) >= 1
    page = ConsentPage(place, Reference("7KQ42MX"), "", (), "0117")
    assert page_count(render_consent_page(page, Catalog.source())) == 1
