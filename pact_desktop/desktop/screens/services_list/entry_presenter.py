# SPDX-License-Identifier: GPL-3.0-or-later
"""One entry in its fields: judges what was typed, and keeps it through the services."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.services_list.entry import Mode, TypedEntry
from pact_desktop.desktop.screens.services_list.view import EntryWords, Problem, ServicesListView
from pact_desktop.desktop.screens.services_list.wording import lead_of, own_remark
from pact_desktop.desktop.service_words import phone_problem, service_name
from pact_desktop.desktop.words import catalog, tr, trn
from pact_desktop.domain.errors import PactError, Refusal
from pact_desktop.domain.facility import ParticipantPack, ReferralService, ServiceKind
from pact_desktop.error_texts import sentence
from pact_desktop.services.facility import (
    MOST_PHONES,
    add_service,
    confirm_service,
    correct_service,
)


@dataclass(frozen=True, slots=True)
class Task:
    """What is being done with which entry."""

    mode: Mode
    entry: ReferralService | None
    pack: ParticipantPack | None


class EntryPresenter:
    """Between the fields of one service and the directory."""

    def __init__(
        self, view: ServicesListView, work: Work, done: Callable[[ReferralService], object]
    ) -> None:
        self._view, self._work, self._done = view, work, done
        self.task: Task | None = None

    def open(self, task: Task) -> None:
        self.task = task
        entry = task.entry
        self._view.fields.fill(self._typed_of(task) if entry else TypedEntry())
        self._view.open_entry(self._words(task), task.mode, own=bool(entry and entry.added_here))
        self.show_words()

    def show_words(self) -> None:
        """Again after a change of language; what was typed stays."""
        if self.task is None:
            return
        self._view.show_entry_words(self._words(self.task))
        entry = self.task.entry
        emergency = tr(
            "Do not dial an emergency number to check it. Ask who runs it, and enter who said so."
        )
        is_emergency = entry is not None and entry.kind is ServiceKind.EMERGENCY
        self._view.fields.show_call_note(emergency if is_emergency else "")
        self.show_origin()

    def show_origin(self) -> None:
        if self.task is not None and self.task.entry is not None:
            lead = lead_of(self.task.entry, self.task.pack)
            self._view.fields.lead.show_lead(lead, full=self._view.private)

    def close(self) -> None:
        self.task = None
        self._view.show_list()

    def save(self) -> None:
        task, typed = self.task, self._view.fields.typed()
        if task is None:
            return
        problems = self._problems(task.mode, typed)
        self._view.show_problems(problems)
        if not problems:
            self._work.background.run(
                self._view, self._deed(task, typed), self._done, self._refused
            )

    # What was typed ---------------------------------------------------------------------------

    def _typed_of(self, task: Task) -> TypedEntry:
        entry = task.entry
        if entry is None:
            return TypedEntry()
        return TypedEntry(
            kind=entry.kind,
            name=service_name(entry, task.pack),
            phones=entry.phones,
            hours=entry.hours,
            address=entry.address,
            serves=entry.serves,
            offers=entry.offers,
            languages=entry.languages,
            remark=own_remark(entry, task.pack),
            spoken_to="",
            called_on=f"{self._work.session.today:%d.%m.%Y}",
        )

    def _problems(self, mode: Mode, typed: TypedEntry) -> list[Problem]:
        fields = self._view.fields
        found: list[Problem] = []
        if mode is Mode.CONFIRM:
            if not typed.spoken_to:
                found.append((tr("Enter who was spoken to"), fields.spoken_to_field))
            if words := self._day_problem():
                found.append((words, fields.called_on_field))
        if typed.kind is None:
            found.append((tr("Choose the kind of service"), fields.kind_field))
        if not typed.name:
            found.append((tr("Enter the name of the service"), fields.name_field))
        if words := _phones_problem(mode, typed.phones):
            found.append((words, fields.phones_field))
        return found

    def _day_problem(self) -> str:
        try:
            day = self._view.fields.called_on.value()
        except Refusal as refusal:
            return sentence(catalog(), refusal)
        if day is None:
            return tr("Enter the day of the call")
        if day > self._work.session.today:
            return tr("Enter a day that is not in the future")
        return ""

    # Keeping it -------------------------------------------------------------------------------

    def _deed(self, task: Task, typed: TypedEntry) -> Callable[[], ReferralService]:
        session, entry = self._work.session, task.entry
        kind = typed.kind
        if entry is None and kind is not None:
            return lambda: add_service(
                session,
                kind=kind,
                name=typed.name,
                phones=typed.phones,
                hours=typed.hours,
                address=typed.address,
                serves=typed.serves,
                languages=typed.languages,
                offers=typed.offers,
                remark=typed.remark,
            )
        if entry is None:
            raise LookupError("the kind is asked for before a service is added")
        changed = _changed(entry, task.pack, typed)
        if task.mode is Mode.CORRECT:
            return lambda: correct_service(session, changed)
        day = self._view.fields.called_on.value()
        called = replace(changed, spoken_to=typed.spoken_to, confirmed_on=day)
        return lambda: confirm_service(session, called)

    def _refused(self, error: BaseException) -> None:
        """A problem with a field is shown there; anything else goes the common way."""
        fields = self._view.fields
        field = {
            "name": fields.name_field,
            "phone": fields.phones_field,
            "hours": fields.hours_field,
            "address": fields.address_field,
            "remark": fields.remark_field,
            "spoken-to": fields.spoken_to_field,
        }.get(str(error.facts.get("field", "")) if isinstance(error, PactError) else "")
        if field is not None and isinstance(error, PactError):
            self._view.show_problems([(sentence(catalog(), error), field)])
        else:
            self._work.notices.fail(error)

    def _words(self, task: Task) -> EntryWords:
        name = service_name(task.entry, task.pack) if task.entry else ""
        match task.mode:
            case Mode.CONFIRM:
                return EntryWords(
                    tr("Confirm “{service}”").format(service=name),
                    tr("Call first, then enter what was said. Then it can be printed."),
                    tr("Confirm service"),
                )
            case Mode.CORRECT:
                return EntryWords(
                    tr("Correct “{service}”").format(service=name),
                    tr("A name or number that is changed has to be called before it counts."),
                    tr("Save"),
                )
            case Mode.ADD:
                return EntryWords(
                    tr("New service"),
                    tr("It counts once somebody here has called it."),
                    tr("Add service"),
                )


def _phones_problem(mode: Mode, phones: tuple[str, ...]) -> str:
    if mode is Mode.CONFIRM and not phones:
        return tr("Enter the number that was called")
    if len(phones) > MOST_PHONES:
        return trn(
            "Enter at most {count} number", "Enter at most {count} numbers", MOST_PHONES
        ).format(count=MOST_PHONES)
    return next(filter(None, map(phone_problem, phones)), "")


def _changed(
    entry: ReferralService, pack: ParticipantPack | None, typed: TypedEntry
) -> ReferralService:
    """A name that was only shown translated, and a remark of the pack, stay what they are."""
    name = entry.name if typed.name == service_name(entry, pack) else typed.name
    remark = entry.remark if typed.remark == own_remark(entry, pack) else typed.remark
    return replace(
        entry,
        name=name,
        phones=typed.phones,
        hours=typed.hours,
        address=typed.address,
        serves=typed.serves,
        languages=typed.languages,
        offers=typed.offers,
        remark=remark,
    )
