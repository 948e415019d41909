# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows the card in the chosen language; prints it only where carrying it is safe."""

from dataclasses import dataclass, replace
from typing import ClassVar

from typing_extensions import override

from pact_desktop.desktop.patient_language import both_names, known, locale_for
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.patient_card.choices import Choices, Missing
from pact_desktop.desktop.screens.patient_card.reading import Line
from pact_desktop.desktop.screens.patient_card.view import PatientCardView
from pact_desktop.desktop.visit_step import StepPresenter
from pact_desktop.desktop.visit_words import step_name
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.facility import Facility
from pact_desktop.domain.screening import ScreeningId, VisitStep
from pact_desktop.i18n.locales import CARD_LOCALES
from pact_desktop.services import documents
from pact_desktop.services.documents import CardLine, CardOptions
from pact_desktop.services.facility import facility
from pact_desktop.services.issued import IssuedDocument


@dataclass(frozen=True, slots=True)
class _Around:
    """What the facility can put on a card."""

    place: Facility
    offered: list[str]
    has_support_line: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    """The card in both languages, and its page where one may exist."""

    staff: tuple[CardLine, ...]
    patient: tuple[CardLine, ...] = ()
    pdf: bytes = b""


class PatientCardPresenter(StepPresenter):
    """Part of step 7. Nothing is stored by looking; printing is in the log before the page is."""

    step: ClassVar = VisitStep.NEXT_STEPS

    def __init__(self, view: PatientCardView, work: Work) -> None:
        super().__init__(view, work)
        self._view = view
        self._around: _Around | None = None
        self._patient_lines: tuple[CardLine, ...] = ()
        self._wanted = ""
        self._shown_for: ScreeningId | None = None
        self._choices = Choices()
        view.entered.connect(self._remember)
        view.choices.changed.connect(self._changed)
        view.choices.safety_answered.connect(self._answered)
        view.print_wanted.connect(self.go_on)
        view.secondary_pressed.connect(self._show_large)

    # Arriving and leaving -------------------------------------------------------------------

    def _remember(self, arguments: dict[str, object]) -> None:
        self._wanted = str(arguments.get("locale", ""))

    @override
    def waits_here(self) -> bool:
        """Nothing of the visit is typed on this screen."""
        return False

    @override
    def arrive(self) -> None:
        screening_id = self._visit.screening.screening_id
        if screening_id != self._shown_for:
            self._around, self._choices = None, Choices()
            self._view.preview.show_nothing("", "")
            self._view.says.show_lines([])
        self._view.show_problem("")
        session = self._work.session

        def read() -> _Around:
            return _Around(
                facility(session),
                documents.card_locales(session),
                bool(documents.card_support_line(session)),
            )

        self._work.background.run(self._view, read, self._opened)

    @override
    def show(self) -> None:
        self._view.set_back(step_name(VisitStep.NEXT_STEPS))
        if self._around is not None and self._shown_for == self._visit.screening.screening_id:
            self._show_choices()

    @override
    def leave(self) -> None:
        self._view.close_large()
        self._view.preview.show_nothing("", "")
        self._patient_lines = ()

    @override
    def go_back(self) -> None:
        self._visit.go(VisitStep.NEXT_STEPS)

    def _opened(self, around: _Around) -> None:
        if not self._in_front:
            return
        self._around = around
        screening_id = self._visit.screening.screening_id
        if screening_id != self._shown_for:
            self._shown_for = screening_id
            self._choices = Choices(locale=self._first_locale())
        self._show_choices()
        self._read()

    def _first_locale(self) -> str:
        """The patient's own language where the card has it; otherwise somebody chooses."""
        if self._wanted in CARD_LOCALES:
            return self._wanted
        spoken = self._visit.patient.language
        return locale_for(spoken, CARD_LOCALES) if known(spoken) else ""

    # Choosing -------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._choices = self._view.choices.choices()
        self._read()

    def _answered(self) -> None:
        self._choices = self._view.choices.choices()
        self._view.show_problem("")
        self._show_state()

    def _show_choices(self) -> None:
        around = self._around
        if around is None:
            return
        choices = self._view.choices
        choices.show_languages(self._languages(around))
        choices.show_choices(self._choices)
        choices.show_missing(
            Missing(
                appointment=""
                if self._visit.screening.return_visit_at
                else tr("None yet: set it under Next steps"),
                phone="" if around.place.phone else tr("Not entered under Facility"),
                support_line=""
                if around.has_support_line
                else tr("No number was checked within the year"),
            )
        )
        self._choices = choices.choices()
        self._show_state()

    def _languages(self, around: _Around) -> list[tuple[object, str]]:
        mine = catalog().locale
        offered: list[tuple[object, str]] = [] if self._choices.locale else [("", tr("Choose"))]
        for tag in CARD_LOCALES:
            name = both_names(tag, mine)
            if tag not in around.offered:
                name = tr("{language} (no text yet)").format(language=name)
            offered.append((tag, name))
        return offered

    # Showing --------------------------------------------------------------------------------

    def _read(self) -> None:
        """Both languages and the page, in one go."""
        around, chosen = self._around, self._choices
        if around is None:
            return
        session, screening, words = self._work.session, self._visit.screening, catalog()
        options, copy = self._options(), self._copy_may_leave()
        locale = chosen.locale if chosen.locale in around.offered else ""

        def read() -> _Reading:
            staff = documents.read_patient_card(session, screening, words, options)
            if not locale:
                return _Reading(staff)
            spoken = documents.paper_catalog(locale, offered=CARD_LOCALES)
            return _Reading(
                staff,
                documents.read_patient_card(session, screening, spoken, options),
                documents.preview_patient_card(session, screening.screening_id, locale, options)
                if copy
                else b"",
            )

        def show(reading: _Reading) -> None:
            if self._in_front and chosen == replace(self._choices, safe=chosen.safe):
                self._show_reading(reading)

        self._work.background.run(self._view, read, show)

    def _show_reading(self, reading: _Reading) -> None:
        self._patient_lines = reading.patient
        self._view.says.show_lines([Line(line.text, line.label) for line in reading.staff])
        preview = self._view.preview
        if reading.pdf:
            preview.show_page(reading.pdf)
        elif reading.patient:
            preview.show_nothing(
                tr("No paper for this visit"), tr("Read it together on the full screen.")
            )
        elif self._choices.locale:
            preview.show_nothing(
                tr("No text in this language yet"),
                tr("Choose another language the patient reads, or use an interpreter."),
            )
        else:
            preview.show_nothing(
                tr("Choose a language"), tr("The card appears here as it will be printed.")
            )
        self._show_state()

    def _show_state(self) -> None:
        """What is known about the translation, and whether a paper may leave."""
        around, locale = self._around, self._choices.locale
        has_text = around is not None and locale in around.offered
        who = self._work.session.content.guidance.reviewer(locale) if has_text else ""
        words = (
            tr("Read and approved by {who}").format(who=who)
            if who
            else tr("Not reviewed by a native clinician yet. Go through it with an interpreter.")
        )
        self._view.choices.show_review(words if has_text else "", read=bool(who))
        copy, safe = self._copy_may_leave(), self._choices.safe
        together = tr("If not: read it together, keep nothing.")
        self._view.choices.show_safety(
            together if copy else tr("No paper for this visit: read it together, keep nothing."),
            asked=copy,
        )
        note = tr("Not safe to carry: nothing is printed.") if copy and safe is False else ""
        self._view.show_footer(
            note,
            can_print=has_text and copy and safe is not False,
            can_show=has_text and bool(self._patient_lines),
        )

    def _copy_may_leave(self) -> bool:
        """A paper of a patient under 18 ends in the hands of whoever came along."""
        screening = self._visit.screening
        return not screening.is_child or screening.child_steps.copy_is_safe

    def _options(self) -> CardOptions:
        chosen = self._choices
        return CardOptions(
            appointment=chosen.appointment,
            facility_phone=chosen.phone,
            support_line=chosen.support_line,
            safe_to_carry=chosen.safe is True,
        )

    def _show_large(self) -> None:
        if self._patient_lines:
            said = (
                f"{line.label}\n{line.text}" if line.label else line.text
                for line in self._patient_lines
            )
            self._view.show_large("\n\n".join(said), self._choices.locale)

    # Printing -------------------------------------------------------------------------------

    @override
    def go_on(self) -> None:
        if not self._view.footer.primary_enabled or self._around is None:
            return
        if self._choices.safe is None:
            self._view.show_problem(tr("Ask the patient whether the card is safe to carry"))
            return
        session, options, locale = self._work.session, self._options(), self._choices.locale
        screening_id = self._visit.screening.screening_id

        def printed(document: IssuedDocument) -> None:
            self._work.navigator.go(
                "print_page",
                pdf=document.pdf,
                job=document.file_name.removesuffix(".pdf"),
                file_name=document.file_name,
                screening_id=screening_id,
                back=("patient_card", {"screening_id": screening_id, "locale": locale}),
            )

        self._work.background.run(
            self._view,
            lambda: documents.patient_card(session, screening_id, locale, options),
            printed,
        )
