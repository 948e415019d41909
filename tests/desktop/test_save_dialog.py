# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a paper was kept stands in no list, and the cover can hide every part of the question."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.save_dialog import ask_where_to_save
from tests.desktop.typing_keys import press
from tests.desktop.window_support import Bench

FOLDER = "Ana-K-1992"


@pytest.fixture
def wishes(tmp_path: Path) -> Iterator[Path]:
    """Qt writes what it remembers into this folder, and not into the tester's own."""
    folder = tmp_path / "wishes"
    native, user = QSettings.Format.NativeFormat, QSettings.Scope.UserScope
    before = Path(QSettings(native, user, "QtProject").fileName()).parent
    QSettings.setPath(native, user, str(folder))
    yield folder
    QSettings.setPath(native, user, str(before))


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    made = Bench(qtbot)
    made.private()
    return made


def written(folder: Path) -> str:
    return "".join(path.read_text() for path in folder.rglob("*") if path.is_file())


def close(dialog: QFileDialog) -> None:
    """Now, not when the event loop comes round to it."""
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not shiboken6.isValid(dialog)


def test_no_folder_is_remembered(bench: Bench, tmp_path: Path, wishes: Path) -> None:
    """Qt's own dialog writes them down for every program of this user; they are taken out."""
    (tmp_path / FOLDER).mkdir()
    chosen: list[Path] = []
    dialog = ask_where_to_save(bench.window, "sheet.pdf", chosen.append)
    dialog.setDirectory(str(tmp_path / FOLDER))
    dialog.selectFile("sheet.pdf")
    dialog.accept()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert chosen == [tmp_path / FOLDER / "sheet.pdf"]
    assert FOLDER not in written(wishes)
    assert "FileDialog" not in written(wishes)


@pytest.mark.skipif(sys.platform == "win32", reason="Qt writes into the registry there")
def test_qt_does_remember_when_nobody_takes_it_out(
    bench: Bench, tmp_path: Path, wishes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it did not, the test above would prove nothing."""
    monkeypatch.setattr("pact_desktop.desktop.save_dialog.forget_folders", lambda: None)
    (tmp_path / FOLDER).mkdir()
    dialog = ask_where_to_save(bench.window, "sheet.pdf", lambda _path: None)
    dialog.setDirectory(str(tmp_path / FOLDER))
    close(dialog)
    assert FOLDER in written(wishes)


@pytest.mark.usefixtures("wishes")
def test_the_cover_hides_the_question_and_it_comes_back(bench: Bench) -> None:
    """With the name that was typed, and it can still be answered."""
    chosen: list[Path] = []
    dialog = ask_where_to_save(bench.window, "sheet.pdf", chosen.append)
    assert dialog.isVisible()
    bench.press(Qt.Key.Key_F12)
    assert bench.window.covered
    assert not dialog.isVisible()
    assert bench.visible_words() & {"sheet.pdf", "Save"} == set()
    bench.press(Qt.Key.Key_F12)
    assert dialog.isVisible()
    assert dialog.selectedFiles()[0].endswith("sheet.pdf")
    close(dialog)


@pytest.mark.usefixtures("wishes")
def test_the_cover_hides_the_question_whether_to_replace(bench: Bench, tmp_path: Path) -> None:
    """It is Qt's own and waits inside the other; the cover answers it with no."""
    kept = tmp_path / "sheet.pdf"
    kept.write_bytes(b"older")
    chosen: list[Path] = []
    dialog = ask_where_to_save(bench.window, "sheet.pdf", chosen.append)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("sheet.pdf")
    seen: list[bool] = []

    def cover() -> None:
        question = QApplication.activeModalWidget()
        assert question is not None
        assert question is not dialog
        press(question, Qt.Key.Key_F12)
        seen.append(question.isVisible())

    QTimer.singleShot(0, cover)
    dialog.accept()
    assert seen == [False]
    assert bench.window.covered
    assert chosen == []
    bench.press(Qt.Key.Key_F12)
    assert dialog.isVisible()
    close(dialog)
