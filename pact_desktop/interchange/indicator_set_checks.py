# SPDX-License-Identifier: GPL-3.0-or-later
"""What the parts of an indicator set must be to each other, beyond the shape of each."""

from collections.abc import Iterable
from typing import Final

from pact_desktop.domain.indicators import AgeGroup, AnswerValue, ItemRole, LearnedBy, VisitPart
from pact_desktop.interchange.content_files import Document, Problems
from pact_desktop.interchange.indicator_set_files import ItemFile, SetFile

FULL_LIMIT: Final = 80
SHORT_LIMIT: Final = 32
OPEN_VIEW_STEMS: Final = ("victim", "traffick", "exploit", "suspect", "abus", "danger")
"""Parts of words that a companion must never read (design.md section 7)."""

_ASKED: Final = frozenset(
    {
        AnswerValue.YES,
        AnswerValue.NO,
        AnswerValue.DOES_NOT_KNOW,
        AnswerValue.PREFERS_NOT_TO_SAY,
        AnswerValue.NOT_ASKED,
    }
)


class SetCheck:
    """The checks over one set; each adds what it finds to the problems."""

    def __init__(self, document: Document, head: SetFile, problems: Problems) -> None:
        self._document = document
        self._head = head
        self._problems = problems
        self._positions: dict[int, int] = {}
        self._by_id: dict[str, ItemFile] = {}
        self._written = [value for value in head.items if isinstance(value, dict)]
        """Items as written, also those that could not be read: they are told only once."""

    def run(self, items: list[ItemFile], source_codes: Iterable[str]) -> None:
        self._take(items)
        known = {
            "group": set(self._head.groups),
            "explanation": set(self._head.explanations),
            "source": set(source_codes),
        }
        for item in items:
            self._check_codes(item, known)
            self._check_words(item)
            self._check_conditions(item)
            self._check_role(item)
        self._check_whole(items)

    def _take(self, items: list[ItemFile]) -> None:
        raw = self._head.items
        places = {
            value.get("id"): position
            for position, value in enumerate(raw)
            if isinstance(value, dict) and isinstance(value.get("id"), str)
        }
        seen: set[str] = set()
        for item in items:
            self._positions[id(item)] = places.get(item.id, 0)
            if item.id in seen:
                self._add(item, f"{item.id} stands in the set twice")
            seen.add(item.id)
            self._by_id[item.id] = item

    def _add(self, item: ItemFile, text: str) -> None:
        place = ("items", self._positions[id(item)])
        self._problems.add(self._document.file, self._document.line(place), text)

    def _check_codes(self, item: ItemFile, known: dict[str, set[str]]) -> None:
        used = {
            "group": (item.group,),
            "explanation": item.explanations,
            "source": item.sources,
        }
        for kind, codes in used.items():
            for code in codes:
                if code not in known[kind]:
                    self._add(item, f"{item.id}: unknown {kind} “{code}”")
        for code in set(item.from_memory) - set(item.sources):
            self._add(item, f"{item.id}: “{code}” in from_memory is not among its sources")

    def _check_words(self, item: ItemFile) -> None:
        if len(item.full) > FULL_LIMIT:
            self._add(item, f"{item.id}: full is longer than {FULL_LIMIT} characters")
        if item.part is VisitPart.QUESTIONS:
            if item.role is ItemRole.QUESTION and not item.ask:
                self._add(item, f"{item.id}: a question needs ask, the sentence to say")
            return
        for name, text in (("short", item.short), ("not_seen", item.not_seen)):
            if not text:
                self._add(item, f"{item.id}: {name} is missing")
        if len(item.short) > SHORT_LIMIT:
            self._add(item, f"{item.id}: short is longer than {SHORT_LIMIT} characters")
        if any(stem in item.short.casefold() for stem in OPEN_VIEW_STEMS):
            self._add(item, f"{item.id}: short says what a companion must not read")

    def _check_conditions(self, item: ItemFile) -> None:
        for condition in item.enable_when:
            other = self._by_id.get(condition.question)
            if other is None and not self._is_written(condition.question):
                self._add(item, f"{item.id}: enable_when names unknown {condition.question}")
            elif other is not None and condition.answer not in _answers(other):
                self._add(item, f"{item.id}: {other.id} never has the answer {condition.answer}")
        if self._leads_back(item):
            self._add(item, f"{item.id}: enable_when goes in a circle")

    def _is_written(self, link_id: str) -> bool:
        return any(value.get("id") == link_id for value in self._written)

    def _leads_back(self, item: ItemFile) -> bool:
        waiting = [condition.question for condition in item.enable_when]
        seen: set[str] = set()
        while waiting:
            current = waiting.pop()
            if current == item.id:
                return True
            if current in self._by_id and current not in seen:
                seen.add(current)
                waiting += [c.question for c in self._by_id[current].enable_when]
        return False

    def _check_role(self, item: ItemFile) -> None:
        if item.role in {ItemRole.QUESTION, ItemRole.DISCLOSURE}:
            if item.part is not VisitPart.QUESTIONS:
                self._add(item, f"{item.id}: a question must be in the part questions")
        elif item.lowers_domains and item.role is not ItemRole.PROTECTIVE:
            self._add(item, f"{item.id}: only protective information has lowers_domains")
        if item.part is VisitPart.QUESTIONS and item.learned_by is not LearnedBy.ASKED:
            self._add(item, f"{item.id}: what stands under questions is learned by asking")
        if item.concern_when not in {AnswerValue.YES, AnswerValue.NO}:
            self._add(item, f"{item.id}: concern_when must be yes or no")

    def _check_whole(self, items: list[ItemFile]) -> None:
        head, file = self._head, self._document.file
        if not any(value.get("part") == VisitPart.OBSERVATIONS for value in self._written):
            self._problems.add(file, self._document.line(("items",)), "the set has no observations")
        for link_id in head.quick_look:
            if not self._is_written(link_id):
                line = self._document.line(("quick_look",))
                self._problems.add(file, line, f"quick_look names unknown {link_id}")
        for item in items:
            if AgeGroup.BOTH not in {item.age, head.age} and item.age is not head.age:
                self._add(item, f"{item.id}: its age does not fit the set")
        self._check_short_twice(items)

    def _check_short_twice(self, items: list[ItemFile]) -> None:
        seen: set[str] = set()
        for item in items:
            if item.short and item.short.casefold() in seen:
                self._add(item, f"{item.id}: the short words “{item.short}” stand twice")
            seen.add(item.short.casefold())


def check_items(
    document: Document,
    head: SetFile,
    items: list[ItemFile],
    source_codes: Iterable[str],
    problems: Problems,
) -> None:
    """Add every problem of references, wording and roles."""
    SetCheck(document, head, problems).run(items, source_codes)


def _answers(item: ItemFile) -> frozenset[AnswerValue]:
    if item.part is not VisitPart.QUESTIONS:
        return frozenset({AnswerValue.YES, AnswerValue.NO, AnswerValue.NOT_SEEN})
    if item.role is ItemRole.QUESTION:
        return _ASKED
    return frozenset({AnswerValue.YES, AnswerValue.NO})
