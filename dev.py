#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything a developer does, from a fresh machine: `python3 dev.py run`, `python3 dev.py test`.

Needs nothing but Python 3.11 or newer and a network for the first time. Whatever is missing (a
virtual environment, the locked dependencies, libraries of the system) is set up on the way.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "installed.json"
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
OLDEST_PYTHON = (3, 11)

OFFSCREEN_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""What Qt loads from the system, and the Debian package that brings it."""

WINDOWLESS = frozenset({"demo", "self-check", "audit", "backup"})
"""Words of the program that open no window."""

TEST_TOOLS = {"strace": "strace", "dbus-daemon": "dbus-daemon"}
"""What disturbs system calls and plays the desktop in tests, and the package that brings it."""

FEDORA_PACKAGES = {
    "libglib2.0-0": "glib2",
    "libdbus-1-3": "dbus-libs",
    "libgl1": "libglvnd-glx",
    "libegl1": "libglvnd-egl",
    "libxkbcommon0": "libxkbcommon",
    "libfontconfig1": "fontconfig",
    "libxcb-cursor0": "xcb-util-cursor",
    "libxkbcommon-x11-0": "libxkbcommon-x11",
    "libxcb-icccm4": "xcb-util-wm",
    "libxcb-keysyms1": "xcb-util-keysyms",
    "libxcb-shape0": "libxcb",
}


class SetUpError(Exception):
    """The machine lacks something that only its owner can add; says the line to run."""


# --- the machine ---------------------------------------------------------------------------------


def has_display(system: str, environ: Mapping[str, str]) -> bool:
    """Whether a window can be shown; only Linux has machines without."""
    if not system.startswith("linux"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(*, window: bool) -> list[str]:
    """Debian packages of the system libraries that Qt will not find."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = OFFSCREEN_LIBRARIES | (WINDOW_LIBRARIES if window else {})
    return [package for library, package in wanted.items() if not loads(library)]


def as_root() -> list[str] | None:
    """What to put before a command to run it as root; None when nobody can be asked."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if quiet(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    if sys.stdin.isatty() and run(["sudo", "-v"]) == 0:
        return ["sudo", "-n"]
    return None


def install_line(packages: Sequence[str]) -> str:
    """The line that a person with rights runs."""
    if not shutil.which("apt-get") and shutil.which("dnf"):
        names = sorted({FEDORA_PACKAGES.get(name, name) for name in packages})
        return "sudo dnf install " + " ".join(names)
    return "sudo apt-get install --no-install-recommends " + " ".join(packages)


def install_packages(packages: Sequence[str], why: str) -> None:
    """Install packages of the system where that is allowed; SetUpError with the line otherwise."""
    prefix = as_root()
    if prefix is None or not shutil.which("apt-get"):
        message = f"{why} needs packages of the system. Run:\n\n    {install_line(packages)}\n"
        raise SetUpError(message)
    say(f"Installing {' '.join(packages)} ({why})")
    environ = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    apt = [*prefix, "apt-get", "-qq", "-y", "-o", "Dpkg::Use-Pty=0"]
    install = [*apt, "install", "--no-install-recommends", *packages]
    if quiet(install, environ) or (quiet([*apt, "update"], environ) and quiet(install, environ)):
        return
    message = f"{why}: installing did not succeed. Run:\n\n    {install_line(packages)}\n"
    raise SetUpError(message)


def set_up_system(*, window: bool) -> None:
    packages = missing_packages(window=window)
    if packages:
        install_packages(packages, "Qt")


def set_up_test_tools() -> None:
    """What a few tests and rigs need; without it they are named as skipped or not run."""
    packages = [package for name, package in TEST_TOOLS.items() if not shutil.which(name)]
    if packages and sys.platform.startswith("linux"):
        try:
            install_packages(packages, "Disturbing system calls, playing a desktop")
        except SetUpError as error:
            say(f"{error}\nGoing on; what needs it is listed as skipped or not run.")


# --- the virtual environment ---------------------------------------------------------------------


def environment_python() -> Path:
    windows = sys.platform == "win32"
    return ENVIRONMENT / ("Scripts/python.exe" if windows else "bin/python")


def fingerprint(lock: Path) -> str:
    """Changes with the lock and with the Python that the environment was made for."""
    digest = hashlib.sha256(lock.read_bytes())
    digest.update(f"{sys.version_info[:2]} {ROOT}".encode())
    return digest.hexdigest()


def installed() -> dict[str, str]:
    """Which locks were installed, by file name; empty when nobody knows."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def set_up_environment(lock: Path) -> None:
    """Make `.venv` and install the lock, unless exactly that was done before."""
    if installed().get(lock.name) == fingerprint(lock) and environment_python().exists():
        return
    if not quiet([str(environment_python()), "-m", "pip", "--version"]):
        make_environment()
    say(f"Installing {lock.name}; this takes some minutes the first time")
    pip = [str(environment_python()), "-m", "pip", "install", "--quiet", "--no-input"]
    # The lock names everything; an older pip that resolves anew stumbles over extras.
    pip += ["--disable-pip-version-check", "--require-hashes", "--no-deps"]
    if run([*pip, "--only-binary", ":all:", "-r", str(lock)]) != 0:
        message = "The dependencies could not be installed. Is there a network? Then run it again."
        raise SetUpError(message)
    link_checkout()
    # What tests need holds all of what the program needs.
    locks = [lock] if lock == RUN_LOCK else [RUN_LOCK, DEV_LOCK]
    stamp = {one.name: fingerprint(one) for one in locks}
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def make_environment() -> None:
    """A fresh `.venv`; Debian keeps the needed module in a package of its own."""
    if not quiet([sys.executable, "-c", "import ensurepip, venv"]):
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        install_packages([version], "A virtual environment")
    say(f"Making {ENVIRONMENT.name}")
    if run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]) != 0:
        message = "The virtual environment could not be made; the reason stands above."
        raise SetUpError(message)


