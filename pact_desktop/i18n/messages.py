# SPDX-License-Identifier: GPL-3.0-or-later
"""A sentence that waits for its language: marked where it is written, translated where shown."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pact_desktop.i18n.catalog import Catalog


class Message(NamedTuple):
    """An English text for the catalogues, with a context where the English alone is ambiguous."""

    text: str
    context: str | None = None

    def of(self, catalog: "Catalog") -> str:
        if self.context is None:
            return catalog.gettext(self.text)
        return catalog.pgettext(self.context, self.text)


def msg(text: str) -> Message:
    """Mark a text for the catalogues."""
    return Message(text)


def pmsg(context: str, text: str) -> Message:
    """Mark a text that needs a context for the catalogues."""
    return Message(text, context)
