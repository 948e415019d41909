# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks where a file is to be kept or is; what was looked at is in no list afterwards."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from pact_desktop.desktop.words import tr

PDF: Final = "PDF (*.pdf)"
CSV: Final = "CSV (*.csv)"
JSON: Final = "JSON (*.json)"
_QT_REMEMBERS: Final = ("QtProject", "FileDialog")
"""Organisation and group under which Qt's own dialog keeps folders for every program."""


def ask_where_to_save(
    parent: QWidget, suggested: str, chosen: Callable[[Path], object], *, kind: str = PDF
) -> QFileDialog:
    """Opens Qt's own dialog and does not wait: the cover can hide it, which no native one allows.

    `chosen` is told the file, and nothing when the person goes back.
    """
    dialog = _own_dialog(parent, chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(Path(suggested).suffix.removeprefix("."))
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Save"))
    dialog.selectFile(suggested)
    dialog.open()
    return dialog


def ask_for_folder(parent: QWidget, chosen: Callable[[Path], object]) -> QFileDialog:
    """The same for a folder that is there, such as a stick."""
    dialog = _own_dialog(parent, chosen)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Choose"))
    dialog.open()
    return dialog


def ask_for_file(parent: QWidget, kind: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """The same for a file that is there; `kind` is its name and pattern, as Qt writes them."""
    dialog = _own_dialog(parent, chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kind)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Choose"))
    dialog.open()
    return dialog


def _own_dialog(parent: QWidget, chosen: Callable[[Path], object]) -> QFileDialog:
    dialog = QFileDialog(parent.window(), tr("Intake"))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setLabelText(QFileDialog.DialogLabel.Reject, tr("Go back"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileName, tr("File name"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("Kind of file"))
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("Folder"))
    dialog.setHistory([])
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.destroyed.connect(forget_folders)
    return dialog


def forget_folders() -> None:
    """Takes out what the dialog has written down about folders; it does so when it is deleted."""
    organisation, group = _QT_REMEMBERS
    kept = QSettings(QSettings.Scope.UserScope, organisation)
    kept.remove(group)
    kept.sync()
