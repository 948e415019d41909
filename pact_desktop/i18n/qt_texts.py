# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts that Qt itself shows, listed so that they reach the translators with our own."""

from typing import Final

from pact_desktop.i18n.messages import Message, pmsg

QT: Final = "Qt"
"""Context of these texts in the catalogues."""

QT_TEXTS: Final[tuple[Message, ...]] = (
    # Translators: on buttons; & stands before the letter that is pressed with Alt.
    pmsg("Qt", "OK"),
    pmsg("Qt", "&OK"),
    pmsg("Qt", "Cancel"),
    pmsg("Qt", "&Cancel"),
    pmsg("Qt", "Close"),
    pmsg("Qt", "&Close"),
    pmsg("Qt", "&Yes"),
    pmsg("Qt", "&No"),
    pmsg("Qt", "Save"),
    pmsg("Qt", "&Save"),
    pmsg("Qt", "Open"),
    pmsg("Qt", "&Open"),
    # Translators: in the menu of a text field.
    pmsg("Qt", "&Undo"),
    pmsg("Qt", "&Redo"),
    pmsg("Qt", "Cu&t"),
    pmsg("Qt", "&Copy"),
    pmsg("Qt", "&Paste"),
    pmsg("Qt", "Delete"),
    pmsg("Qt", "Select All"),
    # Translators: in the window in which a file or a printer is chosen.
    pmsg("Qt", "Look in:"),
    pmsg("Qt", "File &name:"),
    pmsg("Qt", "Files of type:"),
    pmsg("Qt", "Directory:"),
    pmsg("Qt", "Print"),
    pmsg("Qt", "&Print"),
    pmsg("Qt", "Printer"),
    pmsg("Qt", "Copies"),
)
