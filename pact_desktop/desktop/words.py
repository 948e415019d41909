# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the screen: one current catalogue, asked through three short names."""

from pact_desktop.i18n.catalog import Catalog

_current: list[Catalog] = []


def catalog() -> Catalog:
    """The catalogue of the person at the screen; English until one is set."""
    if not _current:
        _current.append(Catalog.source())
    return _current[0]


def set_catalog(new: Catalog) -> None:
    _current[:] = [new]


def tr(message: str) -> str:
    return catalog().gettext(message)


def trn(one: str, many: str, count: int) -> str:
    """The form for this count; the caller fills the placeholders with `.format`."""
    return catalog().ngettext(one, many, count)


def ptr(context: str, message: str) -> str:
    return catalog().pgettext(context, message)


def quoted(words: str) -> str:
    """What somebody said, in the quotation marks of the screen's language."""
    # Translators: quotation marks around what somebody said, as your language sets them.
    return ptr("quotation", "“{words}”").format(words=words.strip(" “”„\"'»«"))
