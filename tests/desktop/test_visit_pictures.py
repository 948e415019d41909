# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the visit, step by step, to be laid beside the mock-ups by a person."""

from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from pact_desktop.desktop.screens import (
    body_map,
    details,
    in_private,
    observations,
    questions,
    summary,
)
from pact_desktop.desktop.translator import speak
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion
from pact_desktop.domain.indicators import AnswerValue, IndicatorId, IndicatorSet, VisitPart
from pact_desktop.domain.screening import (
    Answer,
    BodyMark,
    BodyView,
    MarkKind,
)
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.services import screenings
from tests.desktop.visit_support import (
    Bench,
    OpenVisit,
    dress,
    picture,
)
from tests.documents.papers import middle_of
from tests.private_part import open_private_part

LEFT = middle_of(BodyView.FRONT, "left-wrist")
RIGHT = middle_of(BodyView.FRONT, "right-wrist")


class Look(NamedTuple):
    """One way the window may stand on a desk."""

    locale: str
    theme: str
    scale: int = 100
    size: tuple[int, int] = (1366, 696)

    @property
    def name(self) -> str:
        usual = (self.scale, self.size) == (100, (1366, 696))
        return f"{self.locale}-{self.theme}" + ("" if usual else f"-{self.scale}-{self.size[0]}")


LOOKS = [
    Look("en", "light"),
    Look("en", "dark"),
    Look("mk", "light"),
    Look("sq", "light"),
    Look("sr-Cyrl", "dark"),
    Look("en", "light", 150),
    Look("mk", "light", 150),
    Look("sq", "light", 200),
    Look("en", "light", size=(1024, 600)),
]
SCREENS = {
    "details": details.build,
    "observations": observations.build,
    "in_private": in_private.build,
    "questions": questions.build,
    "body_map": body_map.build,
    "summary": summary.build,
}


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_each_step_fits_and_is_kept_as_a_picture(
    open_visit: OpenVisit, qapp: QApplication, look: Look
) -> None:
    """Nothing scrolls sideways, whatever the language, theme, text size and window."""
    speak(qapp, Catalog.load(look.locale))
    dress(look.theme, look.scale)
    bench = open_visit()
    bench.window.resize(*look.size)
    _fill(bench)
    too_wide = []
    for name, build in SCREENS.items():
        view = bench.enter(name, build)
        picture(bench.window, f"{name}-{look.name}")
        assert not bench.problems
        for area in view.findChildren(QScrollArea):
            inner = area.widget()
            if area.isVisible() and inner is not None:
                needed = inner.minimumSizeHint().width()
                if needed > area.viewport().width():
                    too_wide.append((name, needed, area.viewport().width()))
    assert too_wide == []


@pytest.mark.parametrize("locale", ["en", "mk", "sq", "sr-Cyrl"])
def test_ten_reasons_are_seen_without_scrolling(
    open_visit: OpenVisit, qapp: QApplication, locale: str
) -> None:
    """Whoever sets a level has the reasons in front of her, in every language of the screen."""
    speak(qapp, Catalog.load(locale))
    dress()
    bench = open_visit()
    _fill(bench)
    used = bench.session.content.set_of(bench.screening)
    row = used.part(VisitPart.OBSERVATIONS, is_child=False)[5]
    owes = used.item(IndicatorId("Q6"))
    assert owes.concern_when is not None
    for answer in (
        Answer(owes.link_id, owes.concern_when, own_words="I still owe for the trip."),
        Answer(row.link_id, AnswerValue.YES),
    ):
        screenings.record_answer(bench.session, bench.screening.screening_id, answer)
    view = bench.enter("summary", summary.build)
    QApplication.processEvents()
    picture(bench.window, f"summary-ten-{locale}")
    seen = [line for line in view.reasons.lines if not line.visibleRegion().isEmpty()]
    whole = [line for line in seen if line.visibleRegion().boundingRect() == line.rect()]
    assert len(view.reasons.lines) >= 10
    assert whole == view.reasons.lines
    assert view.levels[ConcernLevel.STRONG].visibleRegion().boundingRect().height() > 0


