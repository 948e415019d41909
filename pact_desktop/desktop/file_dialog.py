# SPDX-License-Identifier: GPL-3.0-or-later
"""Choosing where a file goes, in a window that the cover can hide and that keeps no history."""

from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from pact_desktop.desktop.words import tr


def choose_save_path(parent: QWidget, name: str) -> Path | None:
    """Where to save a PDF, or None. The suggested name is neutral; nothing is remembered."""
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, tr("Save as PDF"), home or QDir.homePath(), "PDF (*.pdf)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(name)
    dialog.setHistory([])
    if not dialog.exec():
        return None
    chosen = dialog.selectedFiles()
    return Path(chosen[0]) if chosen else None
