# SPDX-License-Identifier: GPL-3.0-or-later
"""Gathers numbers and steps from the session, or from what may be shown before one."""

from collections.abc import Callable, Sequence
from typing import Self

from pact_desktop.desktop.outbox import Outbox
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.urgent_help.view import Call, Doing, Path, UrgentHelpView
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.facility import Facility, ParticipantPack
from pact_desktop.domain.guidance import Guidance
from pact_desktop.i18n.formats import format_time
from pact_desktop.services.content import HelpContent
from pact_desktop.services.facility import (
    BETWEEN_PHONES,
    PublicNotice,
    UrgentContact,
    directory,
    facility,
    joined_contacts,
    log_urgent_call,
    pack_of,
    urgent_contacts,
)
from pact_desktop.terms import term
from pact_desktop.terms.numbers import reach_words

Refused = Callable[[BaseException], object]
Log = Callable[[UrgentContact, Callable[[object], object], Refused], object]
"""Keeps a call: tells when it is stored, or that it was given up."""


class UrgentHelpPresenter:
    """Between the page and whoever knows the numbers."""

    def __init__(
        self,
        view: UrgentHelpView,
        guidance: Guidance | None,
        *,
        log: Log | None = None,
    ) -> None:
        self._view, self._guidance, self._log = view, guidance, log
        self._contacts: Sequence[UrgentContact] = ()
        self._logged: dict[int, str] = {}
        self._pack: ParticipantPack | None = None
        self._work: Work | None = None
        view.path_chosen.connect(self._show_steps)
        view.call_logged.connect(self._log_call)

    @classmethod
    def of_session(cls, view: UrgentHelpView, work: Work) -> Self:
        """With names, agreed words and a log of calls."""
        session = work.session

        def log(contact: UrgentContact, done: Callable[[object], object], refused: Refused) -> None:
            Outbox.of(work).send(lambda: log_urgent_call(session, contact), done, refused)

        presenter = cls(view, session.content.guidance, log=log)
        presenter._work = work
        view.entered.connect(lambda _arguments: presenter._begin(work))
        return presenter

    @classmethod
    def without_session(
        cls, view: UrgentHelpView, content: HelpContent, notice: PublicNotice | None
    ) -> Self:
        """With the facility's own phones and the national numbers, and nothing to log."""
        presenter = cls(view, content.guidance)

        def show(_arguments: dict[str, object]) -> None:
            pack = content.packs.get(notice.participant) if notice else None
            own = [
                UrgentContact(role, "", phone, confirmed=True)
                for role, phone in (notice.contacts if notice else ())
            ]
            national = [c for c in _national(pack) if c.phone not in {o.phone for o in own}]
            presenter.show([*own, *national], pack)

        view.entered.connect(show)
        return presenter

    def _begin(self, work: Work) -> None:
        """What was logged in an earlier emergency is not shown in this one."""
        self._logged.clear()
        self._load(work)

    def _load(self, work: Work) -> None:
        session = work.session

        def read() -> tuple[list[UrgentContact], ParticipantPack | None]:
            pack = pack_of(session)
            return urgent_contacts(facility(session), directory(session), pack), pack

        work.background.run(self._view, read, lambda found: self.show(*found))

    def show(self, contacts: Sequence[UrgentContact], pack: ParticipantPack | None) -> None:
        """Numbers in the order of the page, then the steps of the chosen path."""
        self._contacts, self._pack = contacts, pack
        self._show_calls()
        self._show_steps(self._view.path.value())
        self._view.first_focus().setFocus()

    def _show_calls(self) -> None:
        unchecked = any(one.phone and not one.confirmed for one in self._contacts)
        calls = [
            self._call(number, contact, phones)
            for number, (contact, phones) in enumerate(joined_contacts(self._contacts))
        ]
        self._view.show_calls(
            calls,
            tr("Some numbers were not checked here") if unchecked else "",
            may_log=self._log is not None,
        )

    def _call(self, number: int, contact: UrgentContact, phones: list[str]) -> Call:
        # Translators: beside a telephone number that nobody at the facility has tried.
        remark = contact.hours if contact.confirmed else tr("not checked here")
        if not contact.phone:
            remark = tr("No number yet: tell the manager")
        return Call(
            number,
            term(catalog(), contact.role),
            self._about(contact, phones),
            BETWEEN_PHONES.join(phones),
            remark,
            caution=not contact.confirmed,
            logged=self._logged.get(number, ""),
        )

    def _about(self, contact: UrgentContact, phones: list[str]) -> str:
        reach = reach_words(
            catalog(),
            self._pack,
            remark=contact.remark,
            source_date=contact.source_date,
            count=len(phones),
            confirmed=contact.confirmed,
        )
        return "\n".join(part for part in (self._name(contact), reach) if part)

    def _name(self, contact: UrgentContact) -> str:
        """In the language of the screen; a name that the facility wrote stays as it is."""
        if self._pack is None:
            return contact.name
        return self._pack.name_in(catalog().locale, contact.name, contact.service_id)

    def _show_steps(self, path: object) -> None:
        section = "urgent.child" if path is Path.CHILD else "urgent.adult"
        steps = self._guidance.steps(section, catalog().locale) if self._guidance else ()
        self._view.show_steps(
            [Doing(step.text, step.detail) for step in steps],
            (
                tr("Age in doubt? Use “Under 18”"),
                tr(
                    "Call the centre for social work now."
                    " Do not inform or release to the person who came along."
                ),
            ),
        )

    def _log_call(self, number: int) -> None:
        if self._log is None or self._work is None:
            return
        time = format_time(self._work.session.now)

        def say(words: str) -> None:
            self._logged[number] = words
            self._show_calls()

        # Translators: on the button beside a number; the store does not answer.
        say(tr("Not logged yet"))
        self._log(
            joined_contacts(self._contacts)[number][0],
            lambda _stored: say(tr("Logged {time}").format(time=time)),
            lambda _error: say(tr("Log call")),
        )


def _national(pack: ParticipantPack | None) -> list[UrgentContact]:
    """Numbers of the pack; nobody here has checked them, and they say so."""
    return urgent_contacts(Facility("", ""), (), pack)
