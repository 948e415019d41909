# SPDX-License-Identifier: GPL-3.0-or-later
"""Margins and gaps of layouts made in code: given at 100 percent, like those of a form."""

from PySide6.QtWidgets import QGridLayout, QLayout

from pact_desktop.desktop import theme


def space_out(
    layout: QLayout, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 0, down: int = -1
) -> None:
    """Sets them at the present text size and leaves the design values for the next change."""
    grid = isinstance(layout, QGridLayout)
    gaps = [gap, gap if down < 0 else down] if grid else [gap]
    layout.setProperty("design_spaces", [*margins, *gaps])
    left, top, right, bottom = (theme.scaled(value) for value in margins)
    layout.setContentsMargins(left, top, right, bottom)
    if isinstance(layout, QGridLayout):
        layout.setHorizontalSpacing(theme.scaled(gaps[0]))
        layout.setVerticalSpacing(theme.scaled(gaps[1]))
    else:
        layout.setSpacing(theme.scaled(gap))
