# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the text in the language of the screen, each time it is opened or the language changes."""

from pact_desktop.desktop.screens.limits.view import LimitsView, ShownLine
from pact_desktop.desktop.words import catalog
from pact_desktop.services.limits import LimitsPart, limits_for


class LimitsPresenter:
    """Between the file and the page."""

    def __init__(self, view: LimitsView) -> None:
        self._view = view
        self._parts: tuple[LimitsPart, ...] = ()
        view.entered.connect(self._enter)
        view.part_chosen.connect(self._show)
        view.language_changed.connect(self._read)
        view.back_pressed.connect(lambda: view.go.emit("back", {}))

    def _enter(self, arguments: dict[str, object]) -> None:
        part = arguments.get("part")
        self._read()
        self._show(part if isinstance(part, int) else 0)

    def _read(self) -> None:
        self._parts = limits_for(catalog().locale)
        self._view.show_parts([part.heading for part in self._parts])
        self._show(self._view.chosen_part())

    def _show(self, number: int) -> None:
        part = self._parts[number]
        self._view.show_part(
            number,
            [ShownLine(line.lead, line.text, line.is_point) for line in part.lines],
            partly_english=bool(part.untranslated),
        )
