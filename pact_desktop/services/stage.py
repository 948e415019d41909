# SPDX-License-Identifier: GPL-3.0-or-later
"""An invented facility made ready, so that every screen can be pictured with something on it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pact_desktop.domain.patient import PatientId
from pact_desktop.domain.referral import ReferralId
from pact_desktop.domain.screening import ScreeningId
from pact_desktop.services.session import Clock, Session


@dataclass(frozen=True, slots=True)
class PictureVisits:
    """Open visits: an adult with a drafted referral, and a child."""

    adult: ScreeningId
    child: ScreeningId
    referral: ReferralId
    patient: PatientId
    """Who came for one of them."""


@dataclass(frozen=True, slots=True)
class PictureStage:
    """Where the facility lies, who signs in, and how its open visits are made."""

    data: Path
    device: Path
    clock: Clock
    locale: str
    theme: str
    clinician: tuple[str, str] = field(repr=False)
    """Sign-in name and passphrase."""
    doctor: tuple[str, str] = field(repr=False)
    manager: tuple[str, str] = field(repr=False)
    text_scale: int = field(default=100, kw_only=True)
    """Percent."""
    prepare: Callable[[Session], PictureVisits]
    """Called in the clinician's own session: privacy is confirmed there and nowhere else. It also
    closes the record of Lejla Zupan to everybody but the clinician."""
