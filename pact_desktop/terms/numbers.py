# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of whom emergency numbers reach, for the page of urgent help and its sheet."""

from pact_desktop.domain.facility import ParticipantPack
from pact_desktop.i18n.catalog import Catalog


def reach_words(
    catalog: Catalog,
    pack: ParticipantPack | None,
    *,
    remark: str,
    source_date: str,
    count: int,
    confirmed: bool,
) -> str:
    """Sentences about the numbers of one line; a number never stands there as if it were known."""
    said = []
    # Only emergency numbers have a date here; several numbers of one service reach that service.
    if count > 1 and source_date and not confirmed:
        # Translators: below several emergency numbers that nobody here has called yet.
        said.append(catalog.gettext("Which of these numbers reaches whom is not known here yet."))
    if remark:
        said.append(pack.remark_in(catalog.locale, remark) if pack else remark)
    if source_date and not confirmed:
        # Translators: how old the page is that a telephone number was taken from.
        said.append(catalog.gettext("Source of {date}.").format(date=source_date))
    return " ".join(said)
