# SPDX-License-Identifier: GPL-3.0-or-later
"""Guidance: what to do and what to say, written by a panel and kept apart from the program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pact_desktop.domain.indicators import SOURCE_LOCALE, Source


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a section as it is shown: what to do, and how."""

    key: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Guidance:
    """One published version of the guidance. Keys that start with `patient.` are for patients."""

    guidance_id: str
    version: str
    status: str
    ratified_by: str
    publisher: str
    date: date
    sections: Mapping[str, tuple[str, ...]]
    """Section code -> keys of its lines, in order."""
    sources: tuple[Source, ...] = ()
    source_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """Key -> codes of the sources it leans on."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    reviewed_by: Mapping[str, str] = field(default_factory=dict)
    """Locale -> the native clinician who read its words; a locale nobody read is missing."""
    digest: str = ""

    def text(self, key: str, locale: str) -> str:
        """Words for a key; English when the locale lacks it, empty when there is none."""
        found = self.words.get(locale, {}).get(key)
        return found or self.words.get(SOURCE_LOCALE, {}).get(key, "")

    def has(self, key: str, locale: str) -> bool:
        """Whether the locale has its own words: nobody is read a text in another language."""
        return key in self.words.get(locale, {})

    def reviewer(self, locale: str) -> str:
        """Who stands for the words of a locale; for English the panel, empty while nobody does."""
        return self.ratified_by if locale == SOURCE_LOCALE else self.reviewed_by.get(locale, "")

    def steps(self, section: str, locale: str) -> tuple[Step, ...]:
        """The lines of a section in order; empty for an unknown section."""
        return tuple(
            Step(key, self.text(key, locale), self.text(f"{key}.detail", locale))
            for key in self.sections.get(section, ())
        )

    def speaks(self, locale: str, section: str) -> bool:
        """Whether every line of a section has its own words in this locale."""
        return all(self.has(key, locale) for key in self.sections.get(section, ()))
