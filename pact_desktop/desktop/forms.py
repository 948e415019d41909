# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads a form of `ui/screens` into the view that declares its widgets."""

from typing import Any, get_origin, get_type_hints

from PySide6.QtCore import QFile, QIODevice, QMargins, QObject
from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import QFormLayout, QGridLayout, QLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme, widgets
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.resources import shipped


class _Loader(QUiLoader):
    """Gives the view for the root of the form, and kit widgets for promoted classes."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self._view = view
        self._root_given = False
        self.setLanguageChangeEnabled(True)

    @override
    def createWidget(
        self, className: str, parent: QWidget | None = None, name: str = ""
    ) -> QWidget:
        if not self._root_given:
            self._root_given = True
            self._view.setObjectName(name)
            return self._view
        kit_class = widgets.FORM_CLASSES.get(className)
        if kit_class is None:
            return super().createWidget(className, parent, name)
        made = kit_class(parent=parent)
        made.setObjectName(name)
        return made


def load_form(view: QWidget, name: str) -> None:
    """Fills the view from `ui/screens/<name>.ui`; raises Fault(FORM_INVALID).

    Each annotation of the view's class that names a QObject is filled with the widget of that
    name; a missing one, or one of another class, is an error here and not later.
    """
    path = shipped("ui") / "screens" / f"{name}.ui"
    file = QFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise Fault(FaultCode.FORM_INVALID, form=name, problem="file not found")
    try:
        _Loader(view).load(file)
    except RuntimeError:
        raise Fault(FaultCode.FORM_INVALID, form=name, problem="not a form") from None
    finally:
        file.close()
    _bind(view, name)
    for widget in view.findChildren(QWidget):
        if isinstance(widget, widgets.FromForm):
            widget.form_loaded()
    fit_layouts(view)


def _bind(view: QWidget, form: str) -> None:
    for attribute, kind in _declared(type(view)).items():
        found = view.findChild(kind, attribute)
        if found is None:
            raise Fault(
                FaultCode.FORM_INVALID, form=form, problem=f"no {kind.__name__} {attribute}"
            )
        setattr(view, attribute, found)


def _declared(view_class: type[QWidget]) -> dict[str, type[QObject]]:
    """Annotated widgets of the class that have no value there."""
    hints: dict[str, Any] = get_type_hints(view_class)
    return {
        name: kind
        for name, kind in hints.items()
        if get_origin(kind) is None
        and isinstance(kind, type)
        and issubclass(kind, QObject)
        and not hasattr(view_class, name)
    }


def fit_layouts(view: QWidget, made_at: int = 0) -> None:
    """Margins and gaps of a form are given at 100 percent; this fits them to the text size.

    `made_at` is the text size at which layouts of code were made; the present one if not given.
    """
    made_at = made_at or theme.current().scale
    for layout in view.findChildren(QLayout):
        at_full = layout.property("design_spaces")
        if at_full is None:
            margins = layout.contentsMargins()
            edges = (margins.left(), margins.top(), margins.right(), margins.bottom())
            # Only a form names its layouts; code has fitted its own when it made them.
            scale = 100 if layout.objectName() else made_at
            at_full = [round(value * 100 / scale) for value in (*edges, *_gaps(layout))]
            layout.setProperty("design_spaces", at_full)
        left, top, right, bottom, *gaps = (theme.scaled(value) for value in at_full)
        layout.setContentsMargins(QMargins(left, top, right, bottom))
        _set_gaps(layout, gaps)


def _gaps(layout: QLayout) -> list[int]:
    if isinstance(layout, QGridLayout | QFormLayout):
        return [layout.horizontalSpacing(), layout.verticalSpacing()]
    return [layout.spacing()]


def _set_gaps(layout: QLayout, gaps: list[int]) -> None:
    if isinstance(layout, QGridLayout | QFormLayout):
        layout.setHorizontalSpacing(gaps[0])
        layout.setVerticalSpacing(gaps[1])
    else:
        layout.setSpacing(gaps[0])
