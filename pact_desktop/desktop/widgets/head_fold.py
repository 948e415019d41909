# SPDX-License-Identifier: GPL-3.0-or-later
"""The head of a screen in a narrow window: its buttons go below the title, and below each other."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from pact_desktop.desktop import theme
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.flow_layout import FlowLayout
from pact_desktop.desktop.widgets.labels import PlainLabel


class HeadFold(QObject):
    """Holds the buttons of a head; without room they lose their key caps and the lead goes."""

    def __init__(
        self,
        screen: Screen,
        head: QBoxLayout,
        lead: PlainLabel,
        buttons: Sequence[ActionButton],
    ) -> None:
        super().__init__(screen)
        self._head, self._lead = head, lead
        self._caps = [(button, str(button.property("keyCap") or "")) for button in buttons]
        self._holder = QWidget(screen)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._holder.setSizePolicy(policy)
        flow = FlowLayout(self._holder, across=12, down=8)
        for button in buttons:
            head.removeWidget(button)
            flow.addWidget(button)
        head.addWidget(self._holder, 0, Qt.AlignmentFlag.AlignVCenter)
        screen.width_changed.connect(self._reflow)
        # The window may have changed its width while another screen was in front.
        screen.entered.connect(lambda _arguments: self._reflow(screen.logical_width()))

    def _reflow(self, width: int) -> None:
        narrow, direction = width < theme.reflow("one_column_below"), QBoxLayout.Direction
        self._head.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._head.setAlignment(
            self._holder, Qt.AlignmentFlag(0) if narrow else Qt.AlignmentFlag.AlignVCenter
        )
        self._lead.setVisible(not narrow)
        for button, cap in self._caps:
            button.set_key_cap("" if narrow else cap)
