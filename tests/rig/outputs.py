# SPDX-License-Identifier: GPL-3.0-or-later
"""Every way out of the program for a text, given hostile ones: as a program of its own.

`python -m tests.rig.outputs FOLDER FIRST STEP` tries every STEP-th text and writes what it found
to `FOLDER/found.json`; strace looks on from outside for the files that the texts name.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from pypdf import PdfReader
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QWidget
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from pact_desktop import diagnostics, settings
from pact_desktop.desktop import theme
from pact_desktop.desktop.application import qt_application
from pact_desktop.desktop.clipboard import ClipboardGuard
from pact_desktop.desktop.widgets.labels import tip
from pact_desktop.documents.access_page import AccessLine, AccessPage, render_access_page
from pact_desktop.documents.clinical_note import ClinicalNote, render_clinical_note
from pact_desktop.documents.consent_page import ConsentPage, RecipientConsent, render_consent_page
from pact_desktop.documents.contact_sheet import ContactLine, render_contact_sheet
from pact_desktop.documents.log_print import LogPrint, PrintedEntry, render_log
from pact_desktop.documents.referral_form import render_referral_form
from pact_desktop.documents.visit_slip import VisitSlip, render_visit_slip
from pact_desktop.domain.facility import ContactRole
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.referral import Reference
from pact_desktop.domain.referral_content import form_content
from pact_desktop.domain.referral_values import Place
from pact_desktop.domain.screening import Answer, Judgement
from pact_desktop.domain.text import NAME_LIMIT, SENTENCE_LIMIT, tidy
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.interchange.csv_table import csv_table
from pact_desktop.services import backup_note, public_notice
from tests.documents import papers
from tests.documents.test_papers_of_visit import a_visit
from tests.gates import test_plain_text as kit
from tests.hostile_text import texts, with_picture

ENGLISH: Final = Catalog.source()
SECONDS: Final = 5.0
"""Longest that one text may take in one output on a busy machine."""
AS_THEY_COME: Final = 5
"""Every so many-th text is enough to see that the unprotected read them."""
_RED: Final = 0xFFFF0000
_PLAIN_NOTE: Final = backup_note.note_text(papers.a_facility(staff_locale="sq"))
Output = Callable[[str, Path], Iterator[str]]


def red_points(widget: QWidget) -> int:
    """Pure red, which no theme has."""
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return memoryview(picture.constBits()).cast("I").tolist().count(_RED)


def widgets(text: str, _folder: Path) -> Iterator[str]:
    """Every widget of the kit, each with the text wherever it takes one."""
    kit.RED = text
    for name, make in kit.WIDGETS.items():
        widget = make()
        widget.resize(640, min(max(widget.sizeHint().height(), 60), 400))
        if red_points(widget):
            yield f"{name} reads it as markup"
        widget.deleteLater()


def tooltips(text: str, _folder: Path) -> Iterator[str]:
    """A label that guesses, as a tooltip of Qt does."""
    label = QLabel(tip(text))
    label.resize(640, 60)
    if red_points(label):
        yield "reads it as markup"
    label.deleteLater()


def clipboard(text: str, _folder: Path) -> Iterator[str]:
    """What is copied is text and nothing else."""
    board = QGuiApplication.clipboard()
    guard = ClipboardGuard(board)
    data = QMimeData()
    data.setText(text)
    board.setMimeData(data)
    formats = set(board.mimeData().formats())
    if any("html" in one or "uri" in one for one in formats):
        yield f"offered as {sorted(formats)}"
    guard.forget()
    guard.deleteLater()


def referral_form(text: str, _folder: Path) -> Iterator[str]:
    """As the nurse's own words, as a name, as the recipient's name."""
    kept, said = name_of(text), sentence_of(text)
    made = papers.a_referral()
    details = replace(made.details, own_words=said, location=said, staff_observation=said)
    given = papers.sources(
        replace(made, details=details),
        patient=papers.a_patient(family_name=kept, given_name=kept, alias=kept),
        service=papers.a_service(name=kept),
        facility=papers.a_facility(name=kept, address=kept),
    )
    yield from on_paper(render_referral_form(form_content(given, papers.TODAY), ENGLISH))


def clinical_note(text: str, _folder: Path) -> Iterator[str]:
    link = IndicatorId("Q3")
    visit = replace(
        a_visit(),
        visit_reason=text,
        answers={link: Answer(link, AnswerValue.NO, own_words=text)},
        judgement=replace(_judged(), sentence=sentence_of(text)),
    )
    place = Place(name_of(text), name_of(text), "000")
    note = ClinicalNote(place, name_of(text), None, "ar", visit, "0117", papers.NOW)
    yield from on_paper(render_clinical_note(note, ENGLISH))


def _judged() -> Judgement:
    judged = a_visit().judgement
    assert judged is not None
    return judged


def consent_page(text: str, _folder: Path) -> Iterator[str]:
    name = name_of(text)
    place, recipient = Place(name, name, name), RecipientConsent(name, papers.a_consent())
    page = ConsentPage(place, Reference("7KQ42MX"), sentence_of(text), (recipient,), "0117")
    yield from on_paper(render_consent_page(page, ENGLISH))


def sheets(text: str, _folder: Path) -> Iterator[str]:
    """The slip, the sheet of numbers and the page for the patient."""
    text = name_of(text)
    slip = VisitSlip(Place(text, text, text), text, papers.NOW, papers.NOW, text)
    yield from on_paper(render_visit_slip(slip, ENGLISH))
    line = ContactLine(ContactRole.SECURITY, text, text, text)
    yield from on_paper(render_contact_sheet(text, [line], papers.TODAY, ENGLISH))
    page = AccessPage(Place(text, text, text), [AccessLine(text, text, text)], text, papers.NOW)
    yield from on_paper(render_access_page(page, ENGLISH))


def printed_log(text: str, _folder: Path) -> Iterator[str]:
    text = name_of(text)
    entry = PrintedEntry("1", text, text, text, text)
    log = LogPrint(text, [entry], [text], False, text, papers.NOW, "1")  # noqa: FBT003 in order
    yield from on_paper(render_log(log, ENGLISH))


def name_of(text: str) -> str:
    """As much of it as a name may have; more is refused where it is typed."""
    return tidy(text)[:NAME_LIMIT]


def sentence_of(text: str) -> str:
    return tidy(text, lines=True)[:SENTENCE_LIMIT]


def on_paper(pdf: bytes) -> Iterator[str]:
    """No picture of somebody else's, no link, nothing that runs."""
    if not pdf.startswith(b"%PDF"):
        yield "no document came of it"
        return
    reader = PdfReader(BytesIO(pdf))
    for page in reader.pages:
        if page.get("/Annots"):
            yield "a link on the page"
        for name, thing in (page["/Resources"].get("/XObject") or {}).items():
            if thing.get_object().get("/Subtype") == "/Image":
                yield f"a picture on the page: {name}"
    root: Any = reader.trailer["/Root"]
    for key in ("/OpenAction", "/AA", "/Names", "/AcroForm"):
        if key in root and key != "/Names":
            yield f"{key} in the document"


