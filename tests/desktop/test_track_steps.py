# SPDX-License-Identifier: GPL-3.0-or-later
"""The track of one referral: its words, for the eye and for a screen reader."""

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from pact_desktop.desktop import theme
from pact_desktop.desktop.widgets import Dot, TrackStep, TrackSteps

SENT = TrackStep(Dot.DONE, "Sent", "23 Nov 2026, 13:30")
LATE = TrackStep(Dot.OPEN, "Accepted or not accepted", "Was due 26 Nov 2026", late=True)
CROSSED = TrackStep(Dot.CROSSED, "Not accepted", "No places left")


def shown(qtbot: QtBot, *steps: TrackStep) -> TrackSteps:
    track = TrackSteps()
    qtbot.addWidget(track)
    track.set_steps(steps)
    with qtbot.waitExposed(track):
        track.show()
    return track


def test_every_step_is_said(qtbot: QtBot) -> None:
    """A reader hears what the dots show."""
    track = shown(qtbot, SENT, LATE)
    assert track.words() == [(SENT.title, SENT.detail), (LATE.title, LATE.detail)]
    assert track.accessibleName() == (
        "Sent 23 Nov 2026, 13:30. Accepted or not accepted Was due 26 Nov 2026"
    )


def test_a_shorter_track_forgets_the_longer_one(qtbot: QtBot) -> None:
    """Nothing of the referral before stays on the screen."""
    track = shown(qtbot, SENT, LATE, CROSSED)
    track.set_steps((SENT,))
    assert track.words() == [(SENT.title, SENT.detail)]


def test_late_is_red_and_only_as_long_as_it_is(qtbot: QtBot) -> None:
    """The words change their colour with the clock."""
    track = shown(qtbot, LATE)
    late = track.grab().toImage()
    track.set_steps((TrackStep(LATE.dot, LATE.title, LATE.detail),))
    assert theme.colour("alert").rgb() in colours(late)
    assert theme.colour("alert").rgb() not in colours(track.grab().toImage())


def colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
