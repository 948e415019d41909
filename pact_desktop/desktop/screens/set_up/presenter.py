# SPDX-License-Identifier: GPL-3.0-or-later
"""Leads through the first start; nothing is written before the recovery code was typed back."""

from collections.abc import Callable
from pathlib import Path

from pact_desktop.desktop.door import Door
from pact_desktop.desktop.printing import save_file
from pact_desktop.desktop.screens.set_up.pages import Page
from pact_desktop.desktop.screens.set_up.view import Problem, SetUpView
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import Role
from pact_desktop.domain.errors import PactError, Refusal, RefusalCode
from pact_desktop.domain.facility import Facility
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.locales import LOCALES, SCREEN_LOCALES
from pact_desktop.services.accounts import (
    NewStaff,
    PendingSetUp,
    begin_set_up,
    check_passphrase,
    confirm_recovery,
    offer_passphrase,
)
from pact_desktop.services.content import Content
from pact_desktop.services.documents import recovery_sheet
from pact_desktop.services.set_up import require_room

SHEET_NAME = "sheet.pdf"
"""Neutral name of the saved recovery sheet."""


class SetUpPresenter:
    """Between the assistant and the services that make keys and files."""

    def __init__(
        self,
        view: SetUpView,
        door: Door,
        content: Content,
        *,
        finished: Callable[[], object],
        print_pdf: Callable[[bytes, str, Callable[[], object]], object],
        choose_file: Callable[[str, Callable[[Path], object]], object],
        clear_banner: Callable[[], object],
    ) -> None:
        self._view, self._door, self._content = view, door, content
        self._finished, self._print, self._choose_file = finished, print_pdf, choose_file
        self._clear_banner = clear_banner
        self._pending: PendingSetUp | None = None
        view.entered.connect(self._show)
        view.onward.connect(self._onward)
        view.backward.connect(self._backward)
        view.language_chosen.connect(self._speak)
        view.participant_chosen.connect(self._show_papers)
        view.other_words_wanted.connect(self._offer)
        view.print_wanted.connect(self._print_sheet)
        view.save_wanted.connect(self._save_sheet)
        view.answered.connect(self._look_again)

    def _show(self, _arguments: dict[str, object]) -> None:
        self._show_places()
        self._view.show_page(Page.PLACE)

    def _show_places(self) -> None:
        locale = catalog().locale
        self._view.show_places(
            [(tag, LOCALES[tag].own_name) for tag in SCREEN_LOCALES],
            [
                (code, pack.text("name", locale))
                for code, pack in sorted(self._content.packs.items())
            ],
            locale,
        )

    def _speak(self, tag: str) -> None:
        self._door.speak(tag)
        self._show_places()
        self._look_again()

    def _show_papers(self, code: str) -> None:
        pack = self._content.packs.get(code)
        papers = pack.paper_locales if pack else ()
        note = pack.text("status_note", catalog().locale) if pack and pack.needs_status_note else ""
        self._view.show_papers([(tag, LOCALES[tag].own_name) for tag in papers], note)

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
        if page is Page.PLACE:
            self._try_folder()
        elif page is Page.CLINICIAN_WORDS:
            self._begin()
        elif page is Page.RECOVERY:
            self._confirm()
        else:
            self._turn_to(Page(page + 1))

    def _look_again(self) -> None:
        """What is answered by now is no problem any more; what is left is said in today's words."""
        at = [place for _, place in self._view.problems]
        if at:
            left = [one for one in self._problems(self._view.page) if one[1] in at]
            self._view.show_left(left)

    def _try_folder(self) -> None:
        """Whether anything can be kept here is known before anything is typed for it."""
        self._door.background.run(
            self._view,
            lambda: require_room(self._door.folder),
            lambda _nothing: self._leave_place(),
        )

    def _leave_place(self) -> None:
        self._clear_banner()
        self._turn_to(Page.FACILITY)

    def _backward(self) -> None:
        page = self._view.page
        if page is Page.RECOVERY:
            self._pending = None
        self._turn_to(Page(max(page - 1, Page.PLACE)))

    def _turn_to(self, page: Page) -> None:
        form = self._view.form
        if page is Page.MANAGER_WORDS and not form.words[Role.MANAGER].offer.text():
            self._offer(Role.MANAGER)
        if page is Page.CLINICIAN_WORDS and not form.words[Role.NURSE].offer.text():
            self._offer(Role.NURSE)
        self._view.show_words(Role.MANAGER, form.manager_name.value(), "")
        self._view.show_words(Role.NURSE, form.clinician_name.value(), "")
        self._view.show_page(page)

    def _offer(self, role: Role) -> None:
        name = (
            self._view.form.manager_name
            if role is Role.MANAGER
            else (self._view.form.clinician_name)
        )
        self._view.show_words(role, name.value(), offer_passphrase(catalog().locale))

    def _problems(self, page: Page) -> list[Problem]:
        form = self._view.form
        found: list[Problem] = []
        match page:
            case Page.PLACE if not form.participant.value():
                found = [(tr("Choose where the facility is"), form.participant_field)]
            case Page.FACILITY if not form.facility_name.value():
                found = [(tr("Enter the name of the facility"), form.facility_name_field)]
            case Page.KEEPING:
                wrong = form.periods.typed()[1]
                found = [(sentence(catalog(), one), field) for field, one in wrong.items()]
            case Page.PEOPLE:
                found = self._problems_with_people()
            case Page.MANAGER_WORDS:
                found = self._problems_with_words(Role.MANAGER)
            case Page.CLINICIAN_WORDS:
                found = self._problems_with_words(Role.NURSE)
            case Page.RECOVERY if not self._view.types_code:
                words = tr("Print the sheet, save it, or write the code down by hand")
                found = [(words, form.print_sheet)]
            case Page.RECOVERY if not form.recovery_typed.value():
                found = [(tr("Type the code from the sheet"), form.recovery_typed_field)]
        return found

    def _problems_with_people(self) -> list[Problem]:
        form = self._view.form
        needed = (
            (form.manager_name, form.manager_name_field, tr("Enter the name of the manager")),
            (
                form.manager_sign_in,
                form.manager_sign_in_field,
                tr("Enter the sign-in name of the manager"),
            ),
            (
                form.clinician_name,
                form.clinician_name_field,
                tr("Enter the name of the nurse or doctor"),
            ),
            (
                form.clinician_sign_in,
                form.clinician_sign_in_field,
                tr("Enter the sign-in name of the nurse or doctor"),
            ),
        )
        found: list[Problem] = [(words, field) for edit, field, words in needed if not edit.value()]
        same = form.manager_sign_in.value().casefold() == form.clinician_sign_in.value().casefold()
        if not found and same:
            found.append(
                (
                    sentence(catalog(), Refusal(RefusalCode.ACCOUNT_NAME_TAKEN)),
                    form.clinician_sign_in_field,
                )
            )
        return found

    def _problems_with_words(self, role: Role) -> list[Problem]:
        page = self._view.form.words[role]
        try:
            check_passphrase(page.chosen, context=self._context())
        except Refusal as refusal:
            return [(sentence(catalog(), refusal), page.own_field)]
        if not page.repeated:
            return [(tr("This is not the same as above"), page.typed_field)]
        return []

    def _context(self) -> tuple[str, ...]:
        form = self._view.form
        return tuple(
            edit.value()
            for edit in (
                form.facility_name,
                form.facility_address,
                form.manager_name,
                form.manager_sign_in,
                form.clinician_name,
                form.clinician_sign_in,
            )
        )

    # The two steps that write -----------------------------------------------------------------

    def _begin(self) -> None:
        facility, staff = self._facility(), self._staff()
        self._view.show_waiting(waiting=True)
        door = self._door
        door.background.run(
            self._view,
            lambda: begin_set_up(
                door.folder, facility, staff, door.clock, device_folder=door.device_folder
            ),
            self._show_recovery,
            self._failed,
        )

    def _show_recovery(self, pending: PendingSetUp) -> None:
        self._pending = pending
        self._view.show_recovery(pending.recovery_code)
        self._turn_to(Page.RECOVERY)

    def _confirm(self) -> None:
        pending, typed = self._pending, self._view.form.recovery_typed.value()
        if pending is None:
            return
        self._view.show_waiting(waiting=True)
        self._door.background.run(
            self._view,
            lambda: confirm_recovery(pending, typed),
            lambda _nothing: self._done(),
            self._failed,
        )

    def _done(self) -> None:
        self._pending = None
        for page in self._view.form.words.values():
            page.forget()
        self._view.show_recovery("")
        self._view.show_page(Page.DONE)

    def _failed(self, error: BaseException) -> None:
        self._view.show_waiting(waiting=False)
        if not isinstance(error, PactError):
            raise error
        form = self._view.form
        field = {
            Page.RECOVERY: form.recovery_typed_field,
            Page.CLINICIAN_WORDS: form.clinician_typed_field,
        }.get(self._view.page, form.participant_field)
        self._view.show_problems([(sentence(catalog(), error), field)])

    def _facility(self) -> Facility:
        form = self._view.form
        return Facility(
            name=form.facility_name.value(),
            participant=str(form.participant.value()),
            address=form.facility_address.value(),
            phone=form.facility_phone.value(),
            opening_hours=form.facility_hours.value(),
            paper_locale=str(form.paper.value() or "en"),
            staff_locale=catalog().locale,
            retention=form.periods.typed()[0],
        )

    def _staff(self) -> list[NewStaff]:
        form = self._view.form
        role = form.clinician_role.value()
        return [
            NewStaff(
                form.manager_sign_in.value(),
                form.manager_name.value(),
                Role.MANAGER,
                form.words[Role.MANAGER].chosen,
            ),
            NewStaff(
                form.clinician_sign_in.value(),
                form.clinician_name.value(),
                role if isinstance(role, Role) else Role.NURSE,
                form.words[Role.NURSE].chosen,
            ),
        ]

    # The sheet --------------------------------------------------------------------------------

    def _sheet(self) -> bytes:
        code = self._pending.recovery_code if self._pending else ""
        return recovery_sheet(code, str(self._view.form.paper.value() or catalog().locale))

    def _print_sheet(self) -> None:
        pending = self._pending

        def printed() -> None:
            self._clear_banner()
            if pending is not None and pending is self._pending:
                self._view.show_typing(typing=True)

        self._print(self._sheet(), SHEET_NAME, printed)

    def _save_sheet(self) -> None:
        pdf, pending = self._sheet(), self._pending

        def saved(path: Path) -> None:
            # It may tell of a folder that took no file; the sheet is there now.
            self._clear_banner()
            if pending is not None and pending is self._pending:
                self._view.show_sheet_saved(path.name)
                self._view.show_typing(typing=True)

        def save(path: Path) -> None:
            self._door.background.run(
                self._view, lambda: save_file(pdf, path), lambda _nothing: saved(path)
            )

        self._choose_file(SHEET_NAME, save)
