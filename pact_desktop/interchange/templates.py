# SPDX-License-Identifier: GPL-3.0-or-later
"""Files for translators: a po file for each content folder and language, with notes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.i18n.locales import LOCALES
from pact_desktop.interchange.content_files import (
    NOT_REVIEWED,
    Problems,
    check_locale,
    read_reviewers,
    read_translations,
)
from pact_desktop.interchange.guidance import GUIDANCE_FILE, load_guidance
from pact_desktop.interchange.indicator_sets import SET_FILE, load_indicator_set
from pact_desktop.interchange.participants import PACK_FILE, load_participant_pack

_NOTES: Final = {
    ".full": "private view; a neutral line of at most 80 characters",
    ".short": "open view, a companion may read it; 2 to 4 neutral words that give nothing away",
    ".not_seen": "completes the sentence: Choose “Not seen” when ...",
    ".ask": "said aloud to the patient; plain and kind, the polite form of address",
    "explanation.": "stands in open view; a neutral word",
    "patient.child.": "said aloud to a child; simple words",
    "patient.limits.child": "said aloud to a child; simple words",
    "patient.": "said or given to a patient; plain and kind, the polite form of address",
}
_FIXED_DATE: Final = datetime(2026, 11, 24, tzinfo=UTC)
"""The same words give the same file, whenever it is written."""


def write_template(folder: Path, locale: str) -> Path:
    """Write `texts/<locale>.po` with every text to translate; what was translated stays.

    Where the English changed, the old translation is kept and marked fuzzy. A language that only
    patients speak gets only what is said or given to patients.
    Raises Refusal when the folder or the locale is not fit, Fault(FILE_NOT_WRITTEN).
    """
    check_locale(locale)
    english = texts_for(folder, locale)
    path = folder / "texts" / f"{locale}.po"
    catalog = _catalog(folder, locale)
    earlier = _earlier(path)
    for key, text in english.items():
        source, translation = earlier.get(key, (text, ""))
        stale = bool(translation) and source != text
        catalog.add(
            text,
            translation,
            context=key,
            flags=("fuzzy",) if stale else (),
            auto_comments=[note] if (note := _note(key)) else [],
        )
    _write(path, catalog)
    return path


def texts_for(folder: Path, locale: str) -> dict[str, str]:
    """Key and English of every text of a content folder that this language needs."""
    return _for_readers(_english(folder), locale)


def _english(folder: Path) -> Mapping[str, str]:
    if (folder / SET_FILE).exists():
        return load_indicator_set(folder).words["en"]
    if (folder / GUIDANCE_FILE).exists():
        return load_guidance(folder).words["en"]
    if (folder / PACK_FILE).exists():
        return load_participant_pack(folder).words["en"]
    raise Refusal(RefusalCode.SET_INVALID, file=folder.name, problem="nothing to translate")


def _for_readers(english: Mapping[str, str], locale: str) -> dict[str, str]:
    info = LOCALES.get(locale)
    staff_read_it = info is not None and (info.screen or info.paper)
    return {
        key: text
        for key, text in english.items()
        if staff_read_it or key.startswith("patient.") or key.endswith(".ask")
    }


def _note(key: str) -> str:
    return next(
        (
            note
            for pattern, note in _NOTES.items()
            if (key.endswith(pattern) if pattern.startswith(".") else key.startswith(pattern))
        ),
        "",
    )


def _catalog(folder: Path, locale: str) -> Catalog:
    reviewed = read_reviewers(folder).get(locale, NOT_REVIEWED)
    return Catalog(
        locale=_babel_locale(locale),
        project=folder.parent.name,
        version=folder.name,
        header_comment=f"# {folder.parent.name} {folder.name}\n# Reviewed by: {reviewed}",
        creation_date=_FIXED_DATE,
        revision_date=_FIXED_DATE,
        last_translator="nobody",
        language_team=locale,
        fuzzy=False,
    )


def _babel_locale(locale: str) -> Locale | None:
    """Languages without CLDR data, such as Romani, go without plural forms; none are used."""
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def _earlier(path: Path) -> dict[str, tuple[str, str]]:
    if not path.exists():
        return {}
    problems = Problems()
    found = read_translations(path, path.name, problems)
    problems.refuse(RefusalCode.SET_INVALID, path.parents[1])
    return {key: (source, text) for key, source, text, _line in found}


def _write(path: Path, catalog: Catalog) -> None:
    out = BytesIO()
    write_po(out, catalog, width=96)
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(out.getvalue())
    except OSError:
        raise Fault(FaultCode.FILE_NOT_WRITTEN, file=path.name) from None
