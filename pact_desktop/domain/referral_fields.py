# SPDX-License-Identifier: GPL-3.0-or-later
"""The one table of fields of the referral form: who reads what, on which form, covered by what.

It is the merged field model of referral.md 5.2; where it says less, docs/decisions/0008 says why.
Screen, paper and export ask this table and nothing else, so that a field cannot reach a reader by
a second way.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from pact_desktop.domain.consent import Consent, ConsentItem, LegalBasis
from pact_desktop.domain.facility import Reader
from pact_desktop.domain.referral import FormKind

Need = Literal["mandatory", "conditional", "optional"]
ValueKind = Literal[
    "reference",
    "edition",
    "status",
    "term",
    "terms",
    "ticks",
    "text",
    "quote",
    "moment",
    "place",
    "age",
    "language",
    "contact",
    "signs",
    "child-view",
    "notification",
    "consent",
    "withholding",
    "signature",
    "sentence",
]


@dataclass(frozen=True, slots=True)
class ReferralField:
    """One row of the table."""

    field_id: str
    """As in referral.md 5.2; the first letter is the block, A control to K signatures."""
    need: Need
    kind: ValueKind
    forms: frozenset[FormKind]
    readers: frozenset[Reader]
    personal: bool = True
    """Says something about the person, so that a consent or a legal basis has to stand."""
    item: ConsentItem | None = None
    """Group of items the patient must have agreed to as well."""
    sealed: bool = False
    """Printed on a page of its own, in a sealed envelope."""
    collected: bool = True
    """False where this issue asks for no such fact; the row is then on no paper."""

    @property
    def block(self) -> str:
        return self.field_id[0]


_A, _S, _H, _W, _P = (
    Reader.AUTHORITY,
    Reader.SHELTER,
    Reader.HEALTH,
    Reader.SOCIAL_WORK,
    Reader.POLICE,
)
_N, _M, _X = Reader.AUTHOR, Reader.MANAGER, Reader.PATIENT
_ALL: Final = frozenset(Reader)
_RECEIVERS: Final = frozenset({_A, _S, _H, _W, _P})
_BY_CONSENT: Final = _RECEIVERS | {_X}
_BOTH: Final = frozenset(FormKind)
_FULL: Final = frozenset({FormKind.FULL})
_NO_PAPER: Final[frozenset[FormKind]] = frozenset()


def _control(
    field_id: str,
    kind: ValueKind,
    readers: frozenset[Reader] = _ALL,
    forms: frozenset[FormKind] = _BOTH,
    need: Need = "mandatory",
) -> ReferralField:
    """A row that says nothing about the person."""
    return ReferralField(field_id, need, kind, forms, readers, personal=False)


def _person(  # noqa: PLR0917 a row of the table
    field_id: str,
    need: Need,
    kind: ValueKind,
    forms: frozenset[FormKind],
    readers: frozenset[Reader],
    item: ConsentItem | None = None,
    *,
    sealed: bool = False,
    collected: bool = True,
) -> ReferralField:
    return ReferralField(
        field_id,
        need,
        kind,
        forms,
        readers,
        personal=True,
        item=item,
        sealed=sealed,
        collected=collected,
    )


FIELDS: Final[tuple[ReferralField, ...]] = (
    _control("A1", "reference"),
    _control("A2", "edition"),
    _control("A3", "status", frozenset({_N, _M}), _NO_PAPER),
    _control("A4", "term"),
    _control("A5", "sentence"),
    _control("A6", "moment"),
    _control("B1", "place"),
    _control("B2", "signature", _RECEIVERS),
    _control("B3", "contact", _RECEIVERS),
    _control("C1", "text"),
    _control("C2", "text", need="conditional"),
    _control("C3", "status", frozenset({_N, _M}), _NO_PAPER),
    # The receiver knows its own role; the patient's copy is safer without it.
    _control("C4", "term", _RECEIVERS | {_N, _M}),
    _person("D1", "mandatory", "reference", _BOTH, _ALL),
    _person("D2", "conditional", "text", _FULL, _BY_CONSENT, ConsentItem.NAME),
    _person("D3", "mandatory", "age", _BOTH, _ALL, ConsentItem.AGE_AND_SEX),
    _person("D4", "optional", "term", _BOTH, _ALL, ConsentItem.AGE_AND_SEX),
    _person("D5", "optional", "text", _FULL, _BY_CONSENT, ConsentItem.CITIZENSHIP),
    _person(
        "D6",
        "optional",
        "text",
        _FULL,
        frozenset({_A, _W, _P}),
        ConsentItem.PAPERS,
    ),
    _person("D7", "mandatory", "language", _BOTH, _ALL, ConsentItem.LANGUAGE),
    _person("D8", "optional", "text", _BOTH, _ALL),
    _person("D9", "conditional", "contact", _FULL, _BY_CONSENT, ConsentItem.SAFE_CONTACT),
    # Where the person is now is what a pursuer wants most: agreed to also for the short form.
    _person("D10", "conditional", "text", _BOTH, _BY_CONSENT, ConsentItem.LOCATION),
    _person("D11", "conditional", "term", _BOTH, frozenset({_A, _S, _W, _P})),
    _person("D12", "optional", "term", _BOTH, frozenset({_A, _S, _W})),
    _person(
        "D13",
        "optional",
        "text",
        _FULL,
        _BY_CONSENT,
        ConsentItem.PAPERS,
        collected=False,
    ),
    _person("E1", "mandatory", "term", _BOTH, frozenset({_W, _A, _S})),
    _person("E2", "conditional", "text", _FULL, frozenset({_W})),
    _person("E3", "mandatory", "term", _BOTH, frozenset({_W, _P, _A})),
    _person("E4", "mandatory", "child-view", _BOTH, frozenset({_W, _A, _S})),
    _person("E5", "mandatory", "notification", _BOTH, frozenset({_W, _A, _N, _M})),
    # Less than 5.2, which lets police read them by consent: what police need is told by phone.
    _person("F1", "mandatory", "signs", _FULL, frozenset({_A, _S, _W, _H}), ConsentItem.SIGNS),
    _person("F2", "optional", "quote", _FULL, _BY_CONSENT, ConsentItem.OWN_WORDS),
    _person("F3", "optional", "text", _FULL, frozenset({_A, _S})),
    _person(
        "F4", "optional", "terms", _FULL, frozenset({_A, _S, _P}), ConsentItem.EXPLOITATION_TYPE
    ),
    _person("F5", "mandatory", "terms", _BOTH, _ALL),
    _person("G1", "mandatory", "ticks", _BOTH, _ALL, ConsentItem.SUPPORT_WANTED),
    _person("G2", "optional", "text", _FULL, frozenset({_H, _A, _S}), ConsentItem.DONE_HERE),
    _person(
        "G3",
        "conditional",
        "text",
        _FULL,
        frozenset({_H}),
        ConsentItem.HEALTH_SUMMARY,
        sealed=True,
    ),
    _person("G4", "conditional", "text", _FULL, frozenset({_A, _S, _W, _P})),
    _person("G5", "optional", "term", _FULL, frozenset({_P}), collected=False),
    _person("H", "mandatory", "consent", _BOTH, _ALL),
    _person("I", "optional", "withholding", _BOTH, _ALL),
    _control("K", "signature"),
)
FIELD: Final[dict[str, ReferralField]] = {row.field_id: row for row in FIELDS}

_PLAIN: Final = frozenset({"D1", "D3", "D4", "D7", "G1", "H"})
"""Code of the case, age and sex, language, support wanted, and what it stands on."""
_DANGER: Final = _PLAIN | {"F5", "I"}
"""Besides: the danger itself, and who must not be told."""
BY_LAW: Final[dict[LegalBasis, dict[Reader, frozenset[str]]]] = {
    LegalBasis.CONSENT: {},
    LegalBasis.CHILD_PROTECTION: {
        _W: _DANGER
        | {"D2", "D8", "D10", "D11", "D12", "E1", "E2", "E3", "E4", "E5", "F1", "F2", "G4"},
        _P: _DANGER | {"D2", "D10", "D11", "E3"},
        _A: _PLAIN,
        _S: _PLAIN,
        _H: _PLAIN,
    },
    LegalBasis.DANGER_TO_LIFE: {
        _P: _DANGER | {"D2", "D10", "D11", "E3"},
        _H: _DANGER | {"D2", "D8", "G2", "G3"},
        _A: _DANGER,
        _S: _DANGER,
        _W: _DANGER,
    },
}
"""Rows that a legal basis lets pass without agreement; what is not named here does not pass.

