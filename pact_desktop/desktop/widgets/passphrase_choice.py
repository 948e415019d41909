# SPDX-License-Identifier: GPL-3.0-or-later
"""How a person gets a passphrase: offered words, or words of their own, then typed again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.fields import Field
from pact_desktop.desktop.widgets.labels import OfferedWords, PlainLabel
from pact_desktop.desktop.widgets.passphrases import PassphraseEdit
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.widgets.ticks import TickBox
from pact_desktop.desktop.words import tr
from pact_desktop.domain.passphrases import same_passphrase


class PassphraseChoice:
    """One person's passphrase: the offered words, or words of their own, then once more."""

    def __init__(
        self,
        *,
        owner: PlainLabel,
        offer: OfferedWords,
        again: ActionButton,
        own: TickBox,
        own_field: Field,
        own_edit: PassphraseEdit,
        typed_field: Field,
        typed: PassphraseEdit,
    ) -> None:
        self.owner, self.offer, self.again, self.own = owner, offer, again, own
        self.own_field, self.own_edit = own_field, own_edit
        self.typed_field, self.typed = typed_field, typed
        own.toggled.connect(self._choose)
        self._choose(own=False)

    def retranslate(self) -> None:
        own = self.own.isChecked()
        self.typed_field.set_hint("" if own else tr("Between the words type hyphens or spaces"))

    def _choose(self, own: bool) -> None:  # noqa: FBT001 (slot of a toggle)
        self.own_field.setVisible(own)
        self.offer.setVisible(not own)
        self.again.setVisible(not own)
        self.retranslate()
        (self.own_edit if own else self.typed).setFocus()

    @property
    def chosen(self) -> str:
        """The passphrase this person will sign in with."""
        return self.own_edit.passphrase() if self.own.isChecked() else self.offer.text()

    @property
    def repeated(self) -> bool:
        return same_passphrase(self.typed.passphrase(), self.chosen)

    def forget(self) -> None:
        """Empties every line once they have served."""
        self.offer.setText("")
        self.own.setChecked(False)
        self.own_edit.clear()
        self.typed.clear()


class PassphrasePanel(QWidget):
    """The same choice where no form has drawn it.

    Signals:
        other_words_wanted: the person would like other words.
    """

    other_words_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        owner = PlainLabel(role="subtitle")
        self._hint = PlainLabel(role="small", tone="text2")
        offer = OfferedWords()
        for label in (owner, self._hint):
            label.setWordWrap(True)
        again = ActionButton(icon_name="clock-counter-clockwise")
        again.clicked.connect(self.other_words_wanted)
        own, own_edit, typed = TickBox(), PassphraseEdit(), PassphraseEdit()
        own_field, typed_field = Field("", own_edit), Field("", typed)
        frame = _offered(offer, again)
        own.toggled.connect(frame.setHidden)
        column = QVBoxLayout(self)
        space_out(column, gap=12)
        for widget in (owner, self._hint, frame, own, own_field, typed_field):
            column.addWidget(widget)
        column.addStretch(1)
        # Only now that every part stands in the panel: one without a parent would be a window.
        self.choice = PassphraseChoice(
            owner=owner,
            offer=offer,
            again=again,
            own=own,
            own_field=own_field,
            own_edit=own_edit,
            typed_field=typed_field,
            typed=typed,
        )
        self.retranslate()

    def retranslate(self) -> None:
        choice = self.choice
        self._hint.setText(
            tr(
                "Words made for this person. Copy them by hand, or choose your own words "
                "with 15 letters or more."
            )
        )
        choice.again.setText(tr("Other words"))
        choice.own.setText(tr("Choose my own"))
        choice.own_field.set_label(tr("Own passphrase"))
        choice.typed_field.set_label(tr("Type it once more, to learn it"))
        choice.retranslate()


def _offered(offer: OfferedWords, again: ActionButton) -> QFrame:
    frame = QFrame()
    frame.setProperty("kind", "sunken")
    column = QVBoxLayout(frame)
    space_out(column, (16, 12, 12, 12), 10)
    column.addWidget(offer)
    column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeading)
    return frame
