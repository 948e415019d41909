# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the lists of offered words again, from a folder with what their README names.

    python -m tests.services.passphrase_words.make_words FOLDER

FOLDER holds each package unpacked under its name: `wordfreq`, `uniparser_albanian`,
`dictionary-mk` and so on (as the folder `package` of npm has it), and `sqi.traineddata`.
"""

import gzip
import math
import re
import struct
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pact_desktop.domain.passphrases import plain_word
from pact_desktop.i18n.serbian import to_latin

HERE = Path(__file__).parent
TARGET = Path("pact_desktop") / "services" / "passphrase_data"
LENGTHS = range(3, 10)
LISTED = 4096
KINDS = ("NOUN", "A", "V", "ADV", "NUM")
CONSONANT_JE = "(?<=[бвгдзкмнпрстфхцчшж])је"
MEANING_PLACES = 25_000


def main(folder: Path) -> None:
    for locale, words in (
        ("mk", macedonian(folder)),
        ("sq", albanian(folder)),
        ("sr-Cyrl", serbian(folder)),
    ):
        text = "\n".join(sorted(chosen(words, locale))) + "\n"
        (TARGET / f"words_{locale}.txt").write_text(text, encoding="utf-8")


def chosen(words: Iterable[str], locale: str) -> list[str]:
    """The first words that are short, harmless and not there yet in plain letters."""
    gone, beginnings = left_out("words", locale), tuple(left_out("beginnings", locale))
    kept: dict[str, str] = {}
    for word in words:
        plain = plain_word(word) or ""
        if len(word) not in LENGTHS or len(plain) not in LENGTHS or plain in kept:
            continue
        if not {word, plain} & gone and not plain.startswith(beginnings):
            kept[plain] = word
    return list(kept.values())[:LISTED]


def left_out(kind: str, locale: str) -> set[str]:
    text = (HERE / "left_out.txt").read_text(encoding="utf-8")
    _, *parts = re.split(r"^\[(\w+) ([^]]+)\]$", text, flags=re.MULTILINE)
    sections = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return {
        word
        for name, locales, words in sections
        if name == kind and locale in locales.split()
        for word in words.split()
    }


def macedonian(folder: Path) -> Iterator[str]:
    common = frequent(folder, "large_mk")
    in_use, listed = set(common), dictionary(folder, "mk")
    letters = re.compile("[абвгдежзијклмнопрстуфхцчшљњ]{3,9}")
    names = {
        plain_word(word)
        for language in ("sr-latn", "hr", "en")
        for word in dictionary(folder, language)
        if word[:1].isupper()
    } - {
        plain_word(word)
        for language in ("sr-latn", "hr")
        for word in dictionary(folder, language)
        if word[:1].islower()
    }
    for word in common:
        known = letters.fullmatch(word) and word in listed and plain_word(word) not in names
        if known and has_article(word, in_use):
            yield word


def has_article(word: str, in_use: set[str]) -> bool:
    """A common noun or adjective in its first form; names hardly ever have one."""
    stem, last = word[:-1], word[-1]
    if last == "и" or (last in "аое" and {f"{stem}иот", f"{stem}виот"} & in_use):
        return False
    if last in "аое":
        return word + ("та" if last == "а" else "то") in in_use
    return bool({f"{word}от", f"{word}иот", f"{word}та", f"{word[:-2]}{last}иот"} & in_use)


def serbian(folder: Path) -> Iterator[str]:
    cyrillic, croatian = dictionary(folder, "sr"), dictionary(folder, "hr")
    capitals = {to_latin(word).lower() for word in cyrillic if word[:1].isupper()}
    capitals |= {word.lower() for word in croatian if word[:1].isupper()}
    latin: dict[str, str] = {}
    for word in sorted(cyrillic):
        latin.setdefault(to_latin(word), word)
    letters = re.compile("[abcčćdefghijklmnoprsštuvzž]{3,9}")
    for common in frequent(folder, "small_sh"):
        known = letters.fullmatch(common) and common in latin and common in croatian
        if known and common not in capitals and not is_of_one_side(latin[common], cyrillic):
            yield latin[common]


def is_of_one_side(word: str, cyrillic: set[str]) -> bool:
    """Words that the other half of the speakers write with an `е`."""
    other = re.sub(f"ије|{CONSONANT_JE}", "е", word)
    return other != word and (other in cyrillic or not word.endswith("ије"))


def albanian(folder: Path) -> Iterator[str]:
    places = {word: place for place, word in enumerate(frequent(folder, "large_en"))}
    in_use = sorted(
        {word.lower() for word in words_of(folder / "sqi.traineddata") if word.islower()}
    )
    harm = re.compile(rf"\b({'|'.join(sorted(left_out('english', 'sq')))})", re.IGNORECASE)
    old = re.compile(r"\b(oft|obsolete|archaic|Gheg|Arb)", re.IGNORECASE)
    found: dict[str, list[tuple[int, str]]] = {}
    for lexeme in lexemes(folder):
        word, meaning = lexeme["lex"], lexeme.get("trans_en", "").strip()
        marks = lexeme.get("gramm", "").split(",")
        if marks[0] not in KINDS or "nonst" in marks or not re.fullmatch("[a-zçë]{3,9}", word):
            continue
        single = [re.sub("^(to|a|an|the) ", "", one.strip()) for one in re.split("[;,]", meaning)]
        if known := [places[one] for one in single if one in places and " " not in one]:
            found.setdefault(word, []).append((min(known), meaning))
    rows = sorted((min(all_of)[0], word, all_of) for word, all_of in found.items())
    for place, word, all_of in rows:
        meaning = "; ".join(one for _, one in all_of)
        unfit = place > MEANING_PLACES or harm.search(meaning) or old.search(meaning)
        if not unfit and is_in_use(word, in_use):
            yield word


def is_in_use(word: str, in_use: list[str]) -> bool:
    """The word itself, and one more form of it."""
    place = bisect_left(in_use, word)
    if in_use[place : place + 1] != [word]:
        return False
    stem = word[:-1] if word[-1] in "ëaeij" and len(word) > 4 else word
    forms = in_use[bisect_left(in_use, stem) : bisect_left(in_use, stem + "\uffff")]
    return sum(len(form) <= len(word) + 4 for form in forms) > 1


def lexemes(folder: Path) -> list[dict[str, str]]:
    path = folder / "uniparser_albanian" / "data_strict" / "lexemes.txt"
    found: list[dict[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line == "-lexeme":
            found.append({})
        elif found and re.match(r" \w+: ", line):
            key, value = line[1:].split(": ", 1)
            found[-1].setdefault(key, value)
    return found


def frequent(folder: Path, name: str) -> list[str]:
    """From common to rare."""
    packed = gzip.decompress((folder / "wordfreq" / "data" / f"{name}.msgpack.gz").read_bytes())
    return [word for bucket in msgspec.msgpack.decode(packed)[1:] for word in bucket]


def dictionary(folder: Path, language: str) -> set[str]:
    text = (folder / f"dictionary-{language}" / "index.dic").read_text(encoding="utf-8")
    return {line.split("/")[0].split("\t")[0].strip() for line in text.splitlines()}


def words_of(traineddata: Path) -> list[str]:
    """The words in a graph of tesseract: its parts 19 (the graph) and 21 (its letters)."""
    data = traineddata.read_bytes()
    (count,) = struct.unpack_from("<i", data)
    starts = [*struct.unpack_from(f"<{count}q", data, 4), len(data)]
    graph, letters = (
        data[starts[part] : min(start for start in starts if start > starts[part])]
        for part in (19, 21)
    )
    lines = letters.decode().split("\n")
    signs = [" ", *(line.split(" ")[0] for line in lines[2 : int(lines[0]) + 1])]
    _, size, edges = struct.unpack_from("<hii", graph)
    edge = struct.unpack_from(f"<{edges}Q", graph, 10)
    shift = math.ceil(math.log2(size + 1))
    found: list[str] = []
    waiting = [(0, "")]
    while waiting:
        place, begun = waiting.pop()
        while True:
            value = edge[place]
            flags, after = value >> shift & 7, value >> shift + 3
            if not flags & 2:
                word = begun + signs[value & (1 << shift) - 1]
                if flags & 4:
                    found.append(word)
                if after and len(word) < 30:
                    waiting.append((after, word))
            if flags & 1:
                break
            place += 1
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
