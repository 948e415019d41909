# SPDX-License-Identifier: GPL-3.0-or-later
"""The card for the patient: in their language, only where carrying it is safe, and dull to read."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.screens import patient_card
from pact_desktop.desktop.screens.patient_card.view import PatientCardView
from pact_desktop.domain.audit import AuditAction
from pact_desktop.domain.screening import ChildSteps, Involved, Screening
from pact_desktop.services import screenings
from pact_desktop.storage import audit_log
from tests.desktop.refer_support import Desk, Elsewhere, open_desk, press, visit_of
from tests.desktop.visit_support import accessible_problems, dress
from tests.documents.papers import words_of

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

Opened = tuple[Desk, PatientCardView, Screening]
Open = Callable[..., Opened]
REASON = "Dressing"
OPEN_WORDS_NEVER = ("victim", "traffick", "exploit", "screening", "danger", "risk", "involved",
                    "case", "indicator", "companion", "came along", "harm")  # fmt: skip


@pytest.fixture
def open_card(qtbot: QtBot, session: "Session") -> Iterator[Open]:
    desks: list[Desk] = []

    def opened(
        *, language: str = "ar", years: int = 24, involved: Involved = Involved.UNKNOWN, **more: str
    ) -> Opened:
        screening, _ = visit_of(session, language=language, years=years)
        if screening.is_child:
            screenings.record_child_steps(
                session, screening.screening_id, ChildSteps(companion_involved=involved)
            )
        screenings.record_offers(
            session, screening.screening_id, {},
            return_visit_at=session.now + timedelta(days=8), return_reason=REASON,
        )  # fmt: skip
        desk = open_desk(session, without=("patient_card",))
        desks.append(desk)
        qtbot.addWidget(desk.window)
        desk.window.activateWindow()
        qtbot.waitActive(desk.window)
        arguments = {"screening_id": screening.screening_id, **more}
        view = desk.enter("patient_card", patient_card.build, **arguments)
        assert isinstance(view, PatientCardView)
        return desk, view, screening

    dress()
    yield opened
    for desk in desks:
        desk.close()


def issued(desk: Desk) -> list[str]:
    with desk.session.store.reading_config() as connection:
        rows = audit_log.entries(connection)
    return [r["subject"] for r in rows if r["action"] == AuditAction.DOCUMENT_ISSUED.value]


def print_page(desk: Desk) -> dict[str, object]:
    page = desk.work.navigator.screen("print_page")
    assert isinstance(page, Elsewhere)
    return page.arguments


def speak_card(desk: Desk, view: PatientCardView, locale: str) -> None:
    view.choices.language.set_value(locale)
    view.choices.changed.emit()
    desk.settle()


def test_the_card_opens_in_the_patients_language(open_card: Open) -> None:
    """The page is Arabic, the staff reads line by line what it says."""
    _, view, _ = open_card()
    assert view.choices.language.value() == "ar"
    assert view.preview.pages.page_count() == 1
    words = view.says.words()
    assert words[:2] == ["Health information", "This card is given to every patient."]
    assert "Tuesday 1 December 2026, 08:30" in words
    assert REASON not in " ".join(words)
    assert "native clinician" in view.choices.review.property("text")


@pytest.mark.parametrize(
    ("language", "locale"), [("sr", "sr-Cyrl"), ("mk", "mk"), ("en", "en"), ("bs", "bs-Latn")]
)
def test_a_spoken_language_finds_its_card(open_card: Open, language: str, locale: str) -> None:
    """Serbian begins with Cyrillic; the other script is one choice away."""
    _, view, _ = open_card(language=language)
    assert view.choices.language.value() == locale


def test_the_whole_card_is_seen_at_once(open_card: Open) -> None:
    """On the usual screen nothing of the page is below an edge."""
    _, view, _ = open_card()
    scrolled = view.preview.pages.findChild(QScrollArea)
    assert scrolled is not None
    assert scrolled.verticalScrollBar().maximum() == 0


def test_a_language_that_has_no_card_is_chosen_by_a_person(open_card: Open) -> None:
    """Nobody is handed words in a language that the program picked."""
    desk, view, _ = open_card(language="ti")
    assert view.choices.language.value() == ""
    assert view.preview.empty.isVisible()
    assert not view.footer.primary_enabled
    assert view.says.words()[0] == "Health information"
    speak_card(desk, view, "en")
    assert view.preview.pages.isVisible()
    assert view.footer.primary_enabled


def test_nothing_is_printed_before_somebody_asked_about_safety(open_card: Open) -> None:
    """The question starts open, and the problem leads to it."""
    desk, view, _ = open_card()
    assert view.choices.safe.value() is None
    view.primary_pressed.emit()
    desk.settle()
    assert desk.work.navigator.current is view
    assert view.problems.isVisible()
    assert view.choices.safe_problem.isVisible()
    press(view.problems, Qt.Key.Key_Return)
    assert view.choices.safe.has_focus()
    assert issued(desk) == []


def test_a_safe_card_goes_to_the_printer_under_a_dull_name(open_card: Open) -> None:
    """It is in the log first; neither queue nor file name say whose it is."""
    desk, view, screening = open_card()
    view.choices.safe.buttons()[0].click()
    view.print_wanted.emit()
    desk.settle()
    paper = print_page(desk)
    assert (paper["job"], paper["file_name"]) == ("card", "card.pdf")
    assert paper["back"] == (
        "patient_card",
        {"screening_id": screening.screening_id, "locale": "ar"},
    )
    assert "Preview" not in words_of(paper["pdf"])
    assert issued(desk) == ["card"]


def test_a_card_that_is_not_safe_stays_on_the_screen(open_card: Open) -> None:
    """Print is off, by mouse and by key; reading together still works."""
    desk, view, _ = open_card()
    view.choices.safe.buttons()[1].click()
    assert not view.footer.primary_enabled
    assert "nothing is printed" in view.footer.note
    view.print_wanted.emit()
    desk.settle()
    assert print_page(desk) == {}
    assert issued(desk) == []
    view.secondary_pressed.emit()
    assert view.large.isVisible()
    assert "معلومات صحية" in view.large.words.text()
    assert view.large.words.layoutDirection() is Qt.LayoutDirection.RightToLeft
    view.large.back.click()
    assert not view.large.isVisible()


@pytest.mark.parametrize("involved", [Involved.YES, Involved.UNKNOWN])
def test_a_child_gets_no_paper_while_that_may_harm(open_card: Open, involved: Involved) -> None:
    """No page, no question, no print; the words can be read together, and nothing says why."""
    desk, view, _ = open_card(years=15, involved=involved)
    assert view.preview.pages.page_count() == 0
    assert view.preview.empty.isVisible()
    assert not view.choices.safe.isVisible()
    assert not view.footer.primary_enabled
    view.print_wanted.emit()
    desk.settle()
    assert issued(desk) == []
    assert desk.problems == []
    assert view.footer.secondary


def test_nothing_on_the_screen_says_why_the_card_is_given(open_card: Open) -> None:
    """Whoever came along may look: also at a child's card that is not printed."""
    for years in (24, 15):
        _, view, _ = open_card(years=years)
        shown = " ".join(label.text() for label in view.findChildren(QLabel)).casefold()
        assert [word for word in OPEN_WORDS_NEVER if word in shown] == []


