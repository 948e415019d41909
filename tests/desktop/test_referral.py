# SPDX-License-Identifier: GPL-3.0-or-later
"""The referral screen: nothing leaves that was not agreed to, line by line."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.screens import referral
from pact_desktop.desktop.screens.referral.view import ReferralView
from pact_desktop.desktop.widgets import NoteLine
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.consent import Consent, ConsentDecision, ConsentItem, LegalBasis
from pact_desktop.domain.referral import (
    Caregiving,
    Channel,
    FormKind,
    Priority,
    Referral,
    ReferralStatus,
    SupportKind,
    YesNoUnknown,
)
from pact_desktop.domain.screening import Outcome, Screening
from pact_desktop.services import referrals, screenings
from pact_desktop.services.facility import confirm_service, directory
from pact_desktop.services.follow_up import answer_referral
from pact_desktop.storage.erasure import strip_copies
from tests.desktop.refer_support import (
    HOUSE,
    LEGAL_AID,
    POLICE,
    SOCIAL_WORK,
    UNCONFIRMED,
    Desk,
    Elsewhere,
    add_services,
    open_desk,
    visit_of,
)
from tests.desktop.visit_support import dress, picture, type_text
from tests.documents.papers import text_of
from tests.factories import passphrase_of

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

Opened = tuple[Desk, ReferralView, Screening]
Open = Callable[..., Opened]


@pytest.fixture
def open_referral(qtbot: QtBot, open_as: "Callable[[str], Session]") -> Iterator[Open]:
    desks: list[Desk] = []

    def opened(*, years: int = 24, doubtful: bool = False, **size: int) -> Opened:
        add_services(open_as("mira"))
        session = open_as("nadia")
        screening, _ = visit_of(session, years=years, doubtful=doubtful)
        desk = open_desk(session, without=("referral",), **size)
        desks.append(desk)
        qtbot.addWidget(desk.window)
        view = desk.enter("referral", referral.build, screening_id=screening.screening_id)
        desk.settle()
        assert isinstance(view, ReferralView)
        return desk, view, screening

    dress()
    yield opened
    for desk in desks:
        desk.close()


def stored(desk: Desk, screening: Screening) -> Referral:
    desk.rest()
    return referrals.referrals_of_visit(desk.session, screening.screening_id)[0]


def choose(desk: Desk, view: ReferralView, service_id: str) -> None:
    position = view.services.service_ids().index(service_id)
    view.services.rows()[position].click()
    desk.rest()


def agree(desk: Desk, view: ReferralView) -> None:
    view.agreement.recipient.click()
    desk.settle()
    for item in (ConsentItem.AGE_AND_SEX, ConsentItem.LANGUAGE, ConsentItem.SUPPORT_WANTED):
        view.agreement.items[item].click()
    view.details.support[SupportKind.SAFE_ACCOMMODATION].click()
    desk.rest()


def test_a_service_nobody_called_can_be_chosen_but_not_printed(open_referral: Open) -> None:
    """An unchecked number may be wrong or watched; the page waits for a call."""
    desk, view, screening = open_referral()
    choose(desk, view, UNCONFIRMED)
    agree(desk, view)
    view.primary_pressed.emit()
    desk.rest()
    assert stored(desk, screening).status is ReferralStatus.DRAFT
    assert view.problems.isVisible()
    assert not view.issue.isVisible()


def test_nothing_is_ticked_for_the_patient(open_referral: Open) -> None:
    """Every line starts empty, also after a service is chosen."""
    desk, view, _ = open_referral()
    choose(desk, view, HOUSE)
    boxes = [view.agreement.recipient, view.agreement.police, *view.agreement.items.values()]
    assert not any(box.isChecked() for box in boxes)
    assert view.preview.chosen_form() is FormKind.MINIMUM


def test_what_nobody_answered_stands_as_not_known(open_referral: Open) -> None:
    """A list that shows its first choice would put a yes on the paper that nobody said."""
    desk, view, screening = open_referral()
    choose(desk, view, HOUSE)
    agree(desk, view)
    details = stored(desk, screening).details
    assert details.companions is YesNoUnknown.NOT_KNOWN
    assert details.dependants is YesNoUnknown.NOT_KNOWN
    assert details.caregiving is Caregiving.NOT_KNOWN


def test_agreeing_waits_until_the_patient_is_alone_again(open_referral: Open) -> None:
    """Covered or paused: a tick can be taken back, and step 3 is one press away."""
    desk, view, screening = open_referral()
    choose(desk, view, HOUSE)
    agree(desk, view)
    assert not view.agreement.private.isVisible()
    view.privacy_ended.emit()
    desk.rest()
    boxes = view.agreement.items
    assert view.agreement.private.isVisible()
    assert view.agreement.recipient.isEnabled()
    assert not view.agreement.police.isEnabled()
    assert boxes[ConsentItem.LANGUAGE].isEnabled()
    assert not boxes[ConsentItem.NAME].isEnabled()
    assert not view.agreement.until.isEnabled()
    boxes[ConsentItem.LANGUAGE].click()
    assert stored(desk, screening).consent.items == {
        ConsentItem.AGE_AND_SEX, ConsentItem.SUPPORT_WANTED,
    }  # fmt: skip
    view.agreement.recipient.click()
    assert stored(desk, screening).consent.decision is ConsentDecision.NOT_ASKED
    assert not view.agreement.recipient.isEnabled()
    view.agreement.private.click()
    desk.rest()
    assert desk.work.navigator.current is not view


def test_a_page_without_the_support_wanted_says_so(open_referral: Open) -> None:
    """It may leave, but nothing green stands beside a request that asks for nothing."""
    desk, view, screening = open_referral()
    choose(desk, view, HOUSE)

    def notes() -> dict[str, str]:
        return {n.property("text"): n.property("tone") for n in view.preview.findChildren(NoteLine)
                if n.isVisible()}  # fmt: skip

    view.agreement.recipient.click()
    desk.rest()
    assert set(notes().values()) == {"caution"}
    assert stored(desk, screening).status is ReferralStatus.READY
    view.details.support[SupportKind.SAFE_ACCOMMODATION].click()
    desk.rest()
    assert set(notes().values()) == {"caution"}
    view.agreement.items[ConsentItem.SUPPORT_WANTED].click()
    desk.rest()
    assert set(notes().values()) == {"ok"}


def test_each_tick_is_kept_for_its_own_recipient(open_referral: Open) -> None:
    """The police line is its own decision and carries no item of another recipient."""
    desk, view, screening = open_referral()
    choose(desk, view, HOUSE)
    agree(desk, view)
    assert view.agreement.police.text().startswith("Police")
    view.agreement.police.click()
    kept = stored(desk, screening)
    assert kept.consent_for(HOUSE).items == {
        ConsentItem.AGE_AND_SEX, ConsentItem.LANGUAGE, ConsentItem.SUPPORT_WANTED,
    }  # fmt: skip
    assert kept.consent_for(HOUSE).interpreter_code == "14"
    assert kept.consent_for(POLICE).decision is ConsentDecision.GIVEN
    assert not kept.consent_for(POLICE).items


def test_quick_ticks_are_all_kept(open_referral: Open) -> None:
    """Ticks given faster than the store answers are neither lost nor taken back."""
    desk, view, screening = open_referral()
    choose(desk, view, HOUSE)
    view.agreement.recipient.click()
    desk.settle()
    for box in view.agreement.items.values():
        box.click()
    assert stored(desk, screening).consent.items == set(ConsentItem)


def test_another_service_starts_without_consent(open_referral: Open) -> None:
    """What was agreed for one recipient never counts for the next one."""
    desk, view, _ = open_referral()
    choose(desk, view, HOUSE)
    agree(desk, view)
    choose(desk, view, LEGAL_AID)
    assert not view.agreement.recipient.isChecked()
    assert not any(box.isChecked() for box in view.agreement.items.values())


def test_the_paper_leaves_only_after_it_is_sent_in_the_record(open_referral: Open) -> None:
    """The print page gets the page when the referral is stored as sent, with its reference."""
    desk, view, screening = open_referral()
    choose(desk, view, HOUSE)
    agree(desk, view)
    view.primary_pressed.emit()
    desk.rest()
    assert view.issue.isVisible()
    assert stored(desk, screening).status is ReferralStatus.READY
    view.issue.main.click()
    desk.rest()
    page = desk.work.navigator.screen("print_page")
    assert isinstance(page, Elsewhere)
    assert bytes(page.arguments["pdf"]).startswith(b"%PDF")
    assert stored(desk, screening).status is ReferralStatus.SENT
    assert "Hassan" not in str(page.arguments["job"])
    visit = screenings.load_screening(desk.session, screening.screening_id)
    assert Outcome.REFERRED in visit.outcomes


def sent(desk: Desk, view: ReferralView, screening: Screening) -> Referral:
    """Sent to the house, and opened again as it is now."""
    choose(desk, view, HOUSE)
    agree(desk, view)
    view.primary_pressed.emit()
    desk.rest()
    view.issue.main.click()
    desk.rest()
    return opened_again(desk, screening)


def opened_again(desk: Desk, screening: Screening) -> Referral:
    desk.enter(
        "referral", referral.build, screening_id=screening.screening_id,
        referral_id=stored(desk, screening).referral_id,
    )  # fmt: skip
    desk.rest()
    return stored(desk, screening)


def test_a_page_that_was_let_go_is_told_as_such(open_referral: Open) -> None:
    """Its period has ended and somebody confirmed it: nothing is damaged, nothing is missing."""
    desk, view, screening = open_referral()
    gone = sent(desk, view, screening)
    answer_referral(desk.session, gone.reference, ReferralStatus.WITHDRAWN)
    event = AuditEvent(AuditAction.RECORD_ERASED, gone.case_number)
    with desk.session.store.changing(event) as connection:
        strip_copies(connection, [gone.referral_id], desk.session.today)
    opened_again(desk, screening)
    assert not desk.problems
    assert view.preview.empty.isVisible()
    assert not view.preview.pages.isVisible()
    words = " ".join(label.text() for label in view.preview.empty.findChildren(QLabel))
    assert "not kept any more" in words
    assert str(desk.session.today.year) in words
    view.retranslate()
    assert words == " ".join(label.text() for label in view.preview.empty.findChildren(QLabel))


def test_what_was_sent_is_printed_again_as_a_copy_or_made_anew(open_referral: Open) -> None:
    """The language is the one it left in; another one is another version."""
    desk, view, screening = open_referral()
    sent(desk, view, screening)
    page = desk.work.navigator.screen("print_page")
    assert isinstance(page, Elsewhere)
    assert not view.preview.paper.isEnabled()
    view.primary_pressed.emit()
    desk.rest()
    assert not view.issue.channel.isVisible()
    assert not view.issue.paper.isVisible()
    view.issue.main.click()
    desk.rest()
    assert "Copy, printed again" in text_of(bytes(page.arguments["pdf"]))
    opened_again(desk, screening)
    view.secondary_pressed.emit()
    desk.rest()
    assert view.issue.channel.isVisible()
    view.issue.paper.set_value("sq")
    view.issue.main.click()
    desk.rest()
    again = opened_again(desk, screening)
    assert [issue.paper_locale for issue in again.issues] == ["en", "sq"]
    assert view.preview.paper.value() == "sq"
    assert "Copy" not in text_of(bytes(page.arguments["pdf"]))


@pytest.mark.parametrize("left", [True, False], ids=["sent", "ready"])
def test_another_name_of_the_service_is_said(
    qtbot: QtBot, open_as: "Callable[[str], Session]", *, left: bool
) -> None:
    """What was sent shows what held; what was not is asked about anew."""
    dress()
    add_services(open_as("mira"))
    nurse = open_as("nadia")
    screening, _ = visit_of(nurse)
    draft = referrals.draft_referral(nurse, screening.screening_id, HOUSE, Priority.URGENT)
    agreed = Consent(HOUSE, ConsentDecision.GIVEN, frozenset({ConsentItem.LANGUAGE}))
    referrals.record_consent(nurse, draft.referral_id, agreed)
    if left:
        referrals.issue_form(nurse, draft.referral_id, channel=Channel.BY_HAND, paper_locale="en")
    manager = open_as("mira")
    house = next(one for one in directory(manager) if one.service_id == HOUSE)
    confirm_service(manager, replace(house, name="House “Bor”"))
    desk = open_desk(open_as("nadia"), without=("referral",))
    qtbot.addWidget(desk.window)
    view = desk.enter("referral", referral.build, screening_id=screening.screening_id,
                      referral_id=draft.referral_id)  # fmt: skip
    desk.rest()
    assert isinstance(view, ReferralView)
    recipient = view.agreement.recipient
    assert recipient.isChecked() is left
    assert ("Jasen" in recipient.text()) is left
    assert recipient.property("hint").startswith("agreed") is left
    assert ("ask again" in recipient.property("hint")) is not left
    assert not any(box.isEnabled() for box in view.agreement.items.values())
    view.primary_pressed.emit()
    desk.rest()
    assert view.problems.isVisible()
    assert not view.issue.isVisible()
    picture(desk.window, f"referral-other-name-{'sent' if left else 'ready'}")
    desk.close()


def test_the_full_form_asks_for_a_reason(open_referral: Open) -> None:
    """The larger form is a step one takes knowingly."""
    desk, view, screening = open_referral()
    choose(desk, view, HOUSE)
    agree(desk, view)
    view.preview.form.buttons()[1].click()
    desk.rest()
    view.primary_pressed.emit()
    desk.rest()
    assert not view.issue.isVisible()
    type_text(view.preview.reason, "Is moved to another town")
    view.preview.reason.editingFinished.emit()
    view.agreement.items[ConsentItem.NAME].click()
    desk.rest()
    view.primary_pressed.emit()
    desk.rest()
    assert view.issue.isVisible()
    assert stored(desk, screening).full_form_reason == "Is moved to another town"


def test_a_refusal_erases_what_was_prepared(open_referral: Open) -> None:
    """Saying no is a full answer: only that outcome is kept."""
    desk, view, screening = open_referral()
    choose(desk, view, HOUSE)
    agree(desk, view)
    view.extra_pressed.emit()
    desk.rest()
    assert referrals.referrals_of_visit(desk.session, screening.screening_id) == []
    visit = screenings.load_screening(desk.session, screening.screening_id)
    assert Outcome.DECLINED in visit.outcomes


def test_for_a_child_the_call_comes_first(open_referral: Open) -> None:
    """Under 18 the centre for social work is told; with a colleague that stands for consent."""
    desk, view, screening = open_referral(years=16, doubtful=True)
    choose(desk, view, SOCIAL_WORK)
    view.primary_pressed.emit()
    desk.rest()
    assert view.problems.isVisible()
    view.agreement.call.click()
    view.call.time.setText("08:20")
    view.call.person.setText("31")
    view.call.main.click()
    desk.rest()
    kept = stored(desk, screening)
    assert kept.consent.legal_basis is LegalBasis.CHILD_PROTECTION
    visit = screenings.load_screening(desk.session, screening.screening_id)
    assert visit.child_steps.notified_person_code == "31"
    # The call stands whatever comes of the colleague, who may be asked later.
    assert view.colleague.isVisible()
    view.colleague.safe.click()
    assert view.agreement.colleague.isVisible()
    view.agreement.colleague.click()
    confirm_as(desk, view, "dren")
    assert not view.agreement.colleague.isVisible()
    assert stored(desk, screening).consent.second_staff is not None
    view.primary_pressed.emit()
    desk.rest()
    assert view.issue.isVisible()


def confirm_as(desk: Desk, view: ReferralView, name: str, passphrase: str = "") -> None:
    dialog = view.colleague
    dialog.reader.setText(name)
    dialog.passphrase.line.setText(passphrase or passphrase_of(name))
    dialog.main.click()
    desk.rest()


def test_two_decide_when_life_is_in_danger(open_referral: Open) -> None:
    """The reason is kept first; only the passphrase of somebody else opens the way to paper."""
    desk, view, screening = open_referral()
    choose(desk, view, HOUSE)
    view.agreement.without.click()
    view.without.main.click()
    assert view.without.reason_field.problem()
    type_text(view.without.reason, "He waits outside.")
    view.without.main.click()
    desk.rest()
    assert stored(desk, screening).consent.legal_basis is LegalBasis.DANGER_TO_LIFE
    dialog = view.colleague
    assert dialog.isVisible()
    for name, passphrase in (("dren", "not-his-passphrase"), ("nadia", "")):
        confirm_as(desk, view, name, passphrase)
        assert dialog.isVisible()
        assert dialog.passphrase_field.problem()
        assert dialog.passphrase.passphrase() == ""
        assert stored(desk, screening).consent.second_staff is None
    view.primary_pressed.emit()
    desk.rest()
    assert not view.issue.isVisible()
    confirm_as(desk, view, "dren")
    assert not dialog.isVisible()
    view.primary_pressed.emit()
    desk.rest()
    assert view.issue.isVisible()


def test_a_day_that_has_passed_is_not_agreed_until(open_referral: Open) -> None:
    """An agreement that is over before it begins is a slip of the hand."""
    desk, view, screening = open_referral()
    choose(desk, view, HOUSE)
    agree(desk, view)
    before = stored(desk, screening).consent.valid_until
    view.agreement.until.line.setText("01.01.2020")
    view.agreement.until.line.editingFinished.emit()
    assert stored(desk, screening).consent.valid_until == before


@pytest.mark.parametrize("name", ["light", "dark"])
def test_picture(open_referral: Open, name: str) -> None:
    """The screen as it is drawn, beside the mock-up."""
    desk, view, _ = open_referral()
    dress(name)
    choose(desk, view, HOUSE)
    agree(desk, view)
    assert picture(desk.window, f"referral-en-{name}").exists()
    assert not desk.problems
    dress()


def test_picture_of_a_child_and_a_narrow_window(open_referral: Open) -> None:
    """The same with large text, and the notification in place of consent."""
    desk, view, _ = open_referral(years=16, doubtful=True)
    choose(desk, view, SOCIAL_WORK)
    assert picture(desk.window, "referral-child-en-light").exists()
    dress("light", 150)
    desk.window.refit()
    desk.rest()
    assert picture(desk.window, "referral-150-en-light").exists()
    assert not desk.problems
    dress()
