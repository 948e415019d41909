# SPDX-License-Identifier: GPL-3.0-or-later
"""The bars of the frame: header, patient bar, footer."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pact_desktop.desktop import icons, painting, theme
from pact_desktop.desktop.frame import Footer, User, VisitFrame
from pact_desktop.desktop.widgets import ActionButton, Chip, IconMark, PlainLabel
from pact_desktop.desktop.widgets.avatars import paint_avatar
from pact_desktop.desktop.widgets.labels import tip
from pact_desktop.desktop.widgets.notes import NoteLine
from pact_desktop.desktop.words import tr

_MOST_CHIPS: Final = 2


class UserButton(QAbstractButton):
    """Who is signed in; opens the menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._user = User("", "")
        self._compact = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_user(self, user: User) -> None:
        self._user = user
        self.setAccessibleName(f"{user.name}, {user.role}")
        self.setVisible(bool(user.name))
        self.updateGeometry()
        self.update()

    def set_compact(self, *, compact: bool) -> None:
        self._compact = compact
        self.setToolTip(tip(self._user.name) if compact else "")
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        disc = theme.scaled(30) + 2 * theme.space("m")
        if self._compact:
            return QSize(disc + theme.space("xs"), theme.scaled(40))
        name = painting.text_size(self._user.name, theme.font("label")).width()
        role = painting.text_size(self._user.role, theme.font("small")).width()
        return QSize(
            round(max(name, role)) + disc + theme.scaled(14) + 2 * theme.space("m") + 4,
            theme.scaled(40),
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        area = QRectF(self.rect())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        edge = theme.scaled(30 if not self._compact else 36)
        disc = QRectF(theme.space("m"), (area.height() - edge) / 2, edge, edge)
        if rtl:
            disc.moveRight(area.right() - theme.space("m"))
        paint_avatar(painter, disc, self._user.name)
        if self._compact:
            return
        caret = theme.scaled(14)
        square = QRectF(area.right() - caret - theme.space("m"), 0, caret, caret)
        if rtl:
            square.moveLeft(theme.space("m"))
        square.moveTop((area.height() - caret) / 2)
        icons.paint_icon(painter, square, "caret-down", theme.colour("text2"))
        room = edge + 2 * theme.space("m")
        tail = caret + 2 * theme.space("m")
        words = area.adjusted(tail, 0, -room, 0) if rtl else area.adjusted(room, 0, -tail, 0)
        self._paint_words(painter, words)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        lead, half = painting.Flag.AlignLeading, area.height() / 2
        above, below = QRectF(area), QRectF(area)
        above.setHeight(half)
        below.setTop(area.top() + half + 1)
        painting.text(
            painter,
            above,
            self._user.name,
            theme.font("label"),
            theme.colour("text"),
            align=lead | painting.Flag.AlignBottom,
            elide=True,
        )
        painting.text(
            painter,
            below,
            self._user.role,
            theme.font("small"),
            theme.colour("text2"),
            align=lead | painting.Flag.AlignTop,
            elide=True,
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class Header(QFrame):
    """Facility, private chip, find, urgent help, cover, user: the same on every screen."""

    find_pressed = Signal()
    help_pressed = Signal()
    cover_pressed = Signal()
    user_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "header")
        self._facility, self._narrow_name = "", ""
        self._mark = IconMark("clipboard-text", tone="accentText", px=20)
        self._title = PlainLabel(role="subtitle")
        self._title.setProperty("elide", True)  # noqa: FBT003 (Qt takes it so)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._private = Chip(tone="caution", icon="eye-slash")
        self._private.hide()
        self.find_button = ActionButton(
            kind="toolbar", icon_name="magnifying-glass", key_cap="Ctrl K"
        )
        self.help_button = ActionButton(kind="toolbar", icon_name="first-aid-kit", key_cap="F9")
        self.cover_button = ActionButton(kind="toolbar", icon_name="monitor", key_cap="F12")
        self.user = UserButton()
        self.user.hide()
        self._divider = QFrame()
        self._divider.setProperty("kind", "divider_upright")
        self.find_button.clicked.connect(self.find_pressed)
        self.help_button.clicked.connect(self.help_pressed)
        self.cover_button.clicked.connect(self.cover_pressed)
        self.user.clicked.connect(self.user_pressed)
        self._row = QHBoxLayout(self)
        for widget, stretch in (
            (self._mark, 0),
            (self._title, 1),
            (self._private, 0),
            (self.find_button, 0),
            (self.help_button, 0),
            (self.cover_button, 0),
            (self._divider, 0),
            (self.user, 0),
        ):
            self._row.addWidget(widget, stretch)
        self._fit()
        self.retranslate()

    def show_facility(self, name: str) -> None:
        self._facility = name
        self._refresh()

    def show_user(self, user: User) -> None:
        self.user.show_user(user)
        self._divider.setVisible(bool(user.name))

    def show_private(self, *, private: bool) -> None:
        self._private.setVisible(private)

    def set_width(self, logical: int, patient: str) -> None:
        """Below 1100 icons with key caps, below 760 the patient in place of the facility."""
        compact = logical < theme.reflow("rail_compact_below")
        for button in (self.find_button, self.help_button, self.cover_button):
            button.set_compact(compact=compact)
        self.user.set_compact(compact=compact)
        self._divider.setVisible(not compact and not self.user.isHidden())
        self._mark.setVisible(not compact)
        self._narrow_name = patient if logical < theme.reflow("one_column_below") else ""
        self._refresh()

    def retranslate(self) -> None:
        self._private.setProperty("text", tr("Private view"))
        self.find_button.setText(tr("Find patient"))
        self.help_button.setText(tr("Urgent help"))
        self.cover_button.setText(tr("Cover"))
        for button in (self.find_button, self.help_button, self.cover_button):
            button.setAccessibleName(button.text())

    def _refresh(self) -> None:
        self._title.setText(self._narrow_name or self._facility)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _fit(self) -> None:
        self.setFixedHeight(theme.size("header"))
        self._row.setContentsMargins(theme.scaled(20), 0, 0, 0)
        self._row.setSpacing(theme.space("m"))


class PatientBar(QFrame):
    """Whose visit this is; never a level, never a diagnosis, at most two chips."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "patient_bar")
        self._visit: VisitFrame | None = None
        self._name = PlainLabel(role="subtitle")
        self._facts = PlainLabel(role="small")
        for label in (self._name, self._facts):
            label.setProperty("elide", True)  # noqa: FBT003 (Qt takes it so)
        words = QVBoxLayout()
        words.setSpacing(theme.scaled(2))
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        words.addStretch(1)
        self._chips = [Chip() for _ in range(_MOST_CHIPS)]
        self._row = QHBoxLayout(self)
        self._row.addLayout(words, 1)
        for chip in self._chips:
            self._row.addWidget(chip)
        self._fit()

    def show_visit(self, visit: VisitFrame | None, *, narrow: bool) -> None:
        self._visit = visit
        if visit is None:
            return
        self._name.setText(visit.patient)
        self._facts.setText(visit.short_facts if narrow and visit.short_facts else visit.facts)
        for position, chip in enumerate(self._chips):
            shown = position < len(visit.chips)
            chip.setVisible(shown)
            if shown:
                chip.show_chip(visit.chips[position])

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(theme.size("patient_bar"))
        self._row.setContentsMargins(theme.space("xl"), 0, theme.scaled(20), 0)
        self._row.setSpacing(theme.space("s"))


class FooterBar(QFrame):
    """Back and saved at the leading edge, the one primary at the trailing edge."""

    back_pressed = Signal()
    extra_pressed = Signal()
    secondary_pressed = Signal()
    primary_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "footer")
        self.back = ActionButton(kind="quiet", icon_name="arrow-left")
        self._saved = NoteLine(icon="check-circle", tone="text2")
        self._saved.mark.set_icon("check-circle", "ok")
        self._saved.set_single_line()
        self._footer = Footer()
        self._note = PlainLabel(role="small")
        self.extra = ActionButton()
        self.secondary = ActionButton()
        self.primary = ActionButton(kind="primary")
        self.back.clicked.connect(self.back_pressed)
        self.extra.clicked.connect(self.extra_pressed)
        self.secondary.clicked.connect(self.secondary_pressed)
        self.primary.clicked.connect(self.primary_pressed)
        self._row = QHBoxLayout(self)
        # The window decides how wide the footer is, not what stands in it.
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(self.back)
        self._row.addWidget(self._saved)
        self._row.addStretch(1)
        for widget in (self._note, self.extra, self.secondary, self.primary):
            self._row.addWidget(widget)
        self._fit()

    def show_footer(self, footer: Footer) -> None:
        for widget, words in (
            (self.back, footer.back),
            (self.extra, footer.extra),
            (self.secondary, footer.secondary),
            (self.primary, footer.primary),
        ):
            widget.setText(words)
            widget.setVisible(bool(words))
        self._saved.set_text(footer.saved)
        self._saved.setVisible(bool(footer.saved))
        self._note.setText(footer.note)
        self._note.setVisible(bool(footer.note))
        self.secondary.setEnabled(footer.secondary_enabled)
        self.primary.setEnabled(footer.primary_enabled)
        self.setVisible(not footer.empty)
        self._footer = footer
        self._give_way()

    @property
    def _leading(self) -> ActionButton:
        return self.secondary if self._footer.lead == "secondary" else self.primary

    def _dress(self) -> None:
        """Colour and key of the primary; its room is held also while the other button leads."""
        footer = self._footer
        self.primary.set_kind("primary")
        self.primary.set_key_cap(footer.primary_key)
        self.primary.setMinimumWidth(self.primary.sizeHint().width() if footer.lead else 0)
        self.secondary.set_kind(footer.secondary_kind)
        self.secondary.set_key_cap("")
        if self._leading is self.secondary:
            self.primary.set_kind("secondary")
            self.primary.set_key_cap("")
            self.secondary.set_kind("primary")
            self.secondary.set_key_cap(footer.primary_key)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.size("footer"))

    def _give_way(self) -> None:
        """Where there is little room the buttons keep their words and the rest steps back."""
        footer = self._footer
        steps: tuple[Callable[[], object], ...] = (
            lambda: self._leading.set_key_cap(""),
            lambda: self._saved.set_compact(compact=True),
            self._note.hide,
            lambda: self.back.set_compact(compact=True),
            lambda: self._set_edges("s"),
            lambda: self.primary.setMinimumWidth(0),
        )
        self._set_edges("xl")
        self._dress()
        self._saved.set_compact(compact=False)
        self._note.setVisible(bool(footer.note))
        self.back.set_compact(compact=False)
        for step in steps:
            if self._wanted() <= self.width():
                return
            step()

    def _wanted(self) -> int:
        """The width all parts would like to have."""
        parts = (self.back, self._saved, self._note, self.extra, self.secondary, self.primary)
        widths = [
            max(part.sizeHint().width(), part.minimumWidth())
            for part in parts
            if not part.isHidden()
        ]
        margins = self._row.contentsMargins()
        return sum(widths) + len(widths) * self._row.spacing() + margins.left() + margins.right()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(theme.size("footer"))
        self._row.setSpacing(theme.space("s"))
        self._give_way()

    def _set_edges(self, token: str) -> None:
        edge = theme.space(token)
        self._row.setContentsMargins(edge, 0, edge, 0)
