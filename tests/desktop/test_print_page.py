# SPDX-License-Identifier: GPL-3.0-or-later
"""The print page: a neutral name, a look around first, and a clear word when it fails."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.printing import draw_pages
from pact_desktop.desktop.screens.print_page import before_session
from pact_desktop.desktop.screens.print_page.presenter import PrintPresenter
from pact_desktop.desktop.screens.print_page.view import PrintView
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.services.documents import recovery_sheet
from pact_desktop.settings import Settings
from tests.desktop.visit_support import dress, picture
from tests.factories import SteppableClock


@pytest.fixture(scope="module")
def paper() -> bytes:
    return recovery_sheet("ABCD-EFGH-JKLM-NPQR", "en", made_on=date(2026, 11, 23))


class Printer:
    """Stands for the printer at the end of the cable."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.jobs: list[tuple[str, str, int]] = []

    def __call__(self, _pdf: bytes, name: str, *, job_name: str, copies: int) -> None:
        if self.broken:
            raise Fault(FaultCode.PRINTER_FAILED)
        self.jobs.append((name, job_name, copies))


def open_page(
    qtbot: QtBot, paper: bytes, printer: Printer, names: list[str]
) -> tuple[PrintView, list[str]]:
    view, closed = PrintView(), list[str]()
    view.presenter = PrintPresenter(
        view, lambda: closed.append("closed"), printers=lambda: names, put_on_paper=printer
    )
    qtbot.addWidget(view)
    view.show()
    view.enter({"pdf": paper, "job": "7KQ-42M-X"})
    return view, closed


def test_nothing_is_printed_before_somebody_looked_around(qtbot: QtBot, paper: bytes) -> None:
    """The question who is standing at the printer has to be answered for each paper."""
    printer = Printer()
    view, closed = open_page(qtbot, paper, printer, ["Desk"])
    view.primary_pressed.emit()
    assert printer.jobs == []
    assert view.problems.isVisible()
    view.nobody.click()
    view.primary_pressed.emit()
    assert printer.jobs == [("Desk", "7KQ-42M-X", 1)]
    assert closed == ["closed"]
    view.enter({"pdf": paper, "job": "7KQ-42M-X"})
    assert not view.nobody.isChecked()


def test_a_printer_that_fails_is_said_in_words(qtbot: QtBot, paper: bytes) -> None:
    """The page stays where it is, so that it can be tried again or saved."""
    view, closed = open_page(qtbot, paper, Printer(broken=True), ["Desk"])
    view.nobody.click()
    view.primary_pressed.emit()
    assert view.problems.isVisible()
    assert closed == []


def test_without_a_printer_saving_is_offered(qtbot: QtBot, paper: bytes, tmp_path: Path) -> None:
    """The computer says that it has none; the file is readable for its owner alone."""
    view, _ = open_page(qtbot, paper, Printer(), [])
    assert not view.printer.isVisible()
    assert view.footer.primary == ""
    view.path_chosen.emit(str(tmp_path / "7KQ-42M-X.pdf"))
    assert (tmp_path / "7KQ-42M-X.pdf").read_bytes() == paper
    assert (tmp_path / "7KQ-42M-X.pdf").stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_written_is_said(qtbot: QtBot, paper: bytes, tmp_path: Path) -> None:
    """A folder that does not exist loses nothing."""
    view, _ = open_page(qtbot, paper, Printer(), [])
    view.path_chosen.emit(str(tmp_path / "gone" / "a.pdf"))
    assert view.problems.isVisible()


def test_the_paper_is_forgotten_when_the_page_is_left(qtbot: QtBot, paper: bytes) -> None:
    """Nobody finds it there later."""
    view, _ = open_page(qtbot, paper, Printer(), ["Desk"])
    assert view.pages.page_count() > 0
    view.leave()
    assert view.pages.page_count() == 0


def test_pages_reach_the_sheet_at_their_own_size(
    qtbot: QtBot, paper: bytes, tmp_path: Path
) -> None:
    """What is drawn for the printer has as many pages as the paper, and ink on each."""
    del qtbot
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(300)
    printer.setFullPage(True)
    draw_pages(paper, printer)
    printed, wanted = (
        pypdfium2.PdfDocument(tmp_path / "out.pdf"), pypdfium2.PdfDocument(paper)
    )  # fmt: skip
    assert len(printed) == len(wanted)
    assert printed[0].render(scale=0.3).to_pil().convert("L").getextrema()[0] < 128
    printed.close()
    wanted.close()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_picture(qtbot: QtBot, paper: bytes, name: str) -> None:
    """The page in the window, as the set-up assistant shows it."""
    dress(name)
    window = MainWindow(SteppableClock(), Settings(), locks=False)
    qtbot.addWidget(window)
    closed: Callable[[], None] = lambda: None  # noqa: E731 the way back leads nowhere here
    window.navigator.register("print_page", lambda: before_session(closed=closed))
    window.resize(1366, 696)
    window.show()
    view = window.navigator.go("print_page", pdf=paper, job="7KQ-42M-X")
    assert isinstance(view, PrintView)
    view.show_printers(["Desk printer"])
    assert picture(window, f"print_page-en-{name}").exists()
    dress()
