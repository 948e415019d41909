# SPDX-License-Identifier: GPL-3.0-or-later
"""Question sets, guidance, words and the activity log, as the manager reads them."""

from collections.abc import Mapping, Sequence

from pact_desktop.desktop.backup_words import BackupLine
from pact_desktop.desktop.facility_words import missing_words
from pact_desktop.desktop.screens.facility.state_cards import StateCard, StateLine
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.facility import Facility, ParticipantPack
from pact_desktop.i18n.formats import join_list
from pact_desktop.i18n.locales import LOCALES
from pact_desktop.services.content import Content


def state_cards(
    facility: Facility,
    content: Content,
    reviewers: Mapping[str, str],
    anchor: str,
    backups: Sequence[BackupLine],
) -> list[StateCard]:
    """Only what is known; a card without a line is left out."""
    missing = missing_words(facility)
    people = facility.focal_person.known and facility.deputy.known
    # The banner tells of the first missing person.
    also_missing = missing if people else missing[1:]
    cards = (
        StateCard(
            tr("Still to be set"),
            tuple(StateLine(words, "warning", "caution") for words in also_missing),
        ),
        StateCard(
            tr("Backup"), tuple(StateLine(line.text, line.icon, line.tone) for line in backups)
        ),
        StateCard(
            tr("Question sets and guidance"),
            _content_lines(content, content.packs.get(facility.participant)),
        ),
        StateCard(tr("Words of the program"), _review_lines(reviewers)),
        StateCard(tr("Activity log"), _log_lines(anchor)),
    )
    return [card for card in cards if card.lines]


def _content_lines(content: Content, pack: ParticipantPack | None) -> tuple[StateLine, ...]:
    known = [
        (tr("Question set for adults"), content.adult.version, content.adult.ratified_by),
        (tr("Question set for under 18"), content.child.version, content.child.ratified_by),
        (tr("Guidance"), content.guidance.version, content.guidance.ratified_by),
    ]
    if pack is not None:
        # Translators: the list of services and duties of one place, for example of Kosovo*.
        what = tr("List for {place}").format(place=pack.text("name", catalog().locale))
        known.append((what, pack.version, pack.reviewed_by))
    return tuple(_content_line(what, version, by) for what, version, by in known)


def _content_line(what: str, version: str, ratified_by: str) -> StateLine:
    if ratified_by:
        return StateLine(
            tr("{what}, {version}: ratified by {who}").format(
                what=what, version=version, who=ratified_by
            )
        )
    return StateLine(
        tr("{what}, {version}: draft, not ratified").format(what=what, version=version),
        "warning",
        "caution",
    )


def _review_lines(reviewers: Mapping[str, str]) -> tuple[StateLine, ...]:
    """English is the source; every other language has somebody who read it, or nobody."""
    read = [
        StateLine(tr("{language}: read by {who}").format(language=LOCALES[tag].own_name, who=who))
        for tag, who in reviewers.items()
        if who
    ]
    unread = [LOCALES[tag].own_name for tag, who in reviewers.items() if not who]
    if not unread:
        return tuple(read)
    words = tr("Drafts that no native clinician has read: {languages}").format(
        languages=join_list(unread, catalog().locale)
    )
    return (*read, StateLine(words, "warning", "caution"))


def _log_lines(anchor: str) -> tuple[StateLine, ...]:
    """The records do not open with a broken log, so an open session has an unbroken one."""
    if not anchor:
        return ()
    return (
        StateLine(tr("Checked when the records were opened: unbroken"), "shield-check"),
        StateLine(tr("It ends with {anchor}").format(anchor=anchor), "list", "text2"),
    )
