# SPDX-License-Identifier: GPL-3.0-or-later
"""What a designer writes into a form reaches the translators, with its note."""

import io

from pact_desktop.i18n.form_strings import extract

FORM = b"""<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0">
 <class>SignInView</class>
 <widget class="QWidget" name="SignInView">
  <widget class="QLabel" name="title">
   <property name="text">
    <string extracomment="Title of the screen.">Sign in &amp; start</string>
   </property>
   <property name="role"><string notr="true">title</string></property>
   <property name="toolTip"><string></string></property>
  </widget>
 </widget>
</ui>
"""


def test_only_translatable_strings_come_out_with_form_and_note() -> None:
    """The context is the class of the form, as Qt asks for it."""
    assert list(extract(io.BytesIO(FORM), {}, [], {})) == [
        (
            7,
            "pgettext",
            ("SignInView", "Sign in & start"),
            ["Translators: Title of the screen."],
        )
    ]
