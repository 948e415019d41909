# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of rows that are filled in by looking, taken from the set in the staff's language."""

from collections.abc import Callable, Sequence

from pact_desktop.desktop.widgets.about_row import AboutText
from pact_desktop.desktop.widgets.observation_row import RowAnswer, RowLabels, RowText
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.indicators import (
    OBSERVED_ANSWERS,
    Indicator,
    IndicatorId,
    IndicatorSet,
)
from pact_desktop.domain.screening import Screening
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.terms import term


def row_texts(
    indicator_set: IndicatorSet, items: Sequence[Indicator], locale: str, *, full: bool
) -> tuple[RowText, ...]:
    """Short wording falls back to nothing longer: a set gives every row both texts."""
    wording = "full" if full else "short"
    return tuple(
        RowText(
            link_id=item.link_id,
            group=indicator_set.text(f"group.{item.group}", locale),
            text=indicator_set.text(f"{item.link_id}.{wording}", locale),
            explanations=tuple(
                (code, indicator_set.text(f"explanation.{code}", locale))
                for code in item.explanations
            ),
        )
        for item in items
    )


def row_labels(*, full: bool) -> RowLabels:
    return RowLabels(
        answers=tuple(
            (value, term(catalog(), value, short=not full)) for value in OBSERVED_ANSWERS
        ),
        consider=tr("Also consider:") if full else tr("Because of:"),
        other=tr("Other reason …"),
        other_name=tr("Other reason"),
        # Translators: read by a screen reader after the answer, "Yes, row 2: Looks and pauses".
        row_name=tr("row {number}: {text}"),
    )


def row_answers(
    screening: Screening, shown: Callable[[TypedAt], str]
) -> dict[IndicatorId, RowAnswer]:
    """`shown` gives the words that stand in a field now."""
    return {
        link_id: RowAnswer(
            answer.value,
            answer.explanations,
            shown(TypedAt(TypedField.OTHER_EXPLANATION, link_id)),
        )
        for link_id, answer in screening.answers.items()
    }


def about_text(indicator_set: IndicatorSet, link_id: IndicatorId, locale: str) -> AboutText:
    def text(part: str) -> str:
        return indicator_set.text(f"{link_id}.{part}", locale)

    numbered = (text(f"example.{number}") for number in range(1, 10))
    return AboutText(
        title=text("full"),
        about=text("about"),
        examples=tuple(example for example in numbered if example),
        not_seen=text("not_seen"),
    )