def link_checkout() -> None:
    """Let the environment find the package here, so that a change needs no new installation."""
    find = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    folder = subprocess.check_output([str(environment_python()), "-c", find], text=True).strip()
    (Path(folder) / "pact_desktop_checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


# --- running things ------------------------------------------------------------------------------


def say(text: str) -> None:
    print(text, flush=True)


def run(command: Sequence[str], environ: Mapping[str, str] | None = None) -> int:
    return subprocess.call(command, cwd=ROOT, env=environ)


def quiet(command: Sequence[str], environ: Mapping[str, str] | None = None) -> bool:
    """Run a command without showing anything; whether it went well."""
    try:
        found = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=False)
    except OSError:
        return False
    return found.returncode == 0


def python(*arguments: str, environ: Mapping[str, str] | None = None) -> int:
    return run([str(environment_python()), *arguments], environ)


def offscreen() -> dict[str, str]:
    return {"QT_QPA_PLATFORM": "offscreen", **os.environ}


def tool(name: str) -> str:
    """A program of the environment, for example `ruff`."""
    folder = environment_python().parent
    return str(folder / (f"{name}.exe" if sys.platform == "win32" else name))


# --- the words -----------------------------------------------------------------------------------


def do_run(arguments: Sequence[str]) -> int:
    """Start the program; without a display, do the main job once and say where the files are."""
    set_up_environment(RUN_LOCK)
    if arguments or has_display(sys.platform, os.environ):
        set_up_system(window=WINDOWLESS.isdisjoint(arguments))
        return python("-m", "pact_desktop", *arguments)
    say("No display: running a visit of an invented patient without one.")
    pictures = ["--screens"]
    try:
        set_up_system(window=False)
    except SetUpError as error:
        say(f"{error}\nGoing on without pictures of the screens.")
        pictures = []
    folder = ROOT / "demo"
    status = python("-m", "pact_desktop", "demo", "--out", "demo", *pictures, environ=offscreen())
    if status == 0:
        say(f"The files are in {folder}:")
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            say(f"  {path.relative_to(ROOT).as_posix()}")
    else:
        say(f"The program stopped with status {status}.")
    return status


def do_test(arguments: Sequence[str]) -> int:
    """Run the tests; further arguments go to pytest."""
    set_up_environment(DEV_LOCK)
    set_up_system(window=False)
    set_up_test_tools()
    return python("-m", "pytest", *parallel(arguments), *arguments, environ=offscreen())


def parallel(arguments: Sequence[str]) -> list[str]:
    """Several at once, unless the caller chose tests or a debugger."""
    chosen = any(not one.startswith("-") for one in arguments)
    alone = {"-n", "--pdb", "--lf", "--co", "--collect-only", "-s"} & set(arguments)
    return [] if chosen or alone else ["-n", str(min(os.cpu_count() or 1, 4))]


@dataclass(frozen=True)
class Gate:
    """One thing that must hold before a change is taken."""

    name: str
    command: Callable[[], list[str]]


def _module(*arguments: str) -> Callable[[], list[str]]:
    return lambda: [str(environment_python()), "-m", *arguments]


GATES = (
    Gate("style", lambda: [tool("ruff"), "check", "."]),
    Gate("format", lambda: [tool("ruff"), "format", "--check", "."]),
    Gate("types", _module("mypy")),
    Gate("layers", lambda: [tool("lint-imports"), "--no-logo"]),
    Gate("catalogues", _module("pact_desktop.interchange.translating", "--check")),
    Gate("gates", _module("pytest", "tests/gates", "-q", "-p", "no:cacheprovider")),
)


def do_check(arguments: Sequence[str]) -> int:
    """Run every gate to the end and say which did not hold."""
    set_up_environment(DEV_LOCK)
    set_up_system(window=False)
    gates = [gate for gate in GATES if not arguments or gate.name in arguments]
    failed = [gate.name for gate in gates if not _holds(gate)]
    if failed:
        say(f"{len(failed)} of {len(gates)} checks did not hold: {', '.join(failed)}")
        return 1
    say(f"All {len(gates)} checks hold.")
    return 0


