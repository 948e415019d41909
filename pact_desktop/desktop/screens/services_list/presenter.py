# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the list of services and leads to the fields of one."""

from dataclasses import dataclass

from pact_desktop.desktop.notices import AnswerButton, Question
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.services_list.entry import Mode
from pact_desktop.desktop.screens.services_list.entry_presenter import EntryPresenter, Task
from pact_desktop.desktop.screens.services_list.lead_card import LeadText
from pact_desktop.desktop.screens.services_list.view import ServicesListView, Shown
from pact_desktop.desktop.screens.services_list.wording import (
    details_of,
    is_to_call,
    lead_of,
    lead_words,
    row_of,
    search_text,
)
from pact_desktop.desktop.service_words import service_name
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.facility import ParticipantPack, ReferralService, ServiceKind
from pact_desktop.i18n.names import fold
from pact_desktop.services.facility import close_service, directory, pack_of
from pact_desktop.services.session import Session

_MARK = 1


@dataclass(frozen=True, slots=True)
class Known:
    """The directory as it was last read."""

    services: tuple[ReferralService, ...] = ()
    pack: ParticipantPack | None = None


def _read(session: Session) -> Known:
    kinds = list(ServiceKind)
    found = sorted(directory(session), key=lambda service: kinds.index(service.kind))
    return Known(tuple(found), pack_of(session))


class ServicesListPresenter:
    """Between the list and the directory."""

    def __init__(self, view: ServicesListView, work: Work) -> None:
        self._view, self._work = view, work
        self._known = Known()
        self._shown, self._query = Shown.ALL, ""
        self._entry = EntryPresenter(view, work, self._kept)
        view.entered.connect(lambda _arguments: self._load())
        view.left.connect(self._hide_sources)
        view.privacy_ended.connect(self._hide_sources)
        view.searched.connect(self._search)
        view.shown_changed.connect(self._show_only)
        view.picked.connect(lambda _key: self._show_details())
        view.confirm_wanted.connect(lambda key: self._open(Mode.CONFIRM, key))
        view.correct_wanted.connect(lambda key: self._open(Mode.CORRECT, key))
        view.add_wanted.connect(lambda: self._open(Mode.ADD, None))
        view.close_wanted.connect(self._ask_to_close)
        view.source_wanted.connect(self._switch_sources)
        view.primary_pressed.connect(self._entry.save)
        view.back_pressed.connect(self._cancel)
        view.retranslated.connect(self._show_again)

    # The list -------------------------------------------------------------------------------

    def _load(self, chosen: object = None) -> None:
        session = self._work.session
        self._work.background.run(
            self._view, lambda: _read(session), lambda known: self._show(known, chosen)
        )

    def _show(self, known: Known, chosen: object) -> None:
        self._known = known
        self._show_rows()
        if chosen is not None:
            self._view.table.select(chosen)
        if self._view.table.current_key() is None:
            self._view.table.select_first()
        self._show_details()

    def _show_again(self) -> None:
        """In another language; what is chosen and typed stays."""
        if self._known.services:
            self._show_rows()
            self._show_details()
        self._entry.show_words()

    def _show_rows(self) -> None:
        known, today = self._known, self._work.session.today
        place = known.pack.text("name", catalog().locale) if known.pack else ""
        note = known.pack is not None and known.pack.needs_status_note
        self._view.show_lead(lead_words(place, list(known.services), today))
        self._view.show_note(
            known.pack.text("status_note", catalog().locale) if known.pack and note else ""
        )
        rows = [row_of(service, known.pack, today) for service in self._fitting()]
        self._view.show_rows(rows, searched=bool(known.services))

    def _fitting(self) -> list[ReferralService]:
        return [service for service in self._known.services if self._fits(service)]

    def _fits(self, service: ReferralService) -> bool:
        shown = {
            Shown.ALL: True,
            Shown.TO_CALL: is_to_call(service, self._work.session.today),
            Shown.CONFIRMED: service.confirmed_on is not None,
            Shown.CLOSED: not service.working,
        }[self._shown]
        text = search_text(service, self._known.pack)
        return shown and all(word in text or fold(word) in text for word in self._query.split())

    def _search(self, text: str) -> None:
        self._query = text.strip()
        self._show_filtered()

    def _show_only(self, shown: object) -> None:
        self._shown = shown if isinstance(shown, Shown) else Shown.ALL
        self._show_filtered()

    def _show_filtered(self) -> None:
        self._show_rows()
        if self._view.table.current_key() is None:
            self._view.table.select_first()
        self._show_details()

    # The chosen one -------------------------------------------------------------------------

    def _service(self, key: object) -> ReferralService | None:
        return next((s for s in self._known.services if s.service_id == key), None)

    def _show_details(self) -> None:
        service = self._service(self._view.table.current_key())
        full = self._view.private
        if service is None:
            self._view.show_details(None, LeadText(), full=full)
            return
        pack, today = self._known.pack, self._work.session.today
        self._view.show_details(details_of(service, pack, today), lead_of(service, pack), full=full)

    def _switch_sources(self) -> None:
        self._view.set_private(not self._view.private)
        self._show_details()
        self._entry.show_origin()

    def _hide_sources(self) -> None:
        if self._view.private:
            self._switch_sources()

    def _ask_to_close(self, key: object) -> None:
        service = self._service(key)
        if service is None:
            return
        session = self._work.session

        def answered(answer: int) -> None:
            if answer == _MARK:
                self._work.background.run(
                    self._view, lambda: close_service(session, service.service_id), self._closed
                )

        self._work.notices.ask(
            Question(
                tr("Mark “{service}” as no longer working?").format(
                    service=service_name(service, self._known.pack)
                ),
                tr(
                    "Nobody is sent there any more, and its numbers leave urgent help."
                    " A confirmed call brings it back."
                ),
                (AnswerButton(tr("Go back")), AnswerButton(tr("Mark"), "primary")),
            ),
            answered,
        )

    def _closed(self, service: ReferralService) -> None:
        self._work.notices.say(tr("Marked as no longer working."))
        self._load(service.service_id)

    # One entry ------------------------------------------------------------------------------

    def _open(self, mode: Mode, key: object) -> None:
        service = self._service(key)
        if service is not None or mode is Mode.ADD:
            self._entry.open(Task(mode, service, self._known.pack))

    def _cancel(self) -> None:
        if self._view.editing:
            self._entry.close()
            self._show_details()
            self._view.table.setFocus()

    def _kept(self, service: ReferralService) -> None:
        said = {
            Mode.CONFIRM: tr("Service confirmed."),
            Mode.CORRECT: tr("Entry corrected."),
            Mode.ADD: tr("Service added. Call it to confirm it."),
        }
        if self._entry.task is not None:
            self._work.notices.say(said[self._entry.task.mode])
        self._entry.close()
        self._view.table.setFocus()
        self._load(service.service_id)
