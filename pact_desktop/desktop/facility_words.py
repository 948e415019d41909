# SPDX-License-Identifier: GPL-3.0-or-later
"""What set-up still lacks, in the words of every screen that tells of it."""

from pact_desktop.desktop.words import tr
from pact_desktop.domain.facility import Facility


def missing_words(facility: Facility) -> list[str]:
    """One line for each; none of them ever stands between a patient and care."""
    words = {
        "focal-person": tr("Contact person not set"),
        "deputy": tr("Deputy contact person not set"),
        "phone": tr("Telephone of the facility not set"),
        "security": tr("Security line not set"),
    }
    return [words[name] for name in facility.missing]