def test_large_text_begins_with_the_reasons(open_visit: OpenVisit) -> None:
    """Below one another, the level must not come up before what it is set for."""
    dress("light", 150)
    bench = open_visit()
    _fill(bench)
    view = bench.enter("summary", summary.build)
    QApplication.processEvents()
    assert view.how.hasFocus()
    assert view.work_area.verticalScrollBar().value() == 0


def test_the_list_is_pictured_in_full_wording_too(open_visit: OpenVisit) -> None:
    """Full wording shows the side pane and the chip of the private view."""
    dress()
    bench = open_visit()
    _fill(bench)
    view = bench.enter("observations", observations.build)
    view.wording_switched.emit()
    bench.settle()
    picture(bench.window, "observations-en-light-full")
    assert view.private


def test_findings_are_pictured_too(open_visit: OpenVisit) -> None:
    """Findings stand behind the second segment of step 5."""
    dress()
    bench = open_visit()
    _fill(bench)
    view = bench.enter("body_map", body_map.build)
    view.section.set_value("findings")
    view.section.chosen.emit("findings")
    bench.settle()
    picture(bench.window, "findings-en-light")
    assert view.findings_page.isVisible()


def _fill(bench: Bench) -> None:
    """A visit in which something stands on every step."""
    session, screening_id = bench.session, bench.screening.screening_id
    used = session.content.set_of(bench.screening)
    screenings.change_details(session, screening_id, visit_reason="Pain in both wrists")
    for answer in _observed(used):
        screenings.record_answer(session, screening_id, answer)
    open_private_part(session, screening_id, interpreter_code="14", language="ar")
    for link_id, value in (("Q1", AnswerValue.NO), ("Q2", AnswerValue.NO), ("Q3", AnswerValue.NO)):
        words = "If I go, he keeps my passport." if link_id == "Q3" else ""
        screenings.record_answer(
            session, screening_id, Answer(IndicatorId(link_id), value, own_words=words)
        )
    follow_ups = [item.link_id for item in used.follow_ups(IndicatorId("Q3"), is_child=False)]
    for link_id in follow_ups[:2]:
        screenings.record_answer(session, screening_id, Answer(link_id, AnswerValue.YES))
    for mark in _marks():
        screenings.save_mark(session, screening_id, mark)
    screenings.record_danger(
        session, screening_id,
        {
            DangerQuestion.FEARED_PERSON_NEAR: DangerAnswer.YES,
            DangerQuestion.HARM_IF_NOT_BACK: DangerAnswer.NOT_KNOWN,
            DangerQuestion.OTHERS_AT_RISK: DangerAnswer.YES,
            DangerQuestion.ACUTE: DangerAnswer.NO,
        },
        DangerLevel.POSSIBLE,
    )  # fmt: skip
    bench.screening = screenings.load_screening(session, screening_id)


def _observed(used: IndicatorSet) -> list[Answer]:
    values = (
        AnswerValue.YES, AnswerValue.YES, AnswerValue.NO, AnswerValue.NOT_SEEN, AnswerValue.NO,
    )  # fmt: skip
    rows = used.part(VisitPart.OBSERVATIONS, is_child=False)
    found = []
    for position, (item, value) in enumerate(zip(rows, values, strict=False)):
        reasons = item.explanations[:1] if position == 1 else ()
        found.append(Answer(item.link_id, value, explanations=reasons))
    return found


def _marks() -> list[BodyMark]:
    return [
        BodyMark("", BodyView.FRONT, "left-wrist", *LEFT, MarkKind.LINEAR_MARK, 70, 6,
                 "healing", tender=True, own_words="From the rope, two weeks ago."),
        BodyMark("", BodyView.FRONT, "right-wrist", *RIGHT, MarkKind.LINEAR_MARK, 55, 6,
                 "healing"),
        BodyMark("", BodyView.BACK, "right-upper-back", 0.6, 0.27, MarkKind.BRUISE, 40, 30,
                 "yellow-green"),
    ]  # fmt: skip
