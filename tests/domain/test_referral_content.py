# SPDX-License-Identifier: GPL-3.0-or-later
"""What the form is filled with."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.consent import ConsentItem
from pact_desktop.domain.facility import Reader, ServiceKind
from pact_desktop.domain.indicators import (
    AgeGroup,
    AnswerValue,
    Indicator,
    IndicatorId,
    IndicatorSet,
    ItemRole,
    LearnedBy,
    Strength,
    VisitPart,
)
from pact_desktop.domain.patient import AgeBand, BirthDate, CaseNumber, MayBeChild
from pact_desktop.domain.referral import FormKind
from pact_desktop.domain.referral_content import case_code, form_content, signs_of
from pact_desktop.domain.referral_values import AgeSaid, Text
from pact_desktop.domain.screening import Answer, Screening, ScreeningId, ScreeningStatus
from tests.documents.papers import (
    NOW,
    NURSE,
    TODAY,
    a_consent,
    a_patient,
    a_referral,
    a_service,
    by_law,
    sources,
)

EVERYTHING = frozenset(ConsentItem)


def test_a_name_not_agreed_to_is_nowhere_in_the_content() -> None:
    """The form in memory cannot leak what its reader may not have."""
    items = EVERYTHING - {ConsentItem.NAME}
    referral = a_referral(FormKind.FULL, consents=(a_consent(items),))

    content = form_content(sources(referral), TODAY)

    assert content.values["D2"] is None
    assert all("Layla" not in str(getattr(v, "text", "")) for v in content.values.values())


@given(st.frozensets(st.sampled_from(ConsentItem)), st.sampled_from(ServiceKind))
def test_values_appear_only_where_agreed(items: frozenset[ConsentItem], kind: ServiceKind) -> None:
    """Whatever is ticked, the place of the person needs its own tick."""
    referral = a_referral(FormKind.FULL, consents=(a_consent(items),))

    content = form_content(sources(referral, service=a_service(kind)), TODAY)

    if ConsentItem.LOCATION not in items:
        assert content.values.get("D10") is None
    if kind is not ServiceKind.HEALTH or ConsentItem.HEALTH_SUMMARY not in items:
        assert content.values.get("G3") is None


def test_the_short_form_says_the_band_and_never_the_birth_date() -> None:
    """A birth date on the short form would name the person."""
    content = form_content(sources(), TODAY)

    assert content.values["D3"] == AgeSaid(AgeBand.FROM_18, certain=True)


@pytest.mark.parametrize(
    ("years", "may_be_child", "said"),
    [
        (16, MayBeChild.NOT_SURE, AgeSaid(AgeBand.FROM_16)),
        (18, MayBeChild.NOT_SURE, AgeSaid(AgeBand.AROUND_18, may_be_child=True)),
        (24, MayBeChild.YES, AgeSaid(AgeBand.AROUND_18, may_be_child=True)),
        (25, MayBeChild.NOT_SURE, AgeSaid(AgeBand.FROM_25, may_be_child=True)),
        (None, MayBeChild.YES, AgeSaid(AgeBand.UNKNOWN, may_be_child=True)),
        (18, MayBeChild.NO, AgeSaid(AgeBand.FROM_18)),
    ],
)
def test_a_doubtful_age_is_in_no_band_of_adults_alone(
    years: int | None, may_be_child: MayBeChild, said: AgeSaid
) -> None:
    """Who may be under 18 is not read as an adult."""
    born = BirthDate.unknown() if years is None else BirthDate.estimated(years, today=TODAY)
    patient = a_patient(birth_date=born, may_be_child=may_be_child)

    assert form_content(sources(patient=patient), TODAY).values["D3"] == said


def test_the_age_says_what_the_childs_part_of_the_form_says() -> None:
    """A visit on the child's path stays there, whatever was thought of the age later."""
    patient = a_patient(birth_date=BirthDate.estimated(18, today=TODAY))
    referral = a_referral(is_child=True, consents=(by_law(),))

    content = form_content(sources(referral, patient=patient), TODAY)

    assert content.values["D3"] == AgeSaid(AgeBand.AROUND_18, may_be_child=True)


