# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sign-in process works with: a folder, a clock and words, never a record."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pact_desktop.desktop.background import Background
from pact_desktop.services.public_notice import PublicNotice
from pact_desktop.services.session import Clock
from pact_desktop.settings import Settings


@dataclass(frozen=True, slots=True)
class Door:
    """Handed to the screens that come before a session."""

    folder: Path
    device_folder: Path | None
    clock: Clock
    settings: Settings
    notice: PublicNotice | None
    background: Background
    speak: Callable[[str], None]
    """Switches the language of the screen and remembers it for this computer."""
