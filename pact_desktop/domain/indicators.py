# SPDX-License-Identifier: GPL-3.0-or-later
"""Indicator sets: what a panel of experts wrote, as frozen data with an identity."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, NewType

IndicatorId = NewType("IndicatorId", str)
"""FHIR linkId of an item, for example `A01`."""

SOURCE_LOCALE: Final = "en"


class LearnedBy(StrEnum):
    """How staff come to know it (indicators.md section 2)."""

    REGISTRATION = "registration"
    OBSERVED = "observed"
    CLINICAL = "clinical"
    HISTORY = "history"
    ASKED = "asked"


class VisitPart(StrEnum):
    """The step of a visit in which an item is shown."""

    OBSERVATIONS = "observations"
    QUESTIONS = "questions"
    FINDINGS = "findings"


class ItemRole(StrEnum):
    """What a yes means for the rule."""

    INDICATOR = "indicator"
    QUESTION = "question"
    """A private question: its worrying answer opens follow-ups and gives at least some concern."""
    DISCLOSURE = "disclosure"
    PROTECTIVE = "protective"


class Strength(StrEnum):
    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


class StrengthBasis(StrEnum):
    """Where a strength comes from (indicators.md section 2)."""

    ILO = "ilo"
    VALIDATED = "validated"
    GUIDANCE = "guidance"
    PROPOSAL = "proposal"


class Element(StrEnum):
    """The three elements of the Palermo Protocol, Art. 3."""

    ACT = "act"
    MEANS = "means"
    EXPLOITATION = "exploitation"


class AgeGroup(StrEnum):
    ADULT = "adult"
    CHILD = "child"
    BOTH = "both"


class AnswerValue(StrEnum):
    """Every answer an item can have; which of them are offered depends on the part."""

    YES = "yes"
    NO = "no"
    NOT_SEEN = "not-seen"
    DOES_NOT_KNOW = "does-not-know"
    PREFERS_NOT_TO_SAY = "prefers-not-to-say"
    NOT_ASKED = "not-asked"


OBSERVED_ANSWERS: Final = (AnswerValue.YES, AnswerValue.NO, AnswerValue.NOT_SEEN)
ASKED_ANSWERS: Final = (
    AnswerValue.YES,
    AnswerValue.NO,
    AnswerValue.DOES_NOT_KNOW,
    AnswerValue.PREFERS_NOT_TO_SAY,
    AnswerValue.NOT_ASKED,
)


@dataclass(frozen=True, slots=True)
class EnableWhen:
    """FHIR enableWhen: the item is open while that other item has this answer."""

    question: IndicatorId
    answer: AnswerValue


@dataclass(frozen=True, slots=True)
class Indicator:
    """One item of a set. Its words are found in the set, by `IndicatorSet.text`."""

    link_id: IndicatorId
    part: VisitPart
    group: str
    domain: str
    """Group of meaning, `D1` to `D13` (indicators.md section 2); the rule counts domains."""
    learned_by: LearnedBy
    role: ItemRole = ItemRole.INDICATOR
    age: AgeGroup = AgeGroup.BOTH
    strength: Strength = Strength.WEAK
    child_strength: Strength | None = None
    basis: StrengthBasis = StrengthBasis.PROPOSAL
    elements: tuple[Element, ...] = ()
    exploitation: tuple[str, ...] = ()
    explanations: tuple[str, ...] = ()
    """Codes of ordinary explanations; words under `explanation.<code>`."""
    sources: tuple[str, ...] = ()
    from_memory: tuple[str, ...] = ()
    """Those of `sources` that were named from general knowledge and still have to be read."""
    urgent: bool = False
    """A clinical emergency in itself: counts on the danger axis whatever the level."""
    concern_when: AnswerValue = AnswerValue.YES
    """For questions: the answer that worries ("Are you safe?" worries with no)."""
    enable_when: tuple[EnableWhen, ...] = ()
    """Open when any of these holds; always open when empty."""
    lowers_domains: tuple[str, ...] = ()
    """For protective information: the domains whose medium and weak items it cancels."""

    @property
    def answers(self) -> tuple[AnswerValue, ...]:
        if self.part is not VisitPart.QUESTIONS:
            return OBSERVED_ANSWERS
        if self.role is ItemRole.QUESTION:
            return ASKED_ANSWERS
        return (AnswerValue.YES, AnswerValue.NO)

    def strength_for(self, *, is_child: bool) -> Strength:
        return self.child_strength if is_child and self.child_strength else self.strength

    def fits_age(self, *, is_child: bool) -> bool:
        return self.age is not (AgeGroup.ADULT if is_child else AgeGroup.CHILD)


@dataclass(frozen=True, slots=True)
class Source:
    """A publication an item leans on.

    `read` is `quoted`, `own-knowledge` or `proposal`; `note` says what was seen of it.
    """

    code: str
    title: str
    address: str = ""
    read: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """One published version of a set; never changes, its digest is kept with each screening."""

    set_id: str
    version: str
    status: str
    """FHIR PublicationStatus: `draft` or `active`."""
    ratified_by: str
    """Empty while no panel has ratified it."""
    publisher: str
    date: date
    age: AgeGroup
    items: tuple[Indicator, ...]
    quick_look: tuple[IndicatorId, ...] = ()
    sources: tuple[Source, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    """Locale tag -> key -> text; `en` is complete."""
    digest: str = ""

    @property
    def ratified(self) -> bool:
        return bool(self.ratified_by)

    def item(self, link_id: IndicatorId) -> Indicator:
        """Raises KeyError when the set has no such item."""
        for indicator in self.items:
            if indicator.link_id == link_id:
                return indicator
        raise KeyError(link_id)

    def part(self, part: VisitPart, *, is_child: bool) -> tuple[Indicator, ...]:
        return tuple(i for i in self.items if i.part is part and i.fits_age(is_child=is_child))

    def follow_ups(self, link_id: IndicatorId, *, is_child: bool) -> Iterator[Indicator]:
        """Items that open with an answer to this one."""
        for indicator in self.items:
            if indicator.fits_age(is_child=is_child) and any(
                condition.question == link_id for condition in indicator.enable_when
            ):
                yield indicator

    def text(self, key: str, locale: str) -> str:
        """Words for a key such as `A01.full`; English when the locale lacks it, empty if none."""
        found = self.words.get(locale, {}).get(key)
        return found or self.words.get(SOURCE_LOCALE, {}).get(key, "")

    def has(self, key: str, locale: str) -> bool:
        """Whether the locale has its own words: a patient is never read another language."""
        return key in self.words.get(locale, {})

    def speaks(self, locale: str) -> bool:
        return locale in self.words
