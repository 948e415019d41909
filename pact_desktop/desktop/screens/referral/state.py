# SPDX-License-Identifier: GPL-3.0-or-later
"""What the parts of the referral screen share while it is open."""

from collections.abc import Callable
from dataclasses import dataclass, field

from pact_desktop.desktop.service_words import sent_name
from pact_desktop.desktop.words import catalog
from pact_desktop.domain.errors import RefusalCode
from pact_desktop.domain.facility import (
    Facility,
    ParticipantPack,
    ReferralService,
    ServiceId,
    ServiceKind,
)
from pact_desktop.domain.referral import UNSENT, Referral
from pact_desktop.domain.screening import ScreeningId
from pact_desktop.services import referrals
from pact_desktop.services.facility import facility, pack_of
from pact_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the screen needs to know besides the visit, read in one go."""

    services: list[ReferralService]
    facility: Facility
    pack: ParticipantPack | None
    known: list[Referral]


def read_desk(session: Session, screening_id: ScreeningId) -> Desk:
    return Desk(
        referrals.services_for(session),
        facility(session),
        pack_of(session),
        referrals.referrals_of_visit(session, screening_id),
    )


@dataclass(slots=True)
class ReferralState:
    """The referral as it was last stored, and what was read around it."""

    desk: Desk | None = None
    referral: Referral | None = None
    found: list[ReferralService] = field(default_factory=list)
    """Services that fit what was typed in the search."""
    lacks: list[RefusalCode] = field(default_factory=list)

    def forget(self) -> None:
        self.desk, self.referral, self.found, self.lacks = None, None, [], []

    @property
    def sent(self) -> bool:
        return self.referral is not None and self.referral.status not in UNSENT

    @property
    def paper_locale(self) -> str:
        """Of the page that is shown: of a sent referral the last one that left."""
        if self.referral is None:
            return ""
        last = self.referral.last_issue
        return last.paper_locale if last else self.referral.paper_locale

    @property
    def name_when_sent(self) -> str:
        """Name of the receiver on the page that left; empty unless it has another one now."""
        last = self.referral.last_issue if self.referral else None
        service = self.service
        if last is None or service is None or last.service_name == service.name:
            return ""
        pack = self.desk.pack if self.desk else None
        return sent_name(last.service_name, service.service_id, pack)

    @property
    def service(self) -> ReferralService | None:
        if self.referral is None:
            return None
        return self.service_of(self.referral.service_id)

    @property
    def police(self) -> ReferralService | None:
        """The station this facility has called; else the one that the pack names."""

        def is_police(service: ReferralService) -> bool:
            return service.kind is ServiceKind.POLICE

        called = self._first(lambda s: is_police(s) and s.confirmed_on is not None)
        return called or self._first(is_police)

    def service_of(self, service_id: ServiceId) -> ReferralService | None:
        return self._first(lambda service: service.service_id == service_id)

    def name(self, service: ReferralService) -> str:
        pack = self.desk.pack if self.desk else None
        return pack.service_name(service, catalog().locale) if pack else service.name

    def _first(self, fits: Callable[[ReferralService], bool]) -> ReferralService | None:
        return next(filter(fits, self.desk.services), None) if self.desk else None
