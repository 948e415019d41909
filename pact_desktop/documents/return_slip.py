# SPDX-License-Identifier: GPL-3.0-or-later
"""Slips that come back to the facility: a reference and ticks, no name and no reason."""

from collections.abc import Sequence
from enum import Enum
from typing import Final

from reportlab.platypus import Flowable

from pact_desktop.documents.density import ROOMY
from pact_desktop.documents.layout import Columns, QrCode, Space, TearLine, TickBox, WriteLine
from pact_desktop.documents.pages import MARGIN, Paper
from pact_desktop.documents.printable import one_line, typed
from pact_desktop.documents.styles import BODY, HEADING, REFERENCE, SMALL, TICK
from pact_desktop.domain.referral import DeclineReason, OutcomeCode, Reference, show_reference
from pact_desktop.domain.referral_values import Place
from pact_desktop.terms import term

_QR: Final = 46.0
_ROOM: Final = 20.0
_WRITING: Final = 15.0
_CAPTION: Final = SMALL
_SMALL_TICK: Final = TICK.but(size=8.4, leading=11.2, space_after=1.5)


def reply_slip(paper: Paper, reference: Reference, sender: Place | None) -> list[Flowable]:
    """Slip A: did it arrive, can you help, when do we speak again."""
    gettext = paper.catalog.gettext
    return [
        _tear_line(paper),
        _head(
            paper,
            # Translators: slip at the foot of the form that comes back to the facility.
            gettext("Reply slip"),
            # Translators: under the title of the slip.
            gettext("Please return it within one working day; in an emergency reply by phone."),
            reference,
            sender,
        ),
        _written(
            # Translators: to be filled in by hand; not the name of the patient.
            (paper, gettext("Received by: role and organisation")),
            # Translators: to be filled in by hand.
            (paper, gettext("Date and time")),
        ),
        Space(paper.density.gap(7)),
        *_accepted_or_not(paper),
        _written(
            # Translators: to be filled in by hand.
            (paper, gettext("Next contact on")),
            # Translators: to be filled in by hand.
            (paper, gettext("Your number for a call back")),
        ),
    ]


def _accepted_or_not(paper: Paper) -> list[Flowable]:
    gettext = paper.catalog.gettext
    # Translators: to be ticked by the receiver.
    accepted = _box(paper, gettext("Accepted"))
    declined = _box(paper, gettext("Not accepted, because:"))
    # Where every line counts the reasons have one column more, and the words beside them less room.
    close = paper.density.columns > ROOMY.columns
    reasons = _choices(paper, list(DeclineReason), 3 if close else 2)
    beside = Columns([[], [reasons]], [1, 30], gap=6)
    return [Columns([[accepted], [declined, beside]], [1, 4.4 if close else 2.4], gap=12)]


def outcome_slip(
    paper: Paper, reference: Reference, sender: Place | None, days: int
) -> list[Flowable]:
    """Slip B: what came of it; without the person's agreement only that it is closed."""
    gettext = paper.catalog.gettext
    return [
        _tear_line(paper),
        _head(
            paper,
            # Translators: second slip that comes back to the facility, after 14 and 90 days.
            gettext("Follow-up slip"),
            # Translators: under the title of the slip; {days} is 14 or 90.
            gettext("Please return it after {days} days.").format(days=days),
            reference,
            sender,
        ),
        paper.words(
            # Translators: asked of the service about the person.
            gettext("Does the person agree that we are told what came of it?"),
            BODY.but(space_after=3.0),
        ),
        Columns(
            [
                [_box(paper, gettext("Yes: tick below what applies"))],
                [_box(paper, gettext("No: nothing but this slip comes back"))],
            ],
            [1, 1],
        ),
        Space(4),
        _choices(paper, list(OutcomeCode), 3),
        _written(
            # Translators: to be filled in by hand, for example a date for a health check.
            (paper, gettext("What we should still do, and when")),
            # Translators: to be filled in by hand.
            (paper, gettext("Date and role")),
        ),
        Space(12),
    ]


def _tear_line(paper: Paper) -> Flowable:
    # Translators: beside the dashed line where the slip is torn off.
    words = paper.catalog.gettext("Tear off here")
    return TearLine(words, SMALL.but(direction=paper.direction), beyond=MARGIN)


def _head(
    paper: Paper, title: str, lead: str, reference: Reference, sender: Place | None
) -> Flowable:
    shown = show_reference(reference)
    words: list[Flowable] = [paper.words(title, HEADING), paper.words(lead, SMALL)]
    if sender is not None:
        address = typed(one_line(sender.name, sender.address, sender.phone))
        # Translators: who gets the slip back: name, address and phone of the facility.
        back = paper.catalog.gettext("Return to: {sender}").format(sender=address)
        words.append(paper.words(back, SMALL))
    code = Columns([[paper.words(shown, REFERENCE)], [QrCode(shown, _QR)]], [130, _QR], gap=10)
    return Columns([words, [code]], [1.5, 1], space_after=2)


def _written(*captions: tuple[Paper, str]) -> Flowable:
    cells: list[Sequence[Flowable]] = [
        [WriteLine(paper.words(caption, _CAPTION), room=_room(paper))]
        for paper, caption in captions
    ]
    return Columns(cells, [3, 2])


def _room(paper: Paper) -> float:
    """A hand needs some five millimetres, however close the rest stands."""
    return max(_WRITING, paper.density.gap(_ROOM))


def _box(paper: Paper, words: str) -> TickBox:
    return TickBox(paper.words(words, _SMALL_TICK), ticked=False)


def _choices(paper: Paper, values: Sequence[Enum], columns: int) -> Flowable:
    """Boxes in columns, filled from the top."""
    boxes = [_box(paper, term(paper.catalog, value)) for value in values]
    height = -(-len(boxes) // columns)
    cells = [boxes[start : start + height] for start in range(0, len(boxes), height)]
    return Columns(cells, [1] * len(cells), gap=12)
