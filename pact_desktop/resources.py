# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the folders that designers, translators and panels own lie on this computer."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
_SHIPPED: Final = _PACKAGE / "_shipped"


def shipped(name: str) -> Path:
    """The folder `ui`, `translations`, `indicator_sets` or `docs`; of the last only the limits.

    A wheel and a frozen build carry them inside the package; a checkout beside it.
    """
    return (_SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent) / name
