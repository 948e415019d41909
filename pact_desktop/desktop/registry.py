# SPDX-License-Identifier: GPL-3.0-or-later
"""Which screens there are; each is imported when it is first shown.

The imports stay inside: a screen pulls in services, storage and paper, and the first window must
not wait for them (docs/decisions/0003).
"""

# ruff: noqa: PLC0415 the reason is the paragraph above

from collections.abc import Callable
from functools import partial
from typing import Final

from pact_desktop.desktop.screen import Screen, Work

Build = Callable[[Work], Screen]


def _today(work: Work) -> Screen:
    from pact_desktop.desktop.screens.today import build

    return build(work)


def _patients(work: Work) -> Screen:
    from pact_desktop.desktop.screens.patients import build

    return build(work)


def _register(work: Work) -> Screen:
    from pact_desktop.desktop.screens.register import build

    return build(work)


def _details(work: Work) -> Screen:
    from pact_desktop.desktop.screens.details import build

    return build(work)


def _observations(work: Work) -> Screen:
    from pact_desktop.desktop.screens.observations import build

    return build(work)


def _in_private(work: Work) -> Screen:
    from pact_desktop.desktop.screens.in_private import build

    return build(work)


def _questions(work: Work) -> Screen:
    from pact_desktop.desktop.screens.questions import build

    return build(work)


def _body_map(work: Work) -> Screen:
    from pact_desktop.desktop.screens.body_map import build

    return build(work)


def _summary(work: Work) -> Screen:
    from pact_desktop.desktop.screens.summary import build

    return build(work)


def _next_steps(work: Work) -> Screen:
    from pact_desktop.desktop.screens.next_steps import build

    return build(work)


def _referral(work: Work) -> Screen:
    from pact_desktop.desktop.screens.referral import build

    return build(work)


def _patient_card(work: Work) -> Screen:
    from pact_desktop.desktop.screens.patient_card import build

    return build(work)


def _print_page(work: Work) -> Screen:
    from pact_desktop.desktop.screens.print_page import build

    return build(work)


def _follow_up(work: Work) -> Screen:
    from pact_desktop.desktop.screens.follow_up import build

    return build(work)


def _facility(work: Work) -> Screen:
    from pact_desktop.desktop.screens.facility import build

    return build(work)


def _services_list(work: Work) -> Screen:
    from pact_desktop.desktop.screens.services_list import build

    return build(work)


def _staff(work: Work) -> Screen:
    from pact_desktop.desktop.screens.staff import build

    return build(work)


def _backup(work: Work) -> Screen:
    from pact_desktop.desktop.screens.backup import build

    return build(work)


def _log(work: Work) -> Screen:
    from pact_desktop.desktop.screens.log import build

    return build(work)


def _access(work: Work) -> Screen:
    from pact_desktop.desktop.screens.access import build

    return build(work)


def _erase(work: Work) -> Screen:
    from pact_desktop.desktop.screens.erase import build

    return build(work)


def _closing(work: Work) -> Screen:
    from pact_desktop.desktop.screens.closing import build

    return build(work)


def _emergency(work: Work) -> Screen:
    from pact_desktop.desktop.screens.emergency import build

    return build(work)


def _emergencies(work: Work) -> Screen:
    from pact_desktop.desktop.screens.emergencies import build

    return build(work)


def _due(work: Work) -> Screen:
    from pact_desktop.desktop.screens.due import build

    return build(work)


def _keeping(work: Work) -> Screen:
    from pact_desktop.desktop.screens.keeping import build

    return build(work)


def _person_copy(work: Work) -> Screen:
    from pact_desktop.desktop.screens.person_copy import build

    return build(work)


SCREENS: Final[dict[str, Build]] = {
    "today": _today,
    "patients": _patients,
    "register": _register,
    "details": _details,
    "observations": _observations,
    "in_private": _in_private,
    "questions": _questions,
    "body_map": _body_map,
    "summary": _summary,
    "next_steps": _next_steps,
    "referral": _referral,
    "patient_card": _patient_card,
    "print_page": _print_page,
    "follow_up": _follow_up,
    "facility": _facility,
    "services_list": _services_list,
    "staff": _staff,
    "log": _log,
    "access": _access,
    "backup": _backup,
    "erase": _erase,
    "closing": _closing,
    "emergency": _emergency,
    "emergencies": _emergencies,
    "person_copy": _person_copy,
    "due": _due,
    "keeping": _keeping,
}
"""Every screen of a session, under the name that leads to it."""


def register_screens(work: Work) -> None:
    for name, build in SCREENS.items():
        work.navigator.register(name, partial(build, work))
