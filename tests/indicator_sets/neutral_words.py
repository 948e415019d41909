# SPDX-License-Identifier: GPL-3.0-or-later
"""Word stems that open view and paper never show, by language (design.md section 7)."""

import re
from collections.abc import Mapping

NEVER = {
    "en": r"victim|traffick|exploit|suspect|prostitut|illegal|slave|perpetrator|refus|denie|alleg",
    "mk": r"жртв|трговија со|трафик|експлоат|искористув|осомнич|проститу|нелегал|\bроб",
    "sq": r"viktim|trafik|shfrytëz|i dyshuar|e dyshuar|prostitu|ilegal|skllav",
    "sr-Cyrl": r"жртв|трговин[аеу] људ|трафик|експлоат|искоришћ|осумњич|проститу|илегал",
    "sr-Latn": r"žrtv|trgovin[aeu] ljud|trafik|eksploat|iskorišć|osumnjič|prostitu|ilegal",
    "bs-Latn": r"žrtv|trgovin[aeu] ljud|trafik|eksploat|iskorišt|iskorišć|osumnjič|prostitu|ilegal",
    "cnr-Latn": r"žrtv|trgovin[aeu] ljud|trafik|eksploat|iskorišt|iskorišć|osumnjič|prostitu"
    r"|ilegal",
    "ar": r"ضحي|ضحاي|اتجار|الاتجار|استغلال|مشتبه|دعارة|عبيد",
}
OPEN_VIEW = {
    "en": r"danger|abus|violen|tortur|force|threat|risk|police",
    "mk": r"опасн|насил|тортур|закан|полици",
    "sq": r"rrezik|dhun|tortur|kërcën|polici",
    "sr-Cyrl": r"опасн|насиљ|тортур|претњ|полици",
    "sr-Latn": r"opasn|nasilj|tortur|pretnj|polici",
    "bs-Latn": r"opasn|nasilj|tortur|prijetnj|polici",
    "cnr-Latn": r"opasn|nasilj|tortur|prijetnj|polici",
    "ar": r"خطر|عنف|تعذيب|تهديد|شرطة",
}
"""Stems that a companion must not read; the words of design.md section 7 and their neighbours."""


def found_in(texts: Mapping[str, str], locale: str, *lists: Mapping[str, str]) -> dict[str, str]:
    """Texts in which a stem of one of the lists stands."""
    stems = "|".join(known.get(locale, known["en"]) for known in lists)
    pattern = re.compile(stems, re.IGNORECASE)
    return {key: text for key, text in texts.items() if pattern.search(text)}
