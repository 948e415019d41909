# SPDX-License-Identifier: GPL-3.0-or-later
"""Five offers, each accepted, declined or not made; no answer looks better than another."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pact_desktop.desktop.screens.next_steps.rows import ActionRow, card_head, divider
from pact_desktop.desktop.widgets import Card, IconMark, PlainLabel, Segments
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.screening import Offer, OfferAnswer
from pact_desktop.terms import term

_ICONS = {
    Offer.TREATMENT_AND_RETURN: "first-aid-kit",
    Offer.INFORMATION_CARD: "identification-card",
    Offer.CALL_NOW: "phone-call",
    Offer.CONTACT_PERSON: "user",
    Offer.REFERRAL: "paper-plane-tilt",
}


class OffersCard(Card):
    """The patient chooses each one.

    Signals:
        changed: an offer was answered or cleared.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        space_out(self.body, (1, 1, 1, 8), 0)
        self._heading_words = PlainLabel(role="subtitle")
        self._remark = PlainLabel(role="small", tone="text2")
        self.body.addLayout(card_head(self._heading_words, self._remark))
        self.body.addWidget(divider())
        self.answers: dict[Offer, Segments] = {}
        self._rows: dict[Offer, ActionRow] = {}
        for offer in Offer:
            self._build_row(offer)
        self.body.addStretch(1)

    @override
    def setEnabled(self, enabled: bool) -> None:
        for segments in self.answers.values():
            segments.setEnabled(enabled)

    def retranslate(self) -> None:
        self._heading_words.setText(tr("Offer, do not press"))
        self._remark.setText(tr("The patient chooses each one"))
        for offer, segments in self.answers.items():
            segments.set_label(term(catalog(), offer))
            segments.set_options(
                [(value, term(catalog(), value)) for value in OfferAnswer],
                strong=(OfferAnswer.ACCEPTED,),
            )

    def show_offers(
        self, answers: Mapping[Offer, OfferAnswer], details: Mapping[Offer, str]
    ) -> None:
        for offer, segments in self.answers.items():
            segments.set_value(answers.get(offer))
            self._rows[offer].show_words(term(catalog(), offer), details.get(offer, ""))

    def chosen(self) -> dict[Offer, OfferAnswer]:
        given = {offer: segments.value() for offer, segments in self.answers.items()}
        return {offer: value for offer, value in given.items() if isinstance(value, OfferAnswer)}

    def set_narrow(self, *, narrow: bool) -> None:
        for row in self._rows.values():
            row.set_narrow(narrow=narrow)

    def _build_row(self, offer: Offer) -> None:
        segments = self.answers[offer] = Segments()
        segments.chosen.connect(self.changed)
        segments.row_move.connect(lambda step, offer=offer: self._move(offer, step))
        row = self._rows[offer] = ActionRow(IconMark(_ICONS[offer], tone="accentText"), segments)
        self.body.addWidget(row)

    def _move(self, offer: Offer, step: int) -> None:
        """Up, Down and Enter go from offer to offer."""
        order = list(Offer)
        target = order.index(offer) + step
        if 0 <= target < len(order):
            self.answers[order[target]].focus_here()
