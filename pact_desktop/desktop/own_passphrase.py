# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes the passphrase of whoever is at work; it is checked off the user's thread."""

from typing import Final

from PySide6.QtWidgets import QWidget

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.widgets.own_passphrase_dialog import OwnPassphraseDialog
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.errors import PactError, Refusal, RefusalCode
from pact_desktop.error_texts import sentence
from pact_desktop.services.accounts import (
    change_passphrase,
    check_own_passphrase,
    offer_passphrase,
)

_ABOUT_PRESENT: Final = frozenset({RefusalCode.PASSPHRASE_WRONG, RefusalCode.SIGN_IN_DELAYED})


class OwnPassphrase:
    """Between the user's menu and the services for accounts."""

    def __init__(self, work: Work, parent: QWidget) -> None:
        self._work = work
        self.dialog = OwnPassphraseDialog(parent)
        self.dialog.confirmed.connect(self._onward)
        self.dialog.words_wanted.connect(self._offer)

    def ask(self) -> None:
        self.dialog.ask()

    def _onward(self) -> None:
        self.dialog.clear_problems()
        if self.dialog.choosing:
            self._change()
        else:
            self._check()

    def _check(self) -> None:
        dialog, session = self.dialog, self._work.session
        present = dialog.present.passphrase()
        if not present:
            dialog.show_problem(dialog.present_field, tr("Enter your present passphrase"))
            return
        dialog.show_waiting(tr("Checking …"))
        self._work.background.run(
            dialog,
            lambda: check_own_passphrase(session, present),
            lambda _nothing: self._checked(),
            self._failed,
        )

    def _checked(self) -> None:
        self.dialog.show_waiting()
        self._offer()

    def _offer(self) -> None:
        name = self._work.session.account.display_name
        self.dialog.show_words(name, offer_passphrase(catalog().locale))

    def _change(self) -> None:
        dialog, session = self.dialog, self._work.session
        if not dialog.words.repeated:
            dialog.show_problem(dialog.words.typed_field, tr("This is not the same as above"))
            return
        present, chosen = dialog.present.passphrase(), dialog.words.chosen
        dialog.show_waiting(tr("Changing …"))
        self._work.background.run(
            dialog,
            lambda: change_passphrase(session, present, chosen),
            lambda _nothing: self._changed(),
            self._failed,
        )

    def _changed(self) -> None:
        self.dialog.show_waiting()
        self.dialog.accept()
        self._work.notices.say(tr("Passphrase changed. From now on only the new one opens."))

    def _failed(self, error: BaseException) -> None:
        dialog = self.dialog
        dialog.show_waiting()
        if not isinstance(error, PactError):
            dialog.done(0)
            self._work.notices.fail(error)
            return
        if error.code in _ABOUT_PRESENT:
            dialog.show_present()
            dialog.present.clear()
            field = dialog.present_field
        elif not dialog.choosing:
            field = dialog.present_field
        elif isinstance(error, Refusal) and dialog.words.own.isChecked():
            field = dialog.words.own_field
        else:
            field = dialog.words.typed_field
        dialog.show_problem(field, sentence(catalog(), error))