def test_lines_are_left_out_one_by_one(open_card: Open) -> None:
    """What the patient does not want on the card is on neither side."""
    desk, view, _ = open_card()
    view.choices.phone.click()
    view.choices.appointment.click()
    desk.settle()
    words = view.says.words()
    assert not any("+389" in line or "December" in line for line in words)
    assert "Health information" in words


def test_a_line_that_cannot_be_there_says_why(open_card: Open) -> None:
    """No checked number in the list: the tick is off and explains itself."""
    _, view, _ = open_card()
    assert not view.choices.support_line.isEnabled()
    assert "checked" in view.choices.support_line.property("hint")


def test_choices_wait_while_the_visit_stays_the_same(open_card: Open) -> None:
    """Back from the printer the language is kept; another patient starts anew."""
    desk, view, screening = open_card()
    speak_card(desk, view, "en")
    view.choices.safe.buttons()[0].click()
    desk.work.navigator.go("print_page")
    assert view.preview.pages.page_count() == 0
    desk.enter("patient_card", patient_card.build, screening_id=screening.screening_id)
    assert view.choices.language.value() == "en"
    assert view.choices.safe.value() is True
    assert view.preview.pages.page_count() == 1
    other, _ = visit_of(desk.session, language="mk")
    desk.enter("patient_card", patient_card.build, screening_id=other.screening_id)
    assert view.choices.language.value() == "mk"
    assert view.choices.safe.value() is None


def test_back_leads_to_the_next_steps(open_card: Open) -> None:
    """The card belongs to step 7."""
    desk, view, _ = open_card(locale="en")
    assert view.choices.language.value() == "en"
    view.back_pressed.emit()
    desk.settle()
    current = desk.work.navigator.current
    assert current is not None
    assert current.objectName() == "next_steps"


def test_every_control_has_a_name_of_its_own(open_card: Open) -> None:
    """A reader can tell the ticks, the language and the answers apart."""
    _, view, _ = open_card()
    assert accessible_problems(view) == []