def table(text: str, _folder: Path) -> Iterator[str]:
    """One line for each row, and no cell that a spreadsheet would run."""
    import csv  # noqa: PLC0415 to read it back as a spreadsheet would

    made = csv_table(["a", text], [[text, "b"], ["c", text]])
    lines = made.decode("utf-8-sig")
    rows = list(csv.reader(lines.splitlines(keepends=True), delimiter=";"))
    if len(rows) != 3 or any(len(row) != 2 for row in rows):
        yield "the text broke out of its cell"
    if any(cell.lstrip()[:1] in set("=+-@＝＋－＠") for row in rows for cell in row if cell):
        yield "a cell begins like a formula"


def program_log(text: str, folder: Path) -> Iterator[str]:
    """Neither as a fact nor as the message of an error; and one line stays one line."""
    path = folder / "intake.log"
    before = len(path.read_text("utf-8").splitlines()) if path.exists() else 0
    diagnostics.note("tried", code=text, screen=text)
    diagnostics.note_error(ValueError(text))
    logging.getLogger("other").error("%s", text)
    lines = path.read_text("utf-8").splitlines()[before:]
    if len(lines) != 3:
        yield f"{len(lines)} lines of three"
    for line in lines:
        found = json.loads(line)
        facts = {found.get("code", ""), found.get("screen", "")} - {""}
        if len(text) > 3 and any(not one.isascii() or not one.isprintable() for one in facts):
            yield "a text in the log"
        if "errors" in found and len(text) > 3 and text in json.dumps(found["errors"]):
            yield "the message of an error in the log"


