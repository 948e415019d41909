# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows which backups there are, makes one, and opens one as a test; long work can be stopped."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from pact_desktop.desktop.backup_words import size_words, standing_lines
from pact_desktop.desktop.notices import AnswerButton, Question
from pact_desktop.desktop.save_dialog import ask_for_file
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.backup.known import (
    Known,
    banner_words,
    read_known,
    state_chip,
)
from pact_desktop.desktop.screens.backup.view import BackupView
from pact_desktop.desktop.steps import Steps
from pact_desktop.desktop.sticks import Stick, sticks
from pact_desktop.desktop.widgets import Row
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.backup import (
    Backup,
    BackupContents,
    BackupId,
)
from pact_desktop.domain.errors import PactError, RefusalCode
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import format_moment
from pact_desktop.i18n.locales import PAPER_LOCALES, SOURCE
from pact_desktop.services.backups import (
    ENDING,
    FileCheck,
    MadeBackup,
    examine_backup,
    make_backup,
    rehearse_restore,
)
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.old_copies import (
    copies_list,
    note_copy_destroyed,
)

_ABOUT_THE_CODE: Final = frozenset(
    {RefusalCode.RECOVERY_CODE_WRONG, RefusalCode.RECOVERY_CODE_OTHER}
)


class BackupPresenter:
    """Between the screen and the services; what still runs is stopped on leaving."""

    def __init__(
        self, view: BackupView, work: Work, find_sticks: Callable[[], list[Stick]] = sticks
    ) -> None:
        self._view, self._work, self._find_sticks = view, work, find_sticks
        self._known: Known | None = None
        self._steps: Steps | None = None
        self._file: Path | None = None
        view.entered.connect(lambda _arguments: self._load())
        view.left.connect(self._leave)
        view.make_wanted.connect(lambda: view.making.ask(self._find_sticks()))
        view.test_wanted.connect(self._choose_file)
        view.list_wanted.connect(self._print_list)
        view.destroyed_wanted.connect(self._ask_destroyed)
        view.making.sticks_wanted.connect(lambda: view.making.offer(self._find_sticks()))
        view.making.folder_chosen.connect(self._make)
        view.making.stop_wanted.connect(self._stop)
        view.testing.code_given.connect(self._rehearse)
        view.testing.stop_wanted.connect(self._stop)

    # The list -------------------------------------------------------------------------------

    def _load(self) -> None:
        session = self._work.session
        self._work.background.run(self._view, lambda: read_known(session), self._show)

    def _show(self, known: Known) -> None:
        self._known = known
        self._view.show_backups([self._row(backup, known) for backup in known.backups])
        self._view.show_old(there_are=known.old is not None and bool(known.old.erased))
        found, now = known.standing, self._work.session.now
        self._view.show_standing(standing_lines(found, now))
        self._view.show_banner(banner_words(known, self._work.session))

    def _row(self, backup: Backup, known: Known) -> Row:
        return Row(
            backup.backup_id,
            (
                self._moment(backup),
                known.codes.get(backup.made_by, ""),
                backup.anchor,
                size_words(backup.size),
                state_chip(backup, known),
            ),
        )

    def _moment(self, backup: Backup | BackupContents) -> str:
        now = self._work.session.now
        return format_moment(backup.made_at.astimezone(now.tzinfo), now, catalog())

    # Old ones -------------------------------------------------------------------------------

    def _print_list(self) -> None:
        session = self._work.session

        def show(issued: IssuedDocument) -> None:
            self._work.navigator.go(
                "print_page",
                pdf=issued.pdf,
                job=issued.file_name.removesuffix(".pdf"),
                file_name=issued.file_name,
                back=("backup", {}),
            )

        locale = catalog().locale
        self._work.background.run(
            self._view,
            lambda: copies_list(session, locale if locale in PAPER_LOCALES else SOURCE),
            show,
        )

    def _ask_destroyed(self, key: object) -> None:
        known = {one.backup_id: one for one in self._known.backups} if self._known else {}
        backup = known.get(BackupId(str(key)))
        if backup is None or backup.destroyed_at is not None:
            return
        self._work.notices.ask(
            Question(
                tr("Is this backup destroyed?"),
                tr(
                    "Made: {when}. Say so only when the stick is broken or the file is gone "
                    "everywhere. The program cannot look."
                ).format(when=self._moment(backup)),
                (AnswerButton(tr("Go back")), AnswerButton(tr("It is destroyed"))),
            ),
            lambda answer: self._note_destroyed(backup.backup_id) if answer == 1 else None,
        )

    def _note_destroyed(self, backup_id: BackupId) -> None:
        session = self._work.session
        self._work.background.run(
            self._view,
            lambda: note_copy_destroyed(session, backup_id),
            lambda _left: self._load(),
        )

    # Making one -----------------------------------------------------------------------------

    def _make(self, folder: Path) -> None:
        session, steps = self._work.session, self._begin(self._view.making.show_progress)
        self._view.making.show_waiting()
        self._work.background.run(
            self._view, lambda: make_backup(session, folder, steps), self._made, self._not_made
        )

    def _made(self, made: MadeBackup) -> None:
        self._steps = None
        self._view.making.show_made(
            made.path.name, made.backup.anchor, on_same_disk=made.backup.on_same_disk
        )
        self._load()

    def _not_made(self, error: BaseException) -> None:
        self._steps = None
        making = self._view.making
        making.offer(self._find_sticks())
        if not isinstance(error, PactError):
            making.close_now()
            self._work.notices.fail(error)
        elif error.code is RefusalCode.BACKUP_STOPPED:
            making.show_problem("")
        else:
            making.show_problem(sentence(catalog(), error))

    # Testing one ----------------------------------------------------------------------------

    def _choose_file(self) -> None:
        # Translators: kind of file in a dialog that chooses one.
        kind = tr("Backup")
        ask_for_file(self._view, f"{kind} (*{ENDING})", self._examine)

    def _examine(self, path: Path) -> None:
        self._file = path
        session, steps = self._work.session, self._begin(self._view.testing.show_progress)
        self._view.testing.show_reading()
        self._work.background.run(
            self._view, lambda: examine_backup(session, path, steps), self._examined, self._failed
        )

    def _examined(self, found: FileCheck) -> None:
        self._steps = None
        self._view.testing.ask_for_code(
            tr("Made: {when}").format(when=self._moment(found.contents)),
            tr("The activity log in it ends with {code}.").format(code=found.contents.anchor),
        )

    def _rehearse(self, code: str) -> None:
        path = self._file
        if path is None:
            return
        session, steps = self._work.session, self._begin(self._view.testing.show_progress)
        self._view.testing.show_opening()
        self._work.background.run(
            self._view,
            lambda: rehearse_restore(session, path, code, steps),
            self._rehearsed,
            self._failed,
        )

    def _rehearsed(self, found: FileCheck) -> None:
        self._steps = None
        whole = found.log is not None and found.log.whole
        self._view.testing.show_end(
            tr("The backup opens"),
            tr("The recovery sheet opened it, and everything in it is as it was."),
            ""
            if whole
            else tr(
                "The activity log in it was not whole when the backup was made. "
                "Look at the log of this facility."
            ),
            tone="ok",
        )
        self._load()

    def _failed(self, error: BaseException) -> None:
        self._steps = None
        testing = self._view.testing
        if not isinstance(error, PactError):
            testing.close_now()
            self._work.notices.fail(error)
        elif error.code in _ABOUT_THE_CODE:
            testing.show_code_problem(sentence(catalog(), error))
        elif error.code is RefusalCode.BACKUP_STOPPED:
            testing.close_now()
        else:
            testing.show_end(
                tr("This backup cannot be used"), sentence(catalog(), error), "", tone="alert"
            )

    # Long work ------------------------------------------------------------------------------

    def _begin(self, show: Callable[[int], object]) -> Steps:
        self._stop()
        self._steps = Steps(self._view)
        self._steps.progressed.connect(show)
        return self._steps

    def _stop(self) -> None:
        if self._steps is not None:
            self._steps.stop()

    def _leave(self) -> None:
        """A lock or another screen: what runs ends at its next step and leaves nothing half."""
        self._stop()
        self._view.making.close_now()
        self._view.testing.close_now()
