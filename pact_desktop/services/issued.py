# SPDX-License-Identifier: GPL-3.0-or-later
"""A document that was logged as issued, ready for a printer or a file."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """Neutral name and bytes; the name says nothing about the person or the field."""

    file_name: str
    pdf: bytes = field(repr=False)
    reference: str = ""
    """Reference of the referral, for a form; empty for other documents."""
