# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows the facility as it is stored, and keeps what the manager changes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from pact_desktop.desktop.backup_words import standing_lines
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.facility.fields import DeviceWishes
from pact_desktop.desktop.screens.facility.states import state_cards
from pact_desktop.desktop.screens.facility.view import FacilityView, Problem
from pact_desktop.desktop.service_words import phone_problem
from pact_desktop.desktop.widgets import BannerText, Field
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.backup import BackupStanding
from pact_desktop.domain.errors import PactError
from pact_desktop.domain.facility import Facility, FocalPerson
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import format_time
from pact_desktop.services.accounts import session_anchor
from pact_desktop.services.backups import backup_standing
from pact_desktop.services.content import reviewers
from pact_desktop.services.facility import change_facility, facility, notice_of
from pact_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Known:
    """The facility as it was last read, and what belongs beside it."""

    facility: Facility
    reviewers: Mapping[str, str]
    anchor: str
    backups: BackupStanding


def _read(session: Session) -> Known:
    return Known(facility(session), reviewers(), session_anchor(session), backup_standing(session))


class FacilityPresenter:
    """Between the fields and the facility, and between them and this computer."""

    def __init__(self, view: FacilityView, work: Work) -> None:
        self._view, self._work = view, work
        self._known: Known | None = None
        view.entered.connect(lambda _arguments: self._load())
        view.edited.connect(self._edited)
        view.primary_pressed.connect(self._save)
        view.secondary_pressed.connect(self._undo)
        view.extra_pressed.connect(lambda: work.navigator.go("keeping"))
        view.person_wanted.connect(self._go_to_person)
        view.retranslated.connect(self._show_around)
        view.fields.participant_chosen.connect(self._show_participant)

    # Showing ----------------------------------------------------------------------------------

    def _load(self) -> None:
        session = self._work.session
        self._work.background.run(self._view, lambda: _read(session), self._show)

    def _show(self, known: Known) -> None:
        """What was typed before and not saved stays in the fields."""
        keep = self._is_dirty()
        self._known = known
        if not keep:
            self._fill()
        self._show_around()
        self._edited()

    def _fill(self) -> None:
        if self._known is None:
            return
        stored, fields = self._known.facility, self._view.fields
        self._offer_participants()
        self._show_participant(stored.participant)
        fields.fill(stored)
        fields.fill_wishes(self._stored_wishes())
        self._view.show_problems([])

    def _offer_participants(self) -> None:
        packs, locale = self._work.session.content.packs, catalog().locale
        self._view.fields.set_participants(
            [(code, pack.text("name", locale)) for code, pack in sorted(packs.items())]
        )

    def _show_participant(self, code: str) -> None:
        """Languages of paper and the note on status go with the participant."""
        pack = self._work.session.content.packs.get(code)
        self._view.fields.set_papers(pack.paper_locales if pack else ("en",))
        note = pack.text("status_note", catalog().locale) if pack and pack.needs_status_note else ""
        self._view.fields.show_status_note(note)

    def _show_around(self) -> None:
        """Everything that is not typed: the banner and the states, in the present language."""
        known = self._known
        if known is None:
            return
        self._offer_participants()
        self._show_participant(str(self._view.fields.participant.value()))
        self._view.show_banner(_banner(known.facility))
        self._view.show_states(
            state_cards(
                known.facility,
                self._work.session.content,
                known.reviewers,
                known.anchor,
                standing_lines(known.backups, self._work.session.now),
            )
        )

    def _edited(self) -> None:
        self._view.show_dirty(dirty=self._is_dirty())

    def _is_dirty(self) -> bool:
        if self._known is None:
            return False
        fields, stored = self._view.fields, self._known.facility
        return fields.typed(stored) != stored or fields.wishes() != self._stored_wishes()

    def _stored_wishes(self) -> DeviceWishes:
        now = self._work.wishes.current
        return DeviceWishes(
            now.idle_cover_seconds, now.lock_minutes, now.sign_in_list, now.initials_only
        )

    def _undo(self) -> None:
        self._fill()
        self._edited()
        self._view.fields.name.setFocus()

    def _go_to_person(self) -> None:
        fields, known = self._view.fields, self._known
        deputy = known is not None and known.facility.focal_person.known
        person = known.facility.deputy if known and deputy else FocalPerson()
        name, phone = (
            (fields.deputy_name, fields.deputy_phone)
            if deputy
            else (fields.focal_name, fields.focal_phone)
        )
        (phone if person.name else name).setFocus()

    # Saving -----------------------------------------------------------------------------------

    def _save(self) -> None:
        if self._known is None:
            return
        session, stored = self._work.session, self._known.facility
        typed = self._view.fields.typed(stored)
        problems = self._problems(typed)
        self._view.show_problems(problems)
        if problems:
            return
        if typed == stored:
            self._saved(stored)
            return
        self._work.background.run(
            self._view, lambda: change_facility(session, typed), self._saved, self._refused
        )

    def _saved(self, kept: Facility) -> None:
        """Settings of this computer change with it; the frame and the cover hear of the name."""
        self._work.wishes.change(**asdict(self._view.fields.wishes()))
        self._work.navigator.facility_changed.emit(notice_of(kept))
        if self._known is not None:
            self._known = replace(self._known, facility=kept)
        self._fill()
        self._edited()
        self._view.show_saved(format_time(self._work.session.now))
        self._load()

    def _problems(self, typed: Facility) -> list[Problem]:
        fields = self._view.fields
        found: list[Problem] = []
        if not typed.name:
            found.append((tr("Enter the name of the facility"), fields.name_field))
        numbers = [
            (typed.phone, fields.phone_field),
            (typed.focal_person.phone, fields.focal_phone_field),
            (typed.deputy.phone, fields.deputy_phone_field),
            (typed.security_phone, fields.security_phone_field),
        ]
        found += _person_problems(
            typed.focal_person, fields.focal_name_field, fields.focal_phone_field
        )
        found += _person_problems(typed.deputy, fields.deputy_name_field, fields.deputy_phone_field)
        found += [(words, field) for phone, field in numbers if (words := phone_problem(phone))]
        return found

    def _refused(self, error: BaseException) -> None:
        """A problem with a field is shown there; anything else goes the common way."""
        fields = self._view.fields
        by_name = {
            "name": fields.name_field,
            "participant": fields.participant_field,
            "address": fields.address_field,
            "phone": fields.phone_field,
            "phone-hours": fields.phone_hours_field,
            "focal-person-name": fields.focal_name_field,
            "focal-person-phone": fields.focal_phone_field,
            "focal-person-hours": fields.focal_hours_field,
            "deputy-name": fields.deputy_name_field,
            "deputy-phone": fields.deputy_phone_field,
            "deputy-hours": fields.deputy_hours_field,
            "security-words": fields.security_words_field,
            "security-phone": fields.security_phone_field,
            "opening-hours": fields.opening_hours_field,
            "cover-notice": fields.cover_notice_field,
        }
        name = str(error.facts.get("field", "")) if isinstance(error, PactError) else ""
        if isinstance(error, PactError) and name in by_name:
            self._view.show_problems([(sentence(catalog(), error), by_name[name])])
        else:
            self._work.notices.fail(error)


def _person_problems(person: FocalPerson, name: Field, phone: Field) -> list[Problem]:
    """Half a person helps nobody in a hurry; nobody at all may be said."""
    if person.phone and not person.name:
        return [(tr("Enter who answers this number"), name)]
    if person.name and not person.phone:
        return [(tr("Enter the telephone of this person"), phone)]
    return []


def _banner(stored: Facility) -> BannerText | None:
    """The more serious one of what is missing; it never stands in the way of care."""
    if not stored.focal_person.known:
        return BannerText(
            tr("Contact person not set"),
            tr("Urgent help has nobody of this facility to call."),
            action_text=tr("Enter the contact person"),
        )
    if not stored.deputy.known:
        return BannerText(
            tr("Deputy contact person not set"),
            tr("When the contact person is away, urgent help has nobody of this facility to call."),
            action_text=tr("Enter the deputy"),
        )
    return None
