# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said before and after something is erased, on both screens that do it."""

from collections.abc import Sequence
from typing import Final

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.widgets.line_card import Line
from pact_desktop.desktop.words import catalog, tr, trn
from pact_desktop.domain.backup import Backup
from pact_desktop.domain.errors import RefusalCode
from pact_desktop.i18n.formats import format_datetime
from pact_desktop.services.erasure import Erased

ABOUT_THE_COLLEAGUE: Final = frozenset(
    {
        RefusalCode.SIGN_IN_FAILED,
        RefusalCode.SIGN_IN_DELAYED,
        RefusalCode.NOT_ALLOWED,
        RefusalCode.ERASURE_SAME_PERSON,
    }
)
"""What is told where the colleague types."""


def outside_lines(backups: Sequence[Backup], work: Work) -> list[Line]:
    """One line for each file that nobody can reach from here."""
    zone, locale = work.session.now.tzinfo, catalog().locale
    made = [
        tr("Made: {when}").format(when=format_datetime(one.made_at.astimezone(zone), locale))
        for one in backups
    ]
    lines: list[Line] = [(words, "hard-drives", "caution") for words in made]
    if lines:
        told = tr("Tell the manager: a new backup is made, then these are destroyed.")
        lines.append((told, "info", "text2"))
    return lines


def done_lines(erased: Erased) -> list[Line]:
    """What was done, and what waits for the next start."""
    lines: list[Line] = [
        (
            trn(
                "{count} record was erased.", "{count} records were erased.", erased.records
            ).format(count=erased.records),
            "check-circle",
            "ok",
        ),
        (tr("What is on paper, and what others were sent, is not erased."), "info", "text2"),
    ]
    if not erased.settled:
        words = tr("The files are written anew at the next sign-in, when there is room for it.")
        lines.append((words, "clock", "caution"))
    return lines
