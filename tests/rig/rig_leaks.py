# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that somebody typed and no key lies readable anywhere, whatever state it is in."""

import shutil
from io import BytesIO

import pytest
from pypdf import PdfReader

from pact_desktop.domain.audit import LogFilter
from pact_desktop.domain.referral import Priority
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.services import audit, documents, referral_issue, referrals
from pact_desktop.services.issued import IssuedDocument
from tests import memory
from tests.rig import leaks
from tests.rig.figures import shows
from tests.rig.journeys import SHELTER, Desk
from tests.rig.leaks import STATES, Ready
from tests.rig.marks import FORMS, Marks, found_in
from tests.rig.running import Rig
from tests.rig.trials import content

NEEDS_ROOT = pytest.mark.skipif(
    not memory.CAN_LOOK, reason="needs Linux and root: nobody else may look into the program"
)


@pytest.fixture(scope="module")
def ready(rig: Rig) -> Ready:
    return rig.once(leaks.make_ready, Marks.draw(), shared=rig.prepared)


@shows("leaks")
@NEEDS_ROOT
def rig_plain_text(rig: Rig, ready: Ready) -> None:
    """Every place, in every state, for every mark, in every form."""
    with rig.row("typed texts and keys looked for in every place") as row:
        found = list(
            rig.each(_searched, [(ready, state) for state in STATES], shared=rig.folder, chunk=1)
        )
        places = {place for one in found for place in one.places}
        row.times = ready.filled.marks * FORMS * sum(len(one.places) for one in found)
        row.problems = [hit for one in found for hit in one.hits]
        row.found = (
            f"{len(row.problems)} found; {ready.filled.marks} marks x {FORMS} forms x "
            f"{len(places)} places, in {len(STATES)} states; "
            f"{sum(one.size for one in found) / 1e6:,.0f} MB searched"
        )


def _searched(_folder: object, case: tuple[Ready, str]) -> leaks.Searched:
    return leaks.searched(*case)


@shows("leaks")
def rig_papers_say_nothing_outside(rig: Rig, ready: Ready) -> None:
    """A paper holds names; its file name, its title and the rest of what describes it do not."""
    with rig.row("names and descriptions of papers, the exported log") as row:
        given = rig.once(_papers, ready, shared=rig.folder)
        wanted = ready.marks.needles()
        for name, described in given:
            row.problems += [f"{name}: {hit}" for hit in found_in(described, wanted)]
        row.times = len(given) * ready.filled.marks * FORMS
        row.found = f"{len(row.problems)} found in {len(given)} papers"


def _papers(_folder: object, ready: Ready) -> list[tuple[str, bytes]]:
    """What surrounds each paper, and the log as a table and on paper."""
    home = ready.home.with_name("marked-papers")
    shutil.copytree(ready.home, home)
    desk = Desk(home, content())
    nurse = desk.at_work("nadia")
    visit = ready.filled.visits[0]
    locale = documents.card_locales(nurse)[0]
    draft = referrals.draft_referral(nurse, visit, SHELTER, Priority.URGENT)
    issued: list[IssuedDocument] = [
        documents.patient_card(nurse, visit, locale, documents.CardOptions()),
        documents.visit_slip(nurse, visit, "en"),
        documents.clinical_note(nurse, visit, "mk"),
        documents.consent_page(nurse, draft.referral_id, "sq"),
        IssuedDocument("preview", referral_issue.preview_form(nurse, draft, "en")),
    ]
    found = [(one.file_name, one.file_name.encode() + _described(one.pdf)) for one in issued]
    nurse.store.close()
    manager = desk.at_work("mira")
    printed = audit.print_log(manager, LogFilter(), "en")
    found.append((printed.file_name, _described(printed.pdf) + _text(printed.pdf)))
    found.append(("the log as a table", audit.export_log(manager, LogFilter(), Catalog.source())))
    manager.store.close()
    return found


def _described(pdf: bytes) -> bytes:
    """Title, author, producer and so on, also as XMP; names of fonts and of their parts."""
    reader = PdfReader(BytesIO(pdf))
    words = [f"{name}={value}" for name, value in (reader.metadata or {}).items()]
    xmp = reader.xmp_metadata
    kept = xmp.stream.get_data() if xmp is not None else b""
    fonts = [str(page.get("/Resources", {}).get("/Font", {})) for page in reader.pages]
    return "\n".join([*words, *fonts]).encode() + kept


def _text(pdf: bytes) -> bytes:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).encode()


@shows("leaks", control=True)
@NEEDS_ROOT
def rig_leaks_are_seen(rig: Rig) -> None:
    """A mark left in each place in each form is found there, each time."""
    with rig.row("a mark left in each place, in each form") as row:
        folder = rig.folder / "planted"
        folder.mkdir()
        tried, missed = leaks.planted(folder, Marks.draw())
        row.times, row.problems = tried - len(missed), missed
        row.found = f"{row.times} of {tried} seen"


@shows("leaks", control=True)
def rig_papers_that_say_something_are_seen(rig: Rig) -> None:
    """A paper whose title is a name is one that is found."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 only here

    with rig.row("a paper with a name for its title") as row:
        marks = Marks.draw()
        mark = next(marks.each())
        made = BytesIO()
        canvas = Canvas(made)
        canvas.setTitle(mark)
        canvas.drawString(50, 50, "x")
        canvas.save()
        row.times = found_in(_described(made.getvalue()), marks.needles()).total()
        row.found = f"{row.times} seen"


@shows("leaks")
def rig_print_spool() -> None:
    """What the print system keeps of a job after it is done."""
    pytest.skip("not run: needs a print system (CUPS); what it keeps is in docs/limits.md")
