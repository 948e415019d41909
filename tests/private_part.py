# SPDX-License-Identifier: GPL-3.0-or-later
"""A visit in which the patient is alone with staff, as step 3 confirms it."""

from typing import TYPE_CHECKING

from pact_desktop.domain.screening import Alone, InterpreterMode, Screening, ScreeningId
from pact_desktop.services import screenings

if TYPE_CHECKING:
    from pact_desktop.services.session import Session


def open_private_part(
    session: "Session", visit: ScreeningId, *, interpreter_code: str = "", language: str = "en"
) -> Screening:
    """Confirmed alone; with a code, alone with that interpreter on the telephone."""
    return screenings.open_private_part(
        session,
        visit,
        alone=Alone.WITH_INTERPRETER if interpreter_code else Alone.YES,
        interpreter=InterpreterMode.BY_PHONE if interpreter_code else InterpreterMode.NOT_NEEDED,
        interpreter_code=interpreter_code,
        limits_said=True,
        language=language,
    )