def page_of_the_backup(text: str, folder: Path) -> Iterator[str]:
    """The page beside a backup is written, and the facility's name makes no line of its own."""
    kept = name_of(text)
    facility = papers.a_facility(name=kept, staff_locale="sq")
    path = folder / backup_note.FILE_NAME
    path.unlink(missing_ok=True)
    backup_note.write_note(folder, facility)
    if not path.exists():
        yield "not written"
    elif path.read_bytes().count(b"\n") != _PLAIN_NOTE.count("\n"):
        yield "the name made lines of its own"


def notice(text: str, folder: Path) -> Iterator[str]:
    """What is shown before anybody signs in comes back as it was."""
    kept = name_of(text)
    facility = papers.a_facility(name=kept, cover_notice=kept, opening_hours=kept)
    public_notice.write_public_notice(folder, facility)
    found = public_notice.public_notice(folder)
    if found is None or found.facility_name != kept:
        yield "comes back as something else"


def settings_file(text: str, folder: Path) -> Iterator[str]:
    """A wish of this computer comes back as it was, or as the default."""
    path = folder / "settings.toml"
    wanted = replace(settings.Settings(), language=tidy(text) or None)
    settings.save(path, wanted)
    found = settings.load(path)
    if found != wanted and found != settings.Settings():
        yield "comes back as something else"


OUTPUTS: Final[Mapping[str, Output]] = {
    "widgets": widgets,
    "tooltips": tooltips,
    "clipboard": clipboard,
    "referral form": referral_form,
    "visit note": clinical_note,
    "consent page": consent_page,
    "slip, numbers, page of access": sheets,
    "printed log": printed_log,
    "exported table": table,
    "log of the program": program_log,
    "page beside a backup": page_of_the_backup,
    "notice before sign-in": notice,
    "settings": settings_file,
}


def tried(folder: Path, first: int, step: int) -> Mapping[str, Any]:
    """Gives every `step`-th text to every output; an error of any kind is a problem."""
    qt_application()
    theme.apply_theme(qt_application(), theme.Theme())
    diagnostics.start_logging(folder)
    picture = folder / "red.png"
    red = QImage(400, 40, QImage.Format.Format_RGB32)
    red.fill(QColor("#ff0000"))
    red.save(str(picture))
    count, problems = 0, []
    for number, raw in enumerate(texts()):
        if number % step != first % step:
            continue
        text = with_picture(raw, str(picture))
        for name, output in OUTPUTS.items():
            began = time.perf_counter()
            try:
                found = list(output(text, folder))
            except Exception as error:  # noqa: BLE001 nothing may break off
                found = [f"broke off: {error!r}"]
            count += 1
            if (took := time.perf_counter() - began) > SECONDS:
                found.append(f"took {took:.1f} s")
            problems += [f"{name}, text {number} {raw[:40]!r}: {one}" for one in found]
    return {"tried": count, "problems": problems}


def unprotected(folder: Path) -> Mapping[str, Any]:
    """The control: a label of Qt and a paragraph of reportlab as they come, with the same texts."""
    qt_application()
    picture = folder / "red.png"
    red = QImage(400, 40, QImage.Format.Format_RGB32)
    red.fill(QColor("#ff0000"))
    red.save(str(picture))
    seen = []
    for number, raw in enumerate(texts()):
        if number % AS_THEY_COME:
            continue
        text = with_picture(raw, str(picture))
        label = QLabel(text)
        label.resize(640, 60)
        if red_points(label):
            seen.append(f"label, {number}")
        label.deleteLater()
        try:
            Paragraph(text, ParagraphStyle("x"))
        except Exception:  # noqa: BLE001 that is what is wanted
            seen.append(f"paragraph, {number}")
    return {"tried": len(seen), "problems": seen}


def main(words: list[str]) -> None:
    folder = Path(words[0])
    folder.mkdir(parents=True, exist_ok=True)
    found = tried(folder, int(words[1]), int(words[2])) if words[1:] else unprotected(folder)
    (folder / "found.json").write_text(json.dumps(found), encoding="utf-8")
    # The order in which Python would take Qt apart is nobody's concern here.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
