# SPDX-License-Identifier: GPL-3.0-or-later
"""What the demonstration shows fits together: language of paper, and marks on the figure."""

from collections.abc import Iterator

import pytest

from pact_desktop.command_line.demo import languages_of_paper, picture_stage
from pact_desktop.command_line.demo_facility import CLINICIAN, demo_facility
from pact_desktop.domain.body_map import region_at
from pact_desktop.domain.referral import Referral
from pact_desktop.domain.screening import Screening
from pact_desktop.services import referrals, screenings
from pact_desktop.services.content import Content


@pytest.fixture(scope="module")
def shown(content: Content) -> Iterator[tuple[Screening, Referral]]:
    """The adult whose screens are on the pictures, and her draft."""
    with (
        demo_facility(content, screen_locale="en", paper_locale="sr-Cyrl") as made,
        made.session(CLINICIAN) as session,
    ):
        visits = picture_stage(made, "en", "light").prepare(session)
        yield (
            screenings.load_screening(session, visits.adult),
            referrals.load_referral(session, visits.referral),
        )


def test_the_pictured_referral_is_in_the_language_of_the_paper(
    shown: tuple[Screening, Referral],
) -> None:
    """The preview is the paper, whatever the screen speaks."""
    assert shown[1].paper_locale == "sr-Cyrl"


def test_marks_lie_on_the_place_they_name(shown: tuple[Screening, Referral]) -> None:
    """On the wrist, not between hip and hand."""
    marks = shown[0].marks
    assert marks
    assert [region_at(mark.view, mark.x, mark.y) for mark in marks] == [m.region for m in marks]


def test_papers_are_first_in_the_language_of_the_screen() -> None:
    """What is issued reads like the screen; the other languages are previews."""
    assert languages_of_paper("mk", None)[0] == "mk"
    assert sorted(languages_of_paper("mk", None)) == sorted(languages_of_paper("en", None))
    assert languages_of_paper("mk", "sq") == ["sq"]
    assert languages_of_paper("xx", None)[0] == "en"
