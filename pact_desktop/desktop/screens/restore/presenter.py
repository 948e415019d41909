# SPDX-License-Identifier: GPL-3.0-or-later
"""Leads from a backup to records that open; what was begun and given up leaves nothing behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from pact_desktop.desktop.door import Door
from pact_desktop.desktop.save_dialog import ask_for_file
from pact_desktop.desktop.screens.restore.pages import COURSE, Page
from pact_desktop.desktop.screens.restore.view import Problem, RestoreView
from pact_desktop.desktop.steps import Steps
from pact_desktop.desktop.words import catalog, tr, trn
from pact_desktop.domain.accounts import CLINICIANS, Account, Role
from pact_desktop.domain.errors import PactError, Refusal, RefusalCode
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import format_datetime, join_list
from pact_desktop.services.accounts import (
    NewStaff,
    check_passphrase,
    known_names,
    offer_passphrase,
)
from pact_desktop.services.backups import ENDING
from pact_desktop.services.old_copies import record_numbers
from pact_desktop.services.restoring import (
    PendingRestore,
    Restored,
    abandon_restore,
    begin_restore,
    finish_restore,
)

_ABOUT_THE_CODE: Final = frozenset(
    {RefusalCode.RECOVERY_CODE_WRONG, RefusalCode.RECOVERY_CODE_OTHER}
)
_ABOUT_WORDS: Final = frozenset(
    {RefusalCode.PASSPHRASE_TOO_SHORT, RefusalCode.PASSPHRASE_TOO_COMMON}
)


class RestorePresenter:
    """Between the pages and the services that unpack, compare and enter new people."""

    def __init__(
        self,
        view: RestoreView,
        door: Door,
        *,
        finished: Callable[[], object],
        given_up: Callable[[], object],
    ) -> None:
        self._view, self._door = view, door
        self._finished, self._given_up = finished, given_up
        self._file: Path | None = None
        self._pending: PendingRestore | None = None
        self._steps: Steps | None = None
        form = view.form
        view.entered.connect(lambda _arguments: view.show_page(Page.FILE))
        view.left.connect(self._leave)
        view.onward.connect(self._onward)
        view.backward.connect(self._backward)
        form.file_wanted.connect(self._choose_file)
        form.other_words_wanted.connect(self._offer)

    # Onward -----------------------------------------------------------------------------------

    def _onward(self) -> None:
        page = self._view.page
        if page is Page.DONE:
            self._finished()
            return
        problems = self._problems(page)
        self._view.show_problems(problems)
        if problems:
            return
        if page is Page.FILE:
            self._begin()
        elif page is Page.CLINICIAN_WORDS:
            self._finish()
        else:
            self._turn_to(COURSE[COURSE.index(page) + 1])

    def _backward(self) -> None:
        page = self._view.page
        if page is Page.FILE:
            self._given_up()
        elif page is Page.WAITING:
            self._stop()
        else:
            if page is Page.FOUND:
                self._forget()
            self._turn_to(COURSE[COURSE.index(page) - 1])

    def _turn_to(self, page: Page) -> None:
        form = self._view.form
        for role, waits in ((Role.MANAGER, Page.MANAGER_WORDS), (Role.NURSE, Page.CLINICIAN_WORDS)):
            if page is waits and not form.words[role].offer.text():
                self._offer(role)
        form.words[Role.MANAGER].owner.setText(form.manager.name.value())
        form.words[Role.NURSE].owner.setText(form.clinician.name.value())
        self._view.show_page(page)

    def _offer(self, role: Role) -> None:
        self._view.form.words[role].offer.setText(offer_passphrase(catalog().locale))

    def _problems(self, page: Page) -> list[Problem]:
        form = self._view.form
        found: list[Problem] = []
        if page is Page.FILE:
            if self._file is None:
                found.append((tr("Choose the backup"), None))
            if not form.code.value():
                found.append((tr("Type the code from the sheet"), form.code_field))
        elif page is Page.FOUND:
            if not form.newest.isChecked():
                found.append((tr("Look for the newest backup, then tick the line"), None))
            try:
                record_numbers(form.erased.value())
            except Refusal as refusal:
                found.append((sentence(catalog(), refusal), form.erased_field))
        elif page is Page.PEOPLE:
            found += self._problems_with_people()
        elif page is Page.MANAGER_WORDS:
            found += self._problems_with_words(Role.MANAGER)
        elif page is Page.CLINICIAN_WORDS:
            found += self._problems_with_words(Role.NURSE)
        return found

    def _problems_with_people(self) -> list[Problem]:
        form = self._view.form
        manager, clinician = form.manager, form.clinician
        needed = (
            (manager.name, manager.name_field, tr("Enter the name of the manager")),
            (manager.sign_in, manager.sign_in_field, tr("Enter the sign-in name of the manager")),
            (clinician.name, clinician.name_field, tr("Enter the name of the nurse or doctor")),
            (
                clinician.sign_in,
                clinician.sign_in_field,
                tr("Enter the sign-in name of the nurse or doctor"),
            ),
        )
        found: list[Problem] = [(words, field) for edit, field, words in needed if not edit.value()]
        same = form.manager.sign_in.value().casefold() == form.clinician.sign_in.value().casefold()
        if not found and same:
            words = sentence(catalog(), Refusal(RefusalCode.ACCOUNT_NAME_TAKEN))
            found.append((words, form.clinician.sign_in_field))
        return found

    def _problems_with_words(self, role: Role) -> list[Problem]:
        form, choice = self._view.form, self._view.form.words[role]
        people = (form.manager, form.clinician)
        entered = (edit.value() for one in people for edit in (one.name, one.sign_in))
        pending = self._pending
        known = known_names(pending.facility, pending.earlier) if pending else ()
        context = (*known, *entered)
        try:
            check_passphrase(choice.chosen, context=context)
        except Refusal as refusal:
            return [(sentence(catalog(), refusal), choice.own_field)]
        if not choice.repeated:
            return [(tr("This is not the same as above"), choice.typed_field)]
        return []

    # Reading the backup -----------------------------------------------------------------------

    def _choose_file(self) -> None:
        # Translators: kind of file in a dialog that chooses one.
        kind = tr("Backup")
        ask_for_file(self._view, f"{kind} (*{ENDING})", self._file_chosen)

    def _file_chosen(self, path: Path) -> None:
        self._file = path
        self._view.show_file(path.name)

    def _begin(self) -> None:
        path, door, code = self._file, self._door, self._view.form.code.value()
        if path is None:
            return
        steps = self._steps = Steps(self._view)
        steps.progressed.connect(self._view.form.waiting.show_percent)
        self._view.show_waiting(tr("Reading …"))
        door.background.run(
            self._view,
            lambda: begin_restore(
                path,
                door.folder,
                code,
                door.clock,
                device_folder=door.device_folder,
                step=steps,
            ),
            self._begun,
            self._not_begun,
        )

    def _begun(self, pending: PendingRestore) -> None:
        self._pending, self._steps = pending, None
        contents, now, locale = pending.contents, self._door.clock(), catalog().locale
        made = format_datetime(contents.made_at.astimezone(now.tzinfo), locale)
        at_work = [account.display_name for account in pending.earlier if account.active]
        self._view.form.show_found(
            [
                tr("{facility}, made: {when}").format(facility=pending.facility.name, when=made),
                tr("The log in it ends with {code}. A paper with a higher number is newer.").format(
                    code=contents.anchor
                ),
                tr("Staff at that time: {names}").format(names=join_list(at_work, locale)),
                ""
                if pending.log.whole
                else tr("The activity log in it was not whole when the backup was made."),
            ]
        )
        self._view.form.newest.setChecked(False)
        self._fill_people(pending.earlier)
        self._turn_to(Page.FOUND)

    def _fill_people(self, earlier: tuple[Account, ...]) -> None:
        """Whoever did this before is offered, and may be changed."""
        form = self._view.form
        for person, roles in (
            (form.manager, {Role.MANAGER}),
            (form.clinician, CLINICIANS),
        ):
            known = next((one for one in earlier if one.active and one.role in roles), None)
            if known is not None and not person.name.value():
                person.name.setText(known.display_name)
                person.sign_in.setText(known.sign_in_name)
                if known.role in CLINICIANS:
                    form.role.set_value(known.role)

    def _not_begun(self, error: BaseException) -> None:
        self._steps = None
        self._view.show_page(Page.FILE)
        if not isinstance(error, PactError):
            raise error
        if error.code is RefusalCode.BACKUP_STOPPED:
            return
        field = self._view.form.code_field if error.code in _ABOUT_THE_CODE else None
        self._view.show_problems([(sentence(catalog(), error), field)])

    # The last step ----------------------------------------------------------------------------

    def _finish(self) -> None:
        pending, staff = self._pending, self._staff()
        erased = record_numbers(self._view.form.erased.value())
        if pending is None:
            return
        self._view.show_finishing(finishing=True)
        self._door.background.run(
            self._view,
            lambda: finish_restore(pending, staff, erased),
            self._done,
            self._not_finished,
        )

    def _done(self, restored: Restored) -> None:
        self._pending = None
        self._forget_what_was_typed()
        count = restored.erased_again
        words = trn(
            "{count} record that had been erased was erased again.",
            "{count} records that had been erased were erased again.",
            count,
        )
        self._view.form.show_erased_again(words.format(count=count) if count else "")
        self._view.show_page(Page.DONE)

    def _not_finished(self, error: BaseException) -> None:
        self._view.show_finishing(finishing=False)
        if not isinstance(error, PactError):
            raise error
        words, form = sentence(catalog(), error), self._view.form
        if error.code is RefusalCode.ACCOUNT_NAME_TAKEN:
            self._turn_to(Page.PEOPLE)
            self._view.show_problems([(words, form.clinician.sign_in_field)])
        elif error.code in _ABOUT_WORDS:
            self._view.show_problems([(words, form.words[Role.NURSE].typed_field)])
        else:
            # What was unpacked is gone: the backup is read again.
            self._pending = None
            self._turn_to(Page.FILE)
            self._view.show_problems([(words, None)])

    def _staff(self) -> list[NewStaff]:
        form, role = self._view.form, self._view.form.role.value()
        return [
            NewStaff(
                form.manager.sign_in.value(),
                form.manager.name.value(),
                Role.MANAGER,
                form.words[Role.MANAGER].chosen,
            ),
            NewStaff(
                form.clinician.sign_in.value(),
                form.clinician.name.value(),
                role if isinstance(role, Role) else Role.NURSE,
                form.words[Role.NURSE].chosen,
            ),
        ]

    # Giving up --------------------------------------------------------------------------------

    def _stop(self) -> None:
        if self._steps is not None:
            self._steps.stop()

    def _forget(self) -> None:
        pending, self._pending = self._pending, None
        if pending is not None:
            self._door.background.run(self._view, lambda: abandon_restore(pending))

    def _leave(self) -> None:
        self._stop()
        self._forget()
        self._forget_what_was_typed()

    def _forget_what_was_typed(self) -> None:
        self._view.form.code.clear()
        self._view.form.erased.set_value("")
        for choice in self._view.form.words.values():
            choice.forget()
