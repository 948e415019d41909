# SPDX-License-Identifier: GPL-3.0-or-later
"""The content the program works with: indicator sets, participant packs and guidance."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from pact_desktop.diagnostics import note_error
from pact_desktop.domain.errors import PactError, Refusal, RefusalCode
from pact_desktop.domain.facility import ParticipantPack
from pact_desktop.domain.guidance import Guidance
from pact_desktop.domain.indicators import AgeGroup, IndicatorSet
from pact_desktop.domain.screening import Answer, Screening
from pact_desktop.i18n.catalog import DOMAIN, reviewer
from pact_desktop.i18n.locales import LOCALES
from pact_desktop.interchange.content_files import Problem
from pact_desktop.interchange.guidance import check_guidance, load_guidance
from pact_desktop.interchange.indicator_sets import check_indicator_set, load_indicator_set
from pact_desktop.interchange.participants import check_participant_pack, load_participant_pack
from pact_desktop.resources import shipped

Loaded = TypeVar("Loaded")

GUIDANCE_ID: Final = "pact-guidance"

_CHECKS: Final[Mapping[str, Callable[[Path], list[Problem]]]] = {
    "indicators": check_indicator_set,
    "guidance": check_guidance,
    "participants": check_participant_pack,
}


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a panel wrote that is installed here."""

    adult: IndicatorSet
    child: IndicatorSet
    guidance: Guidance
    archived: tuple[IndicatorSet, ...] = ()
    """Earlier versions, kept so that an old visit is shown in the words it was made with."""
    packs: Mapping[str, ParticipantPack] = field(default_factory=dict)
    """Participant code, for example `MK`, -> its newest pack."""

    def active_set(self, *, is_child: bool) -> IndicatorSet:
        return self.child if is_child else self.adult

    def set_of(self, screening: Screening) -> IndicatorSet:
        """The very set a visit was made with.

        Raises Refusal(SET_INVALID) when it is not installed or was changed since.
        """
        for known in (self.adult, self.child, *self.archived):
            if (known.set_id, known.version) == (screening.set_id, screening.set_version):
                if known.digest == screening.set_digest:
                    return known
                raise Refusal(RefusalCode.SET_INVALID, file=known.set_id, problem="changed")
        raise Refusal(RefusalCode.SET_INVALID, file=screening.set_id, problem="not installed")

    def sets_of(self, screening: Screening) -> tuple[IndicatorSet, ...]:
        """The set a visit is made with, then every other that its answers were asked from.

        Raises Refusal(SET_INVALID) as `set_of`.
        """
        used = [self.set_of(screening)]
        for answer in screening.answers.values():
            asked_from = self._asked_from(answer)
            if asked_from is not None and asked_from not in used:
                used.append(asked_from)
        return tuple(used)

    def _asked_from(self, answer: Answer) -> IndicatorSet | None:
        """The very version, else the newest of that set; None for an answer that was not stored."""
        same = [
            known
            for known in (self.adult, self.child, *self.archived)
            if known.set_id == answer.set_id
        ]
        if answer.set_id and not same:
            raise Refusal(RefusalCode.SET_INVALID, file=answer.set_id, problem="not installed")
        exact = (known for known in same if known.version == answer.set_version)
        return next(exact, same[0] if same else None)


@dataclass(frozen=True, slots=True)
class HelpContent:
    """What urgent help shows beside the numbers of the facility; any part may be missing."""

    guidance: Guidance | None = None
    packs: Mapping[str, ParticipantPack] = field(default_factory=dict)


def load_help(root: Path | None = None) -> HelpContent:
    """As much as can be read. Nothing is raised: help may not depend on a file in order."""
    root = root or shipped("indicator_sets")
    guidance = [
        known
        for known in _readable(root / "guidance", load_guidance)
        if known.guidance_id == GUIDANCE_ID
    ]
    packs = _readable(root / "participants", load_participant_pack)
    return HelpContent(
        guidance=max(guidance, key=lambda known: version_key(known.version), default=None),
        packs={pack.participant: pack for pack in packs},
    )


def load_content(root: Path | None = None) -> Content:
    """Everything under `indicator_sets/`, newest version of each first.

    Raises Refusal(SET_INVALID) or Refusal(PACK_INVALID) with file, line and problem.
    """
    root = root or shipped("indicator_sets")
    sets = [load_indicator_set(folder) for folder in _versions(root / "indicators")]
    adult = _newest(sets, AgeGroup.ADULT)
    child = _newest(sets, AgeGroup.CHILD)
    guidance = [load_guidance(folder) for folder in _versions(root / "guidance")]
    current = [known for known in guidance if known.guidance_id == GUIDANCE_ID]
    if not current:
        raise Refusal(RefusalCode.SET_INVALID, file=GUIDANCE_ID, problem="not installed")
    packs = [load_participant_pack(folder) for folder in _versions(root / "participants")]
    return Content(
        adult=adult,
        child=child,
        guidance=max(current, key=lambda known: version_key(known.version)),
        packs={pack.participant: pack for pack in packs},
        archived=tuple(known for known in sets if known not in (adult, child)),
    )


def check_content(root: Path | None = None) -> dict[str, list[Problem]]:
    """Every problem of every version, by folder, for a panel at work; folders without are left out.

    Nothing is refused here: problems that are not `blocking` only leave a translation out or tell
    of a case that the rule decides otherwise.
    """
    root = root or shipped("indicator_sets")
    checked = {
        folder.relative_to(root).as_posix(): check(folder)
        for kind, check in _CHECKS.items()
        for folder in _versions(root / kind)
    }
    return {folder: problems for folder, problems in checked.items() if problems}


def reviewers() -> dict[str, str]:
    """Who read the words of each language as a native clinician; empty while nobody has.

    English is not listed: the others are made from it.
    """
    files = (shipped("translations") / tag / f"{DOMAIN}.po" for tag in LOCALES)
    return {path.parent.name: reviewer(path.read_bytes()) for path in files if path.is_file()}


def _readable(kind: Path, load: Callable[[Path], Loaded]) -> Iterator[Loaded]:
    for folder in _versions(kind):
        try:
            yield load(folder)
        except (PactError, OSError) as error:
            note_error(error)


def _newest(sets: list[IndicatorSet], age: AgeGroup) -> IndicatorSet:
    fitting = [known for known in sets if known.age is age]
    if not fitting:
        raise Refusal(RefusalCode.SET_INVALID, file=age.value, problem="not installed")
    return max(fitting, key=lambda known: version_key(known.version))


def _versions(kind: Path) -> Iterator[Path]:
    """Version folders of a kind, oldest first within each id."""
    folders = (folder for folder in kind.glob("*/*") if folder.is_dir())
    yield from sorted(folders, key=lambda folder: (folder.parent.name, version_key(folder.name)))


def version_key(version: str) -> tuple[int, ...]:
    """Versions compare by their numbers, so that 0.10.0 comes after 0.9.0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))
