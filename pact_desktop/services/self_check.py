# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at the parts below the services: cipher, fonts and paper."""

from pathlib import Path
from tempfile import TemporaryDirectory

from pact_desktop.documents.fonts import paper_font, require_glyphs
from pact_desktop.i18n.locales import PAPER_LOCALES
from pact_desktop.services.documents import recovery_sheet
from pact_desktop.storage.cipher_check import cipher_versions

_LETTERS = {
    "Latin": "ÇËçëČĆĐŠŽčćđšžŚŹśź",
    "Cyrillic": "ЂЉЊЋЏђљњћџЃЌЅѓќѕЀЍ",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
}
"""Letters that fonts tend to lack, one line for each script."""


def cipher_version() -> str:
    """Versions of the cipher, after a file was really written and could not be read without it."""
    with TemporaryDirectory() as name:
        return cipher_versions(Path(name) / "probe.db")


def fonts_in_order() -> str:
    """Raises Fault(FONT_MISSING) or Fault(GLYPH_MISSING)."""
    for weight in ("regular", "bold"):
        paper_font(weight)
    for letters in _LETTERS.values():
        require_glyphs(letters)
    return f"FiraGO: {', '.join(_LETTERS)}"


def sample_page() -> bytes:
    """A page in each language of paper, rendered for real; the last one."""
    pages = [recovery_sheet("0000-0000", locale) for locale in PAPER_LOCALES]
    return pages[-1]
