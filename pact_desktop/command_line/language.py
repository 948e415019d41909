# SPDX-License-Identifier: GPL-3.0-or-later
"""The language that the words answer in: that of the window, as far as it is known without Qt."""

from pathlib import Path

from pact_desktop import settings
from pact_desktop.i18n.catalog import Catalog, CatalogueMissingError
from pact_desktop.i18n.locales import SCREEN_LOCALES, SOURCE
from pact_desktop.services.public_notice import public_notice


def catalog_of(data: Path, chosen: str | None) -> Catalog:
    """In the language asked for, else that of this computer, else of the facility, else English.

    Only looks: a settings file that cannot be read stays where it is.
    """
    kept, notice = settings.look(data / settings.FILE_NAME), public_notice(data)
    known = (kept.language if kept else None, notice.locale if notice else None)
    for wanted in (chosen, *known):
        if wanted in SCREEN_LOCALES:
            try:
                return Catalog.load(str(wanted))
            except CatalogueMissingError:
                continue
    return Catalog.load(SOURCE)