def test_the_place_on_the_short_form_is_the_facility_alone() -> None:
    """The full place is left out even when the patient agreed to pass it on."""
    referral = a_referral(consents=(a_consent(EVERYTHING),))

    place = form_content(sources(referral), TODAY).values["D10"]

    assert place is not None
    assert (place.until, place.location) == ("18:00", "")


def test_two_receivers_cannot_tell_that_they_have_the_same_person() -> None:
    """The code differs for each receiver, stays for one, and is not the inner number."""
    number = CaseNumber("ABCDEFGH2345")

    first, again, second = (case_code(number, name) for name in ("one", "one", "two"))

    assert first == again != second
    assert number[:3] not in first


def test_a_form_without_agreement_is_empty_about_the_person() -> None:
    """A preview before the decision shows no one."""
    referral = a_referral(consents=())

    content = form_content(sources(referral), TODAY)

    personal = {key: value for key, value in content.values.items() if key[0] in "DEFGHI"}
    assert set(personal.values()) == {None}
    assert isinstance(content.values["C1"], Text)


def test_the_form_of_a_child_stands_on_the_law() -> None:
    """Notification, caregiving and the child's view go to the centre for social work."""
    referral = a_referral(is_child=True, consents=(by_law(),))

    content = form_content(sources(referral, service=a_service(ServiceKind.SOCIAL_WORK)), TODAY)

    assert content.by_law
    assert content.values["E1"] is not None
    assert content.values["E3"] is not None


def test_the_patients_own_copy_names_no_member_of_staff() -> None:
    """The patient's copy may be found by somebody else."""
    content = form_content(sources(), TODAY, reader=Reader.PATIENT)

    assert "B2" not in content.values
    assert "D11" not in content.values
    assert "C4" not in content.values


def _a_set() -> IndicatorSet:
    def item(link_id: str, strength: Strength, role: ItemRole = ItemRole.INDICATOR) -> Indicator:
        return Indicator(
            IndicatorId(link_id),
            VisitPart.OBSERVATIONS,
            "work" if link_id[0] == "I" else "manner",
            link_id[0],
            LearnedBy.OBSERVED,
            role=role,
            strength=strength,
        )

    return IndicatorSet(
        "pact-adult",
        "0.1.0",
        "draft",
        "",
        "",
        TODAY,
        AgeGroup.ADULT,
        (
            item("A1", Strength.MEDIUM),
            item("I1", Strength.MEDIUM),
            item("N1", Strength.WEAK, ItemRole.PROTECTIVE),
        ),
        words={"en": {"group.work": "Work"}, "mk": {"group.work": "Работа"}},
    )


def test_only_signs_that_count_are_listed_by_code() -> None:
    """An explained sign and protective information are not passed on."""
    answers = {
        IndicatorId("A1"): Answer(IndicatorId("A1"), AnswerValue.YES, explanations=("shyness",)),
        IndicatorId("I1"): Answer(IndicatorId("I1"), AnswerValue.YES, own_words="secret"),
        IndicatorId("N1"): Answer(IndicatorId("N1"), AnswerValue.YES),
    }
    screening = Screening(
        ScreeningId("s"), CaseNumber("c"), "pact-adult", "0.1.0", "", ScreeningStatus.COMPLETED,
        is_child=False, started_at=NOW, started_by=NURSE, answers=answers,
    )  # fmt: skip

    (signs,) = signs_of(screening, [_a_set()]).sets

    assert [(group.group, group.link_ids) for group in signs.groups] == [("work", ("I1",))]
    assert signs.groups[0].titles["mk"] == "Работа"


def test_a_consent_that_ran_out_yesterday_covers_nothing() -> None:
    """The date on the form is a promise."""
    old = replace(a_consent(EVERYTHING), valid_until=TODAY.replace(day=22))

    content = form_content(sources(a_referral(FormKind.FULL, consents=(old,))), TODAY)

    assert content.values["D2"] is None
    assert content.values["H"] is None
