# SPDX-License-Identifier: GPL-3.0-or-later
"""One participant pack from its folder: leads with source and date, none of them confirmed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import msgspec
from typing_extensions import override

from pact_desktop.domain.errors import RefusalCode
from pact_desktop.domain.facility import (
    Duty,
    NumberFormats,
    ParticipantPack,
    ReferralService,
    ServiceId,
    ServiceKind,
)
from pact_desktop.domain.referral import SupportKind
from pact_desktop.i18n.locales import PAPER_LOCALES, SCREEN_LOCALES
from pact_desktop.interchange.content_files import (
    Document,
    Problem,
    Problems,
    check_folder,
    convert,
    digest_of,
    kept_text,
    read_words,
    read_yaml,
)

PACK_FILE: Final = "pack.yaml"
PARTICIPANTS: Final = ("AL", "BA", "XK", "ME", "MK", "RS")
UNVERIFIED: Final = "O"
"""General knowledge: it may name a kind of service, but never a number, a duty or a length."""

ParticipantCode = Annotated[str, msgspec.Meta(pattern="^(AL|BA|XK|ME|MK|RS)$")]
SourceCode = Annotated[str, msgspec.Meta(pattern=r"^[SC][0-9]{1,3}$")]
Confidence = Annotated[str, msgspec.Meta(pattern=r"^(L|L\*|C|O)$")]
Serves = Annotated[str, msgspec.Meta(pattern="^(women|men|children|everyone)$")]
Phone = Annotated[str, msgspec.Meta(pattern=r"^\+?[0-9][0-9 -]{1,18}[0-9]$")]
Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_.-]{0,79}$")]
Words = Annotated[str, msgspec.Meta(min_length=1)]

T = TypeVar("T")


class SourceFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A publication: title, address and date as printed where it was read."""

    title: Words
    address: str = ""
    date: str = ""

    @override
    def __str__(self) -> str:
        parts = (self.title, self.address, self.date or "undated")
        return ", ".join(part for part in parts if part)


class ServiceFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One directory entry; there is no key for a confirmation, because only a facility confirms."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}-[a-z0-9-]{1,40}$")]
    kind: ServiceKind
    confidence: Confidence
    sources: tuple[SourceCode, ...]
    name: str = ""
    own_name: str = ""
    known_as: str = ""
    phones: tuple[Phone, ...] = ()
    hours: str = ""
    address: str = ""
    email: str = ""
    serves: Serves | None = None
    languages: tuple[str, ...] = ()
    offers: tuple[SupportKind, ...] = ()
    remark: Key | None = None


class DutyFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A reporting duty; without a statement it was not established."""

    about: Annotated[str, msgspec.Meta(pattern="^(child|adult)$")]
    statement: Key | None = None
    sources: tuple[SourceCode, ...] = ()
    confidence: Confidence | None = None


class ReflectionFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The recovery and reflection period; without days it was not established."""

    days: Annotated[int, msgspec.Meta(ge=1, le=366)] | None = None
    sources: tuple[SourceCode, ...] = ()
    confidence: Confidence | None = None
    note: Key | None = None


class NumbersFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How phones, postcodes and addresses are written."""

    calling_code: Annotated[str, msgspec.Meta(pattern=r"^\+[0-9]{1,3}$")]
    mobile_example: str = ""
    landline_example: str = ""
    postcode_pattern: str = ""
    address_lines: tuple[str, ...] = ()
    sources: tuple[SourceCode, ...] = ()
    confidence: Confidence | None = None


class PackFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The head of `pack.yaml`; sources, services and duties are converted one by one."""

    kind: Annotated[str, msgspec.Meta(pattern="^participant-pack$")]
    id: ParticipantCode
    version: Annotated[str, msgspec.Meta(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    status: Annotated[str, msgspec.Meta(pattern="^(draft|active|retired)$")]
    reviewed_by: str
    needs_status_note: bool
    staff_locales: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    paper_locales: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    locales_not_served: tuple[str, ...] = ()
    sources: dict[SourceCode, SourceFile]
    services: list[Any]
    duties: list[Any]
    reflection_period: ReflectionFile
    numbers: NumbersFile
    words: dict[Key, Words]


def load_participant_pack(folder: Path) -> ParticipantPack:
    """Raises Refusal(PACK_INVALID) naming file, line and problem."""
    problems = Problems()
    pack = _read(folder, problems)
    problems.refuse(RefusalCode.PACK_INVALID, folder)
    assert pack is not None  # noqa: S101 without a problem there is a pack
    return pack


def check_participant_pack(folder: Path) -> list[Problem]:
    """Everything that is wrong in the folder, for its author."""
    problems = Problems()
    _read(folder, problems)
    return problems.found


def _read(folder: Path, problems: Problems) -> ParticipantPack | None:
    document = read_yaml(folder / PACK_FILE, problems)
    if document is None:
        return None
    head = convert(document, document.value, PackFile, (), problems)
    if head is None:
        return None
    services = _converted(document, head.services, ServiceFile, "services", problems)
    duties = _converted(document, head.duties, DutyFile, "duties", problems)
    check_folder(document, folder, head.id, head.version, problems)
    checks = _Checks(document, head, problems)
    checks.check_head()
    checks.check_services(services)
    checks.check_duties(duties)
    english = {
        key: kept_text(text, document.file, document.line(("words", key)), problems)
        for key, text in _english(head, services)
    }
    words = read_words(folder, english, problems)
    if problems.blocking:
        return None
    return _as_pack(head, services, duties, words, digest_of(document.value, words))


def _converted(
    document: Document, values: list[Any], shape: type[T], key: str, problems: Problems
) -> list[T]:
    found = (
        convert(document, value, shape, (key, position), problems)
        for position, value in enumerate(values)
    )
    return [value for value in found if value is not None]


def _english(head: PackFile, services: Sequence[ServiceFile]) -> Iterator[tuple[str, str]]:
    yield from head.words.items()
    for service in services:
        yield f"service.{service.id}", service.own_name or service.name
        if service.known_as:
            yield f"service.{service.id}.known_as", service.known_as


@dataclass(frozen=True, slots=True)
class _Checks:
    """What the shapes cannot say: whether the parts of one file fit each other."""

    document: Document
    head: PackFile
    problems: Problems

    def add(self, place: tuple[str | int, ...], text: str) -> None:
        self.problems.add(self.document.file, self.document.line(place), text)

    def check_head(self) -> None:
        for key, served in (("staff_locales", SCREEN_LOCALES), ("paper_locales", PAPER_LOCALES)):
            for locale in sorted(set(getattr(self.head, key)) - set(served)):
                self.add((key,), f"{key}: the program has no words in “{locale}”")
        if "name" not in self.head.words:
            self.add(("words",), "the words need a “name”")
        words = self.head.words
        has_note = "status_note" in words and words.get("name", "").endswith("*")
        if self.head.needs_status_note and not has_note:
            self.add(("needs_status_note",), "an asterisk and a “status_note” are needed")
        period = self.head.reflection_period
        self._check_references(("reflection_period",), period.sources, period.note)
        self._check_claim(("reflection_period",), period, has_claim=period.days is not None)

    def check_services(self, services: Sequence[ServiceFile]) -> None:
        seen: set[str] = set()
        for position, service in enumerate(services):
            place = ("services", position)
            if service.id in seen or not service.id.startswith(self.head.id.lower() + "-"):
                self.add(place, f"{service.id}: twice, or of another participant")
            seen.add(service.id)
            if bool(service.name) == bool(service.own_name):
                self.add(place, f"{service.id}: either a name or an own_name")
            self._check_references(place, service.sources, service.remark)
            has_claim = bool(service.phones) or service.confidence != UNVERIFIED
            self._check_claim(place, service, has_claim=has_claim)

    def check_duties(self, duties: Sequence[DutyFile]) -> None:
        for position, duty in enumerate(duties):
            place = ("duties", position)
            self._check_references(place, duty.sources, duty.statement)
            self._check_claim(place, duty, has_claim=duty.statement is not None)

    def _check_references(
        self, place: tuple[str | int, ...], sources: Sequence[str], words_key: str | None
    ) -> None:
        """Sources and words that an entry names must stand in the same file."""
        for code in sources:
            if code not in self.head.sources:
                self.add(place, f"unknown source “{code}”")
        if words_key is not None and words_key not in self.head.words:
            self.add(place, f"no words under “{words_key}”")

    def _check_claim(
        self,
        place: tuple[str | int, ...],
        entry: ServiceFile | DutyFile | ReflectionFile,
        *,
        has_claim: bool,
    ) -> None:
        """What is claimed needs a source, and more behind it than general knowledge."""
        if has_claim and (not entry.sources or entry.confidence in {None, UNVERIFIED}):
            self.add(place, "a claim needs a source and its mark")


def _as_pack(
    head: PackFile,
    services: Sequence[ServiceFile],
    duties: Sequence[DutyFile],
    words: dict[str, dict[str, str]],
    digest: str,
) -> ParticipantPack:
    period = head.reflection_period
    return ParticipantPack(
        participant=head.id,
        version=head.version,
        status=head.status,
        reviewed_by=head.reviewed_by,
        staff_locales=head.staff_locales,
        paper_locales=head.paper_locales,
        services=tuple(_as_service(service, head.sources) for service in services),
        duties=tuple(_as_duty(duty, head.sources) for duty in duties),
        reflection_period_days=period.days,
        reflection_source=_cite(period.sources, head.sources, period.confidence),
        needs_status_note=head.needs_status_note,
        numbers=_as_formats(head.numbers),
        words=words,
        digest=digest,
    )


def _as_service(service: ServiceFile, sources: dict[str, SourceFile]) -> ReferralService:
    return ReferralService(
        service_id=ServiceId(service.id),
        name=service.own_name or service.name,
        kind=service.kind,
        phones=service.phones,
        hours=service.hours,
        address=service.address,
        serves=service.serves or "",
        languages=service.languages,
        offers=tuple(offer.value for offer in service.offers),
        source=_cite(service.sources, sources),
        source_date=_dates(service.sources, sources),
        confidence=service.confidence,
        remark=service.remark or "",
    )


def _as_duty(duty: DutyFile, sources: dict[str, SourceFile]) -> Duty:
    return Duty(
        about=duty.about,
        statement=duty.statement or "",
        source=_cite(duty.sources, sources),
        source_date=_dates(duty.sources, sources),
        confidence=duty.confidence or "",
    )


def _as_formats(numbers: NumbersFile) -> NumberFormats:
    return NumberFormats(
        calling_code=numbers.calling_code,
        mobile_example=numbers.mobile_example,
        landline_example=numbers.landline_example,
        postcode_pattern=numbers.postcode_pattern,
        address_lines=numbers.address_lines,
    )


def _cite(
    codes: Sequence[str], sources: dict[str, SourceFile], confidence: str | None = None
) -> str:
    """`S37 Open Gate/La Strada, SOS line, lastrada.org.mk, undated`, one source after another."""
    cited = "; ".join(f"{code} {sources[code]}" for code in codes)
    return f"{cited} ({confidence})" if cited and confidence else cited


def _dates(codes: Sequence[str], sources: dict[str, SourceFile]) -> str:
    return ", ".join(dict.fromkeys(sources[code].date for code in codes if sources[code].date))
