# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of this computer: each one declared once, with its default, bounds and help."""

import dataclasses
import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

Theme = Literal["system", "light", "dark"]
TEXT_SCALES: Final = (100, 115, 130, 150, 175, 200)
FILE_NAME: Final = "settings.toml"
UNREADABLE: Final = ".unreadable"
"""Ending under which a settings file that cannot be used is kept aside."""


def _setting(
    text: str,
    default: object,
    *,
    choices: tuple[object, ...] = (),
    bounds: tuple[int, int] | None = None,
) -> Any:  # noqa: ANN401 as dataclasses.field, whose place it takes
    """A field with its help text, which the catalogues carry too."""
    metadata = {"help": text, "choices": choices, "bounds": bounds}
    return dataclasses.field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """What this computer remembers. Never a patient's name, never anything from a visit."""

    # Translators: help texts of the settings of one computer.
    language: str | None = _setting("Language of the screen; the system's when not set.", None)
    theme: Theme = _setting("Light or dark colours.", "system", choices=get_args(Theme))
    text_scale: int = _setting("Size of text, in percent.", 100, choices=TEXT_SCALES)
    initials_only: bool = _setting(
        "Show initials instead of names in the list of today.", default=False
    )
    sign_in_list: bool = _setting(
        "Show a list of staff names at sign-in instead of an empty field.", default=False
    )
    idle_cover_seconds: int = _setting(
        "Seconds until a private view covers itself.", 45, bounds=(15, 120)
    )
    lock_minutes: int = _setting("Minutes until the program locks.", 3, bounds=(1, 10))
    hide_from_capture: bool = _setting(
        "Keep the windows out of screenshots and shared screens, where the system can.",
        default=True,
    )
    answer_advances: bool = _setting(
        "Go to the next row when an observation was answered.", default=True
    )


def load(path: Path) -> Settings:
    """The settings of a file; a value out of bounds gets its default.

    A file that cannot be read is put aside, so that the program starts and nothing is lost.
    """
    found = look(path)
    if found is None:
        _keep_aside(path)
    return found or Settings()


def look(path: Path) -> Settings | None:
    """The same without touching anything; None for a file that cannot be read."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return None
    fields = dataclasses.fields(Settings)
    return Settings(**{f.name: _fitting(f, found[f.name]) for f in fields if f.name in found})


def save(path: Path, settings: Settings) -> None:
    """Write the settings in one step: a power cut leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        f"# {f.metadata['help']}\n{f.name} = {_toml(getattr(settings, f.name))}\n"
        for f in dataclasses.fields(Settings)
        if getattr(settings, f.name) is not None
    ]
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write("\n".join(lines))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _fitting(field: "dataclasses.Field[Any]", value: object) -> Any:  # noqa: ANN401 of the field's type
    """The value, or the default when it has another type or lies out of bounds."""
    rules: Mapping[str, Any] = field.metadata
    kind = str if field.default is None else type(field.default)
    outside = rules["bounds"] and not rules["bounds"][0] <= _number(value) <= rules["bounds"][1]
    unknown = rules["choices"] and value not in rules["choices"]
    return field.default if type(value) is not kind or outside or unknown else value


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    # TOML quotes like JSON, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _keep_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(path.name + UNREADABLE))
    except OSError:
        # The folder cannot be written either: start with defaults and leave the file.
        return