A cautious proposal until the law of each participant was read: less than 5.2 would allow.
"""


def legal_basis_stands(consent: Consent, *, is_child: bool) -> bool:
    """Two members of staff and a reason; child protection only for a child or a doubtful age."""
    if consent.legal_basis is LegalBasis.CONSENT:
        return False
    if consent.legal_basis is LegalBasis.CHILD_PROTECTION and not is_child:
        return False
    return consent.two_decided and consent.has_reason


def covered(
    field: ReferralField, reader: Reader, consent: Consent, *, is_child: bool, today: date
) -> bool:
    """Whether consent or a legal basis lets this reader have the field.

    What staff look at in their own record is not passed on, so the author needs no consent.
    """
    if not field.personal or reader is Reader.AUTHOR:
        return True
    if consent.in_force(today) and (field.item is None or field.item in consent.items):
        return True
    if not legal_basis_stands(consent, is_child=is_child):
        return False
    return field.field_id in BY_LAW[consent.legal_basis].get(reader, frozenset())


def form_fields(form: FormKind, reader: Reader, *, is_child: bool) -> tuple[ReferralField, ...]:
    """Rows that stand on the paper of this reader, whether or not anything may be filled in."""
    return tuple(
        row
        for row in FIELDS
        if form in row.forms
        and reader in row.readers
        and row.collected
        and (row.block != "E" or is_child)
    )


def visible_fields(
    form: FormKind, reader: Reader, consent: Consent, *, is_child: bool, today: date
) -> tuple[ReferralField, ...]:
    """Rows whose value this reader may have: on the form, listed for the reader, and covered."""
    return tuple(
        row
        for row in form_fields(form, reader, is_child=is_child)
        if covered(row, reader, consent, is_child=is_child, today=today)
    )
