# SPDX-License-Identifier: GPL-3.0-or-later
"""The print page: a neutral name, a look around first, and a clear word when it fails."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageChops, ImageStat
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.background import Background
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
        self.ready = threading.Event()
        self.ready.set()

    def __call__(self, _pdf: bytes, name: str, *, job_name: str, copies: int) -> Callable[[], None]:
        def put_on_paper() -> None:
            self.ready.wait()
            if self.broken:
                raise Fault(FaultCode.PRINTER_FAILED)
            self.jobs.append((name, job_name, copies))

        return put_on_paper


@dataclass
class Page:
    """The print page with its own thread, and what it said."""

    view: PrintView
    background: Background
    closed: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)

    def settle(self) -> None:
        while self.background.busy:
            QTest.qWait(5)

    def print_now(self) -> None:
        self.view.nobody.click()
        self.view.primary_pressed.emit()


OpenPage = Callable[[Printer, list[str]], Page]


@pytest.fixture
def open_page(qtbot: QtBot, paper: bytes) -> Iterator[OpenPage]:
    backgrounds: list[Background] = []

    def opened(printer: Printer, names: list[str]) -> Page:
        failed: list[BaseException] = []
        page = Page(PrintView(), Background(failed.append), failed=failed)
        backgrounds.append(page.background)
        page.view.presenter = PrintPresenter(
            page.view,
            lambda: page.closed.append("closed"),
            page.background,
            printers=lambda: names,
            job=printer,
            say=page.said.append,
            fail=page.failed.append,
        )
        qtbot.addWidget(page.view)
        page.view.show()
        page.view.enter({"pdf": paper, "job": "7KQ-42M-X"})
        return page

    yield opened
    for background in backgrounds:
        background.stop()


def test_nothing_is_printed_before_somebody_looked_around(
    open_page: OpenPage, paper: bytes
) -> None:
    """The question who is standing at the printer has to be answered for each paper."""
    printer = Printer()
    page = open_page(printer, ["Desk"])
    page.view.primary_pressed.emit()
    page.settle()
    assert printer.jobs == []
    assert page.view.problems.isVisible()
    page.print_now()
    page.settle()
    assert printer.jobs == [("Desk", "7KQ-42M-X", 1)]
    assert page.closed == ["closed"]
    page.view.enter({"pdf": paper, "job": "7KQ-42M-X"})
    assert not page.view.nobody.isChecked()
    assert page.view.footer.primary_enabled


def test_a_printer_that_fails_is_said_in_words(open_page: OpenPage) -> None:
    """The page stays where it is, so that it can be tried again or saved."""
    page = open_page(Printer(broken=True), ["Desk"])
    page.print_now()
    page.settle()
    assert page.view.problems.isVisible()
    assert page.closed == []
    assert page.view.footer.primary_enabled


def test_the_window_does_not_wait_for_the_printer(open_page: OpenPage) -> None:
    """Meanwhile everything answers, and the page is not sent twice."""
    printer = Printer()
    printer.ready.clear()
    page = open_page(printer, ["Desk"])
    page.print_now()
    assert page.background.busy
    assert not page.view.footer.primary_enabled
    page.view.primary_pressed.emit()
    printer.ready.set()
    page.settle()
    assert len(printer.jobs) == 1
    assert page.said == ["Sent to the printer. Take the page at once."]


@pytest.mark.parametrize("broken", [False, True])
def test_a_page_that_was_left_is_printed_all_the_same(
    open_page: OpenPage, paper: bytes, *, broken: bool
) -> None:
    """What comes of it is told where the user is then; the next paper is not touched by it."""
    printer = Printer(broken=broken)
    printer.ready.clear()
    page = open_page(printer, ["Desk"])
    page.print_now()
    page.view.leave()
    page.view.enter({"pdf": paper, "job": "ABC-DEF-G"})
    printer.ready.set()
    page.settle()
    assert (len(printer.jobs), len(page.said), len(page.failed)) == (
        (0, 0, 1) if broken else (1, 1, 0)
    )
    assert page.closed == []
    assert page.view.pages.page_count() > 0


def test_the_cover_works_while_a_page_is_printed(qtbot: QtBot, paper: bytes) -> None:
    """Somebody comes in while the printer is slow: F12 hides everything at once."""
    printer = Printer()
    printer.ready.clear()
    window = MainWindow(SteppableClock(), Settings(), locks=False)
    qtbot.addWidget(window)
    background = Background(window.notices.fail, window)
    view = PrintView()
    view.presenter = PrintPresenter(
        view, lambda: None, background, printers=lambda: ["Desk"], job=printer
    )
    window.navigator.register("print_page", lambda: view)
    window.show()
    window.navigator.go("print_page", pdf=paper, job="7KQ-42M-X")
    view.nobody.click()
    view.primary_pressed.emit()
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert window.covered
    assert printer.jobs == []
    printer.ready.set()
    background.stop()
    assert window.covered
    assert len(printer.jobs) == 1


def test_without_a_printer_saving_is_offered(
    open_page: OpenPage, paper: bytes, tmp_path: Path
) -> None:
    """The computer says that it has none; the file is readable for its owner alone."""
    view = open_page(Printer(), []).view
    assert not view.printer.isVisible()
    assert view.footer.primary == ""
    view.path_chosen.emit(str(tmp_path / "7KQ-42M-X.pdf"))
    assert (tmp_path / "7KQ-42M-X.pdf").read_bytes() == paper
    assert (tmp_path / "7KQ-42M-X.pdf").stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_written_is_said(open_page: OpenPage, tmp_path: Path) -> None:
    """A folder that does not exist loses nothing."""
    view = open_page(Printer(), []).view
    view.path_chosen.emit(str(tmp_path / "gone" / "a.pdf"))
    assert view.problems.isVisible()


def test_the_paper_is_forgotten_when_the_page_is_left(open_page: OpenPage) -> None:
    """Nobody finds it there later."""
    view = open_page(Printer(), ["Desk"]).view
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
    one, other = (
        document[0].render(scale=1).to_pil().convert("L") for document in (printed, wanted)
    )
    assert one.getextrema()[0] < 128
    # The strips meet: nothing of the page is missing, doubled or moved between them.
    shift = ImageStat.Stat(ImageChops.difference(one.resize(other.size), other)).mean[0]
    assert shift < 3
    printed.close()
    wanted.close()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_picture(qtbot: QtBot, paper: bytes, name: str) -> None:
    """The page in the window, as the set-up assistant shows it."""
    dress(name)
    window = MainWindow(SteppableClock(), Settings(), locks=False)
    qtbot.addWidget(window)
    background = Background(window.notices.fail, window)
    window.navigator.register(
        "print_page", lambda: before_session(closed=window.close, background=background)
    )
    window.resize(1366, 696)
    window.show()
    view = window.navigator.go("print_page", pdf=paper, job="7KQ-42M-X")
    assert isinstance(view, PrintView)
    view.show_printers(["Desk printer"])
    assert picture(window, f"print_page-en-{name}").exists()
    dress()
