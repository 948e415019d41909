# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks name and passphrase off the user's thread and hands the keyring on."""

from collections.abc import Callable

from pact_desktop.desktop.door import Door
from pact_desktop.desktop.screens.sign_in.view import SignInView
from pact_desktop.desktop.words import catalog
from pact_desktop.domain.errors import PactError
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.locales import LOCALES, SCREEN_LOCALES
from pact_desktop.services.accounts import KeyRing, sign_in, sign_in_names


class SignInPresenter:
    """Between the door and the vault."""

    def __init__(
        self, view: SignInView, door: Door, *, signed_in: Callable[[KeyRing], object]
    ) -> None:
        self._view, self._door, self._signed_in = view, door, signed_in
        view.asked.connect(self._check)
        view.language_chosen.connect(door.speak)
        view.entered.connect(self._show)

    def _show(self, _arguments: dict[str, object]) -> None:
        view, door = self._view, self._door
        view.show_languages(
            [(tag, LOCALES[tag].own_name) for tag in SCREEN_LOCALES], catalog().locale
        )
        view.show_day(door.clock().date())
        view.show_facility(door.notice.facility_name if door.notice else "")
        view.show_names(
            sign_in_names(door.folder, device_folder=door.device_folder)
            if door.settings.sign_in_list
            else []
        )

    def _check(self, name: str, passphrase: str) -> None:
        door = self._door
        self._view.show_waiting(waiting=True)
        self._view.show_problem("")
        door.background.run(
            self._view,
            lambda: sign_in(
                door.folder, name, passphrase, door.clock, device_folder=door.device_folder
            ),
            self._signed_in,
            self._failed,
        )

    def _failed(self, error: BaseException) -> None:
        self._view.show_waiting(waiting=False)
        if not isinstance(error, PactError):
            raise error
        self._view.show_problem(sentence(catalog(), error))