def _holds(gate: Gate) -> bool:
    found = subprocess.run(
        gate.command(),
        cwd=ROOT,
        env=offscreen(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    say(f"{'ok  ' if found.returncode == 0 else 'FAIL'} {gate.name}")
    if found.returncode != 0:
        say(found.stdout.rstrip())
    return found.returncode == 0


def do_translate(arguments: Sequence[str]) -> int:
    """Update the catalogues; with `--missing` or `--fill`, serve a translator."""
    set_up_environment(DEV_LOCK)
    return python("-m", "pact_desktop.interchange.translating", *arguments)


def do_bench(arguments: Sequence[str]) -> int:
    """Measure; further arguments go to pytest."""
    return _figures_of("bench", arguments)


def do_rig(arguments: Sequence[str]) -> int:
    """Try to lose, leak or alter the records: --quick, --only FIGURE, --json PATH, --write PAGE."""
    parser = argparse.ArgumentParser(prog="dev.py rig", add_help=False)
    parser.add_argument("--json", default="build/rig.json")
    parser.add_argument("--write")
    chosen, rest = parser.parse_known_args(arguments)
    set_up_test_tools()
    # A run that does not even begin must not show what the one before it found.
    (ROOT / chosen.json).unlink(missing_ok=True)
    words = ["-p", "tests.rig.plugin", "--tb=short", "--no-header", *rest, "--json", chosen.json]
    broken = _figures_of("rig", words) > 1
    page = ["--write", chosen.write] if chosen.write else []
    status = python("-m", "tests.rig.report", chosen.json, *page)
    return 1 if broken else status


def _figures_of(kind: str, arguments: Sequence[str]) -> int:
    """Run `tests/<kind>`, whose files and functions begin with that word: no test runs them."""
    folder = f"tests/{kind}"
    if not (ROOT / folder).is_dir():
        say(f"There is nothing in {folder} yet.")
        return 1
    set_up_environment(DEV_LOCK)
    set_up_system(window=False)
    found = ["-o", f"python_files={kind}_*.py", "-o", f"python_functions={kind}_*"]
    alone = ["-q", "-s", "-p", "no:randomly", "-o", "timeout=0"]
    return python("-m", "pytest", folder, *found, *alone, *arguments, environ=offscreen())


def do_package(arguments: Sequence[str]) -> int:
    """Build the wheel into `dist/`, then what `installer/build.py` makes of it."""
    set_up_environment(DEV_LOCK)
    status = python("-m", "hatchling", "build", "-t", "wheel")
    build = ROOT / "installer" / "build.py"
    return python(str(build), *arguments) if status == 0 and build.exists() else status


def do_lock(arguments: Sequence[str]) -> int:
    """Write both locks from pyproject.toml; `--upgrade` chooses versions anew."""
    set_up_environment(DEV_LOCK)
    folder = ROOT / "build" / "uv"
    pip = ["-m", "pip", "install", "--quiet", "--only-binary", ":all:", "--target", str(folder)]
    if python(*pip, "--upgrade", "uv") != 0:
        return 1
    solve = ["-m", "uv", "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes"]
    solve += ["--no-header", "--quiet", *arguments]
    environ = dict(os.environ, PYTHONPATH=str(folder))
    for lock, extra in ((RUN_LOCK, []), (DEV_LOCK, ["--extra", "dev"])):
        status = python(*solve, *extra, "-o", str(lock), environ=environ)
        if status != 0:
            return status
    return 0


WORDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": do_run,
    "test": do_test,
    "check": do_check,
    "bench": do_bench,
    "rig": do_rig,
    "package": do_package,
    "translate": do_translate,
    "lock": do_lock,
}


def parse(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The word and what belongs to it; leaves with status 2 and a clear line otherwise."""
    lines = [f"  {word:<10} {(do.__doc__ or '').strip()}" for word, do in WORDS.items()]
    parser = argparse.ArgumentParser(
        prog="dev.py",
        usage="python3 dev.py WORD [arguments of the word]",
        description="Sets up what is missing, then does one thing.",
        epilog="words:\n" + "\n".join(lines),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("word", metavar="WORD", help="one of the words below")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    if not arguments:
        parser.print_help()
        parser.exit(2)
    chosen = parser.parse_args(arguments)
    if chosen.word not in WORDS:
        parser.error(f"there is no word {chosen.word!r}; choose from {', '.join(WORDS)}")
    return chosen.word, list(chosen.rest)


def main(arguments: Sequence[str]) -> int:
    word, rest = parse(arguments)
    if sys.version_info < OLDEST_PYTHON:
        oldest = ".".join(str(part) for part in OLDEST_PYTHON)
        say(f"This needs Python {oldest} or newer; start it with one, as in: python{oldest} dev.py")
        return 1
    try:
        return WORDS[word](rest)
    except SetUpError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
