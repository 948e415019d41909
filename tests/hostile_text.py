# SPDX-License-Identifier: GPL-3.0-or-later
"""Names and sentences as nobody is called: markup, paths, commands, letters that confuse.

`SENTINEL` stands for a file that would be opened, `RED` for a picture that would be drawn. The
same texts come in the same order each time.
"""

from collections.abc import Iterator
from typing import Final

SENTINEL: Final = "sentinel-of-the-rig"
PICTURE: Final = "{picture}"
"""Put in by whoever has a red picture at hand; other uses leave it as it stands."""

_MARKUP: Final = (
    f"<img src='{PICTURE}'>",
    f'<img src="{PICTURE}" width=400 height=40>',
    f"<img src='file:///{SENTINEL}/x.png'>",
    f"<img src='\\\\{SENTINEL}\\share\\x.png'>",
    f"<img src='//{SENTINEL}/share/x.png'>",
    f"<img src='http://{SENTINEL}.invalid/x.png'>",
    f"<image source='{PICTURE}'/>",
    f"<a href='file:///{SENTINEL}'>Ana</a>",
    '<font color="#ff0000" size="7">████████</font>',
    '<span style="background:#ff0000">████████</span>',
    '<table bgcolor="#ff0000"><tr><td>████████</td></tr></table>',
    '<body bgcolor="#ff0000">████████',
    "<h1 style='color:#ff0000'>████████</h1>",
    "<!-- Ana",
    "--> Ana",
    "<b>Ana",
    "</b></p></td></table>",
    "<![CDATA[Ana]]>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///" + SENTINEL + "'>]><x>&e;</x>",
    "<script>alert(1)</script>",
    f"<link rel='stylesheet' href='{SENTINEL}.css'>",
    f"<style>@import '{SENTINEL}.css'; * {{ background: #ff0000 }}</style>",
    "&lt;b&gt;Ana&amp;&#x41;&nbsp;&unknown;",
    "Ana & Co < Sons > \"quoted\" 'single'",
    "<para align='right'>Ana</para>",
    "<seq id='x'/><seqreset/>",
    f"<onDraw name='{SENTINEL}' label='x'/>",
    "<super>Ana</super><sub>x</sub><strike>",
    "<unichar name='pi'/><greek>a</greek><bullet>x</bullet>",
    "<br/><br><p>",
    "<qt>Ana</qt>",
    "<html><head><title>x</title></head><body>Ana",
    f"![Ana]({PICTURE}) [x](file:///{SENTINEL})",
    "# Ana **bold** `code` | a | b |",
)
_COMMANDS: Final = (
    "=1+1",
    f'=HYPERLINK("file:///{SENTINEL}";"Ana")',
    "+38970123456",
    "-1+1",
    f"@SUM(1+1)*cmd|' /C {SENTINEL}'!A0",
    "＝1+1",
    "  =1+1",
    "\t=1+1",
    "\r\n=1+1",
    "';=1+1;'",
    '";"=1+1";"',
    "Robert'); DROP TABLE patient;--",
    "' OR '1'='1",
    "{0} {name} {0.__class__} %s %n %(x)s",
    "${jndi:ldap://x} $(id) `id` ; id | id && id",
    f"../../../{SENTINEL}",
    f"..\\..\\{SENTINEL}",
    f"/{SENTINEL}/x",
    f"C:\\{SENTINEL}\\x",
    "CON",
    "nul.txt",
    "Ana. ",
    "Ana:stream",
    "a" * 300,
    '*?<>|:"/\\',
)
_LETTERS: Final = (
    "\u202eanA\u202c",
    "\u2066Ana\u2069\u2067",
    "\u200e\u200fAna\u061c",
    "A\u200bn\u200da\ufeff",
    "Z" + "\u0301" * 60,
    "👩🏽\u200d⚕️👨\u200d👩\u200d👧\u200d👦🏳️\u200d🌈",
    "\ud800Ana\udfff",
    "Ana\x00b",
    "Ana\x07\x08\x1b[31mred\x1b[0m",
    "Ana\x85\u2028\u2029b",
    'Ana\r\n{"event":"forged"}',
    "Ana\n\n\nPatient: Other",
    "ǈubica Ǌegoš ǅemal",
    "Аna Marкović",
    "ı İ i I ß ſ ﬁ",
    "D'Angelo-O’Brien Å",
    "X",
    " ",
    "\u3164\u2800\u115f",
    "محمد علي (12) abc",
    "张伟 김철수 สมชาย",
    "Ђорђевић Đorđević Dorđević",
    "Kosovë Kosovo Косово",
    "\U000e0041\U000e0042tag",
    "\ufff9a\ufffab\ufffb",
    "1" * 4000,
    "Ж " * 2000,
    "-" * 600,
)
_AROUND: Final = (
    "{}",
    "Ana {}",
    "{} Marković",
    "{0}{0}",
    "“{}”",
    "Ана {} Петровић",
    "\u202e{}",
)


def texts() -> Iterator[str]:
    """More than five hundred, each once."""
    seen: set[str] = set()
    for around in _AROUND:
        for core in (*_MARKUP, *_COMMANDS, *_LETTERS):
            text = around.replace("{0}", core).replace("{}", core)
            if text not in seen:
                seen.add(text)
                yield text


def with_picture(text: str, path: str) -> str:
    return text.replace(PICTURE, path)
