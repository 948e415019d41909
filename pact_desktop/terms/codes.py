# SPDX-License-Identifier: GPL-3.0-or-later
"""Words for codes that content packs and records use and that are no enumeration."""

from collections.abc import Mapping
from typing import Final

from pact_desktop.i18n.messages import Message, pmsg

EXPLOITATION: Final[Mapping[str, Message]] = {
    # Translators: kinds of exploitation, as a professional names them on the full form only.
    "SEX": pmsg("kind of exploitation", "Sexual exploitation"),
    "LAB": pmsg("kind of exploitation", "Forced labour"),
    "DOM": pmsg("kind of exploitation", "Domestic servitude"),
    "BEG": pmsg("kind of exploitation", "Forced begging"),
    "CRIM": pmsg("kind of exploitation", "Forced criminal acts"),
    "MAR": pmsg("kind of exploitation", "Forced or child marriage"),
    "ORG": pmsg("kind of exploitation", "Removal of organs"),
    "ANY": pmsg("kind of exploitation", "Any kind"),
}
SERVES: Final[Mapping[str, Message]] = {
    # Translators: whom a service is for.
    "women": pmsg("serves", "Women"),
    "men": pmsg("serves", "Men"),
    "children": pmsg("serves", "Children"),
    "everyone": pmsg("serves", "Everyone"),
}
CITIZENSHIPS: Final[Mapping[str, Message]] = {
    # Translators: citizenship of the patient, no more than this is asked.
    "own": pmsg("citizenship", "Of this country"),
    "other": pmsg("citizenship", "Of another country"),
    "stateless": pmsg("citizenship", "Stateless"),
}
SIMILAR_REASONS: Final[Mapping[str, Message]] = {
    # Translators: why two entries may be the same patient.
    "same-name": pmsg("similar", "Same name"),
    "same-name-other-script": pmsg("similar", "Same name in the other script"),
    "same-name-without-accents": pmsg("similar", "Same name without accents"),
    "similar-name": pmsg("similar", "Similar name"),
    "same-birth-date": pmsg("similar", "Same birth date"),
    "age-fits": pmsg("similar", "The age fits"),
    "same-phone": pmsg("similar", "Same phone number"),
}
