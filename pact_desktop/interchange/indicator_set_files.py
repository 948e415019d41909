# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of `set.yaml`, as a panel writes it."""

from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from pact_desktop.domain.indicators import (
    AgeGroup,
    AnswerValue,
    Element,
    ItemRole,
    LearnedBy,
    Strength,
    StrengthBasis,
    VisitPart,
)

LinkId = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{1,3}[0-9]{1,3}$")]
Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")]
Domain = Annotated[str, msgspec.Meta(pattern=r"^D([1-9]|1[0-3])$")]
Version = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
Status = Literal["draft", "active", "retired"]
"""FHIR PublicationStatus."""
Words = Annotated[str, msgspec.Meta(min_length=1)]


class ConditionFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """FHIR enableWhen."""

    question: LinkId
    answer: AnswerValue


class SourceFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A publication and what was read of it."""

    code: Code
    title: Words
    read: Literal["quoted", "own-knowledge", "proposal"]
    address: str = ""
    note: str = ""


class ItemFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One item as a panel writes it: what it means for the rule, then its English words."""

    id: LinkId
    part: VisitPart
    group: Code
    domain: Domain
    learned_by: LearnedBy
    role: ItemRole = ItemRole.INDICATOR
    age: AgeGroup = AgeGroup.BOTH
    strength: Strength = Strength.WEAK
    child_strength: Strength | None = None
    basis: StrengthBasis = StrengthBasis.PROPOSAL
    elements: tuple[Element, ...] = ()
    exploitation: tuple[Code, ...] = ()
    explanations: tuple[Code, ...] = ()
    sources: tuple[Code, ...] = ()
    from_memory: tuple[Code, ...] = ()
    urgent: bool = False
    concern_when: AnswerValue = AnswerValue.YES
    enable_when: tuple[ConditionFile, ...] = ()
    lowers_domains: tuple[Domain, ...] = ()
    full: Words
    short: str = ""
    about: str = ""
    examples: tuple[Words, ...] = ()
    not_seen: str = ""
    ask: str = ""
    follow_up_title: str = ""


class SetFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The head of `set.yaml`; items and sources are converted one by one."""

    id: Code
    version: Version
    status: Status
    ratified_by: str
    publisher: Words
    date: date
    age: AgeGroup
    title: Words
    groups: dict[Code, Words]
    explanations: dict[Code, Words]
    sources: list[Any]
    items: Annotated[list[Any], msgspec.Meta(min_length=1)]
    quick_look: tuple[LinkId, ...] = ()
