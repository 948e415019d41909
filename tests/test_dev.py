# SPDX-License-Identifier: GPL-3.0-or-later
"""The developer's command reads its words, and says what to do when something is missing."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["dev"] = module
    spec.loader.exec_module(module)
    return module


dev = _load()


@pytest.mark.parametrize("word", ["run", "test", "check", "bench", "rig", "package", "translate"])
def test_each_word_is_taken_with_its_arguments(word: str) -> None:
    """What follows the word belongs to it, options included."""
    assert dev.parse([word]) == (word, [])
    assert dev.parse([word, "-k", "names", "--help"]) == (word, ["-k", "names", "--help"])


def test_an_unknown_word_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, and the words to choose from."""
    with pytest.raises(SystemExit) as left:
        dev.parse(["tset"])
    assert left.value.code == 2
    assert "there is no word 'tset'" in capsys.readouterr().err


def test_help_names_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    """With what it does."""
    with pytest.raises(SystemExit) as left:
        dev.parse(["--help"])
    shown = capsys.readouterr().out
    assert left.value.code == 0
    assert all(word in shown and (do.__doc__ or "?") in shown for word, do in dev.WORDS.items())


def test_no_word_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """And fails, so that a script notices."""
    with pytest.raises(SystemExit) as left:
        dev.parse([])
    assert left.value.code == 2
    assert "translate" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("system", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ""}, False),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_where_a_window_can_be_shown(system: str, environ: dict[str, str], expected: bool) -> None:  # noqa: FBT001 a column of the table
    """Only Linux has machines without a display."""
    assert dev.has_display(system, environ) is expected


def test_missing_rights_give_the_line_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exact, so that it can be copied."""
    monkeypatch.setattr(dev, "as_root", lambda: None)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(dev.SetUpError) as said:
        dev.install_packages(["libegl1", "libgl1"], "Qt")
    assert "sudo apt-get install --no-install-recommends libegl1 libgl1" in str(said.value)


@pytest.mark.parametrize(
    ("arguments", "window"),
    [((), True), (("--data", "d", "--language", "mk"), True), (("demo", "--out", "d"), False)],
)
def test_what_a_window_needs_is_installed_when_one_opens(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], *, window: bool
) -> None:
    """Also with a folder and a language, and not for words that open none."""
    wanted: list[bool] = []
    monkeypatch.setattr(dev, "has_display", lambda *_given: True)
    monkeypatch.setattr(dev, "set_up_environment", lambda _lock: None)
    monkeypatch.setattr(dev, "set_up_system", lambda *, window: wanted.append(window))
    monkeypatch.setattr(dev, "python", lambda *_given, **_also: 0)
    assert dev.do_run(list(arguments)) == 0
    assert wanted == [window]


def test_another_linux_gets_its_own_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fedora calls the packages otherwise."""
    monkeypatch.setattr(dev.shutil, "which", lambda name: None if name == "apt-get" else name)
    line = dev.install_line(["libegl1", "libgl1"])
    assert line == "sudo dnf install libglvnd-egl libglvnd-glx"


def test_a_changed_lock_is_noticed(tmp_path: Path) -> None:
    """And an unchanged one costs nothing."""
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1", encoding="utf-8")
    first = dev.fingerprint(lock)
    assert dev.fingerprint(lock) == first
    lock.write_text("a==2", encoding="utf-8")
    assert dev.fingerprint(lock) != first


def test_chosen_tests_run_alone() -> None:
    """The whole suite runs on several cores, a chosen test or a debugger does not."""
    assert dev.parallel([])[0] == "-n"
    assert dev.parallel(["-q"])[0] == "-n"
    assert dev.parallel(["tests/i18n"]) == []
    assert dev.parallel(["--pdb"]) == []


def test_what_tests_need_holds_what_the_program_needs() -> None:
    """One environment serves both, so the second lock must contain the first."""

    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line and line[0] not in " #"}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_rigs_go_on_without_what_cannot_be_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line to run is said, and the rest is measured all the same."""
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev, "as_root", lambda: None)
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)  # noqa: ARG005 nothing is there
    measured: list[object] = []
    monkeypatch.setattr(dev, "_figures_of", lambda *given: measured.append(given) or 0)
    monkeypatch.setattr(dev, "python", lambda *given: measured.append(given) or 0)
    assert dev.main(["rig", "--quick", "--json", "build/none.json"]) == 0
    assert "strace" in capsys.readouterr().out
    (kind, words), shown = measured
    assert (kind, words[-3:]) == ("rig", ["--quick", "--json", "build/none.json"])
    assert shown == ("-m", "tests.rig.report", "build/none.json")
