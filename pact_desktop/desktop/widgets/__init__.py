# SPDX-License-Identifier: GPL-3.0-or-later
"""The kit: widgets painted from the tokens, the same on every screen."""

from typing import Final, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from pact_desktop.desktop.widgets.avatars import Avatar
from pact_desktop.desktop.widgets.banners import (
    Banner,
    BannerText,
    EmptyState,
    announce,
)
from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.cards import Card, ScrollPage, SidePane
from pact_desktop.desktop.widgets.chips import Chip, ChipText
from pact_desktop.desktop.widgets.choice_rows import ChoiceRows
from pact_desktop.desktop.widgets.dates import DateEdit
from pact_desktop.desktop.widgets.dialogs import QuestionDialog
from pact_desktop.desktop.widgets.editors import Combo, LineEdit, SearchEdit, TextArea
from pact_desktop.desktop.widgets.error_summary import ErrorSummary
from pact_desktop.desktop.widgets.fields import Field
from pact_desktop.desktop.widgets.labels import KeyCap, OfferedWords, PlainLabel
from pact_desktop.desktop.widgets.notes import CountRow, IconMark, NoteLine
from pact_desktop.desktop.widgets.page_stack import PageStack
from pact_desktop.desktop.widgets.passphrases import PassphraseEdit
from pact_desktop.desktop.widgets.pdf_view import PdfView
from pact_desktop.desktop.widgets.progress import Dot, ProgressLine, Track, TrackCell
from pact_desktop.desktop.widgets.read_aloud import PatientText, ReadAloud
from pact_desktop.desktop.widgets.segments import Segments
from pact_desktop.desktop.widgets.tables import Column, ColumnKind, Row, RowTable
from pact_desktop.desktop.widgets.ticks import RadioRow, TickBox
from pact_desktop.desktop.widgets.track_steps import TrackStep, TrackSteps


@runtime_checkable
class FromForm(Protocol):
    """A widget that has to look at what the form put into it."""

    def form_loaded(self) -> None: ...


class _MadeByForm(Protocol):
    """A widget class a form can make: everything but the parent has a starting value."""

    def __call__(self, *, parent: QWidget | None) -> QWidget: ...


FORM_CLASSES: Final[dict[str, _MadeByForm]] = {
    "ActionButton": ActionButton,
    "Avatar": Avatar,
    "Banner": Banner,
    "Card": Card,
    "Chip": Chip,
    "ChoiceRows": ChoiceRows,
    "Combo": Combo,
    "CountRow": CountRow,
    "DateEdit": DateEdit,
    "EmptyState": EmptyState,
    "ErrorSummary": ErrorSummary,
    "Field": Field,
    "IconMark": IconMark,
    "KeyCap": KeyCap,
    "LineEdit": LineEdit,
    "NoteLine": NoteLine,
    "PageStack": PageStack,
    "OfferedWords": OfferedWords,
    "PassphraseEdit": PassphraseEdit,
    "PatientText": PatientText,
    "PdfView": PdfView,
    "PlainLabel": PlainLabel,
    "ProgressLine": ProgressLine,
    "RadioRow": RadioRow,
    "ReadAloud": ReadAloud,
    "RowTable": RowTable,
    "ScrollPage": ScrollPage,
    "SearchEdit": SearchEdit,
    "Segments": Segments,
    "SidePane": SidePane,
    "TextArea": TextArea,
    "TickBox": TickBox,
    "Track": Track,
    "TrackSteps": TrackSteps,
}
"""Names that a form may use for its promoted widgets."""

__all__ = [
    "FORM_CLASSES",
    "ActionButton",
    "Avatar",
    "Banner",
    "BannerText",
    "Card",
    "Chip",
    "ChipText",
    "ChoiceRows",
    "Column",
    "ColumnKind",
    "Combo",
    "CountRow",
    "DateEdit",
    "Dot",
    "EmptyState",
    "ErrorSummary",
    "Field",
    "FromForm",
    "IconMark",
    "KeyCap",
    "LineEdit",
    "NoteLine",
    "OfferedWords",
    "PageStack",
    "PassphraseEdit",
    "PatientText",
    "PdfView",
    "PlainLabel",
    "ProgressLine",
    "QuestionDialog",
    "RadioRow",
    "ReadAloud",
    "Row",
    "RowTable",
    "ScrollPage",
    "SearchEdit",
    "Segments",
    "SidePane",
    "TextArea",
    "TickBox",
    "Track",
    "TrackCell",
    "TrackStep",
    "TrackSteps",
    "announce",
]
