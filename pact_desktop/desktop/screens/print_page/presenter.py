# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints or saves what it was given, and forgets it when it is left."""

from collections.abc import Callable
from pathlib import Path
from typing import Self

from pact_desktop.desktop.background import Background
from pact_desktop.desktop.printing import print_job, printer_names, save_file
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.print_page.view import PrintView
from pact_desktop.desktop.visit import VisitContext
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.errors import Fault
from pact_desktop.domain.screening import VisitStep
from pact_desktop.error_texts import sentence

PrintJob = Callable[..., Callable[[], None]]
"""Makes what puts a paper on a printer, called beside the window."""


class PrintPresenter:
    """Needs no session: what is printed was logged before it came here."""

    def __init__(
        self,
        view: PrintView,
        closed: Callable[[], object],
        background: Background,
        *,
        printers: Callable[[], list[str]] = printer_names,
        job: PrintJob = print_job,
        say: Callable[[str], object] = lambda _words: None,
        fail: Callable[[BaseException], object] = lambda _error: None,
    ) -> None:
        """`fail` tells of a page that failed when this one was left already."""
        self._view, self._closed, self._background = view, closed, background
        self._say, self._fail = say, fail
        self._printers, self._make_job = printers, job
        self._printing: object | None = None
        self._pdf, self._job, self._file_name = b"", "", ""
        self._back: tuple[str, dict[str, object]] | None = None
        view.entered.connect(self._enter)
        view.left.connect(self._forget)
        view.back_pressed.connect(self._go_back)
        view.primary_pressed.connect(self._print)
        view.print_wanted.connect(self._print)
        view.save_wanted.connect(self._ask_path)
        view.path_chosen.connect(self._save)

    @classmethod
    def in_session(cls, view: PrintView, work: Work) -> Self:
        """With a way back to the screen that sent the paper here."""
        notices = work.notices
        presenter = cls(
            view, work.navigator.back, work.background, say=notices.say, fail=notices.fail
        )
        presenter._show_visit_of(work)
        return presenter

    def _show_visit_of(self, work: Work) -> None:
        def show(arguments: dict[str, object]) -> None:
            visit = VisitContext.of(work)
            inside = "screening_id" in arguments and visit.is_open
            self._view.set_visit(visit.frame(VisitStep.NEXT_STEPS) if inside else None)

        def leave() -> None:
            if self._back is None:
                work.navigator.back()
            else:
                work.navigator.go(self._back[0], **self._back[1])

        self._closed = leave
        self._view.entered.connect(show)

    def _enter(self, arguments: dict[str, object]) -> None:
        pdf, back = arguments.get("pdf"), arguments.get("back")
        if not isinstance(pdf, bytes):
            # Came here by the step rail: the paper was forgotten when it was left.
            self._forget()
            self._go_back()
            return
        self._pdf, self._job = pdf, str(arguments.get("job", ""))
        self._file_name = str(arguments.get("file_name", "")) or f"{self._job}.pdf"
        self._back = back if isinstance(back, tuple) else None
        self._view.set_back(tr("Back"))
        self._view.show_paper(pdf, self._job)
        self._view.show_pages_count()
        self._view.show_printers(self._printers())
        if arguments.get("saving"):
            self._ask_path()

    def _forget(self) -> None:
        """A page on its way to the printer goes on, and is told wherever the user is then."""
        self._pdf, self._printing = b"", None
        self._view.forget_paper()

    def _go_back(self) -> None:
        self._closed()

    def _print(self) -> None:
        printer = self._view.chosen_printer()
        if not self._pdf or not printer or self._printing is not None:
            return
        if not self._view.said_nobody():
            self._view.show_problem(tr("Look who is standing at the printer, then tick the line"))
            return
        self._view.show_problem("")
        self._view.show_printing(printing=True)
        mine = self._printing = object()
        copies = self._view.chosen_copies()
        self._background.run_beside(
            self._view,
            self._make_job(self._pdf, printer, job_name=self._job, copies=copies),
            lambda _nothing: self._printed(mine),
            lambda error: self._not_printed(mine, error),
        )

    def _printed(self, which: object) -> None:
        self._say(tr("Sent to the printer. Take the page at once."))
        if self._printing is which:
            self._printing = None
            self._view.show_printing(printing=False)
            self._go_back()

    def _not_printed(self, which: object, error: BaseException) -> None:
        if self._printing is not which or not isinstance(error, Fault):
            self._fail(error)
        if self._printing is which:
            self._printing = None
            self._view.show_printing(printing=False)
            if isinstance(error, Fault):
                self._view.show_problem(sentence(catalog(), error))

    def _ask_path(self) -> None:
        self._view.ask_path(self._file_name)

    def _save(self, chosen: str) -> None:
        try:
            save_file(self._pdf, Path(chosen))
        except Fault as fault:
            self._view.show_problem(sentence(catalog(), fault))
            return
        self._view.show_problem("")
        self._say(tr("The page is saved."))
