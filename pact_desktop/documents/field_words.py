# SPDX-License-Identifier: GPL-3.0-or-later
"""The referral form in words: what each row is called, and how its value reads."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from reportlab.platypus import Flowable

from pact_desktop.documents.pages import Paper
from pact_desktop.documents.paragraphs import TextStyle
from pact_desktop.documents.printable import typed
from pact_desktop.documents.styles import QUIET, VALUE
from pact_desktop.domain.facility import Reader
from pact_desktop.domain.patient import AgeBand
from pact_desktop.domain.referral import FormKind
from pact_desktop.domain.referral_values import (
    AgeSaid,
    CallBack,
    ChildView,
    Codes,
    Contact,
    FieldValue,
    Notification,
    Referrer,
    Sending,
    SetSigns,
    Signs,
    Spoken,
    Statement,
    Terms,
    Text,
    Whereabouts,
    Withheld,
)
from pact_desktop.i18n.formats import format_date, format_datetime, join_list
from pact_desktop.i18n.messages import Message, msg, pmsg
from pact_desktop.terms import citizenship_term, exploitation_term, language_term, term

DOT: Final = " · "

LABELS: Final[Mapping[str, Message]] = {
    # Translators: labels of the referral form, each over its value.
    "C1": pmsg("form", "To"),
    "C2": pmsg("form", "Contact there"),
    "C4": pmsg("form", "Role of the receiver"),
    "A4": pmsg("form", "Urgency"),
    "A6": pmsg("form", "Date and way"),
    "B3": pmsg("form", "Call back"),
    "D1": pmsg("form", "Code of the person"),
    "D2": pmsg("form", "Name"),
    "D3": pmsg("form", "Age"),
    "D4": pmsg("form", "Sex"),
    "D5": pmsg("form", "Citizenship"),
    "D6": pmsg("form", "Papers"),
    "D7": pmsg("form", "Language"),
    "D8": pmsg("form", "Help with access"),
    "D9": pmsg("form", "How to reach the person safely"),
    "D10": pmsg("form", "Where the person is"),
    "D11": pmsg("form", "Somebody came along"),
    "D12": pmsg("form", "Children or others to care for"),
    "E1": pmsg("form", "Care of the child"),
    "E2": pmsg("form", "Caregiver, and whether informed"),
    "E3": pmsg("form", "Could the person who came along be involved?"),
    "E4": pmsg("form", "What the child says"),
    "E5": pmsg("form", "Centre for social work told"),
    "F1": pmsg("form", "Signs that led to this referral"),
    "F2": pmsg("form", "Short facts"),
    "F3": pmsg("form", "Not known or not asked"),
    "F4": pmsg("form", "What it may be about"),
    "F5": pmsg("form", "To know at once"),
    "G2": pmsg("form", "Already done here"),
    "G3": pmsg("form", "Health summary"),
    "G4": pmsg("form", "Arrangements for safety"),
    "I": pmsg("form", "Must not be told"),
}
_ROLES: Final[Mapping[Reader, Message]] = {
    # Translators: what the receiver of a referral is in the law of the place.
    Reader.AUTHORITY: pmsg("receiver", "Authority or coordinator"),
    Reader.SHELTER: pmsg("receiver", "Support service"),
    Reader.HEALTH: pmsg("receiver", "Health service"),
    Reader.SOCIAL_WORK: pmsg("receiver", "Centre for social work"),
    Reader.POLICE: pmsg("receiver", "Police"),
}


def value_paragraphs(paper: Paper, value: FieldValue | None) -> list[Flowable]:
    """The value as paragraphs; quietly "not stated" where there is none to be said."""
    if value is None:
        return not_stated(paper)
    return _WRITERS[type(value)](paper, value)


def not_stated(paper: Paper) -> list[Flowable]:
    # Translators: stands on the form where a value was not given or not agreed to.
    return [paper.words(paper.catalog.pgettext("form", "not stated"), QUIET)]


def _lines(paper: Paper, *texts: str, style: TextStyle = VALUE) -> list[Flowable]:
    return [paper.words(text, style) for text in texts if text] or not_stated(paper)


def _text(paper: Paper, value: Text) -> list[Flowable]:
    return [paper.typed(value.text, VALUE, is_name=value.is_name)]


def _terms(paper: Paper, value: Terms) -> list[Flowable]:
    words = [
        _ROLES[said].of(paper.catalog) if isinstance(said, Reader) else term(paper.catalog, said)
        for said in value.values
    ]
    return _lines(paper, DOT.join(words))


def _codes(paper: Paper, value: Codes) -> list[Flowable]:
    words = [
        citizenship_term(paper.catalog, code)
        if code.islower()
        else exploitation_term(paper.catalog, code)
        for code in value.codes
    ]
    return _lines(paper, DOT.join(words), typed(value.note))


def _sending(paper: Paper, value: Sending) -> list[Flowable]:
    moment = format_datetime(value.sent_at or value.created_at, paper.locale)
    return _lines(paper, DOT.join((moment, term(paper.catalog, value.channel))))


def _call_back(paper: Paper, value: CallBack) -> list[Flowable]:
    return _lines(paper, DOT.join(typed(part) for part in (value.phone, value.hours) if part))


def referrer_line(paper: Paper, value: Referrer) -> str:
    # Translators: who wrote the form: role and code of the member of staff, never the name.
    sentence = paper.catalog.gettext("Referred by: {role}, staff code {code}")
    return sentence.format(role=term(paper.catalog, value.role), code=typed(value.staff_code))


def _referrer(paper: Paper, value: Referrer) -> list[Flowable]:
    return _lines(paper, referrer_line(paper, value))


def about_years(paper: Paper, years: int) -> str:
    """The words for an age that was estimated."""
    # Translators: the age was estimated.
    said = paper.catalog.ngettext("About {n} year", "About {n} years", years)
    return said.format(n=years)


def _age(paper: Paper, value: AgeSaid) -> list[Flowable]:
    """Who may be under 18 is said to be so before any number that reads like an adult's."""
    said = _years(paper, value)
    if value.may_be_child:
        # Translators: stands before the estimated age on the form, as in
        # "May be under 18 · About 18 years". A receiver must not take the person for an adult.
        said = DOT.join((paper.catalog.gettext("May be under 18"), said))
    return _lines(paper, said)


def _years(paper: Paper, value: AgeSaid) -> str:
    gettext, band = paper.catalog.gettext, term(paper.catalog, value.band)
    if value.detailed and value.birth_date is not None and value.years is not None:
        # Translators: birth date and age on the full form.
        said = paper.catalog.ngettext(
            "Born {date}, {n} year", "Born {date}, {n} years", value.years
        )
        day = format_date(value.birth_date, paper.locale)
        return said.format(date=day, n=value.years)
    if value.detailed and value.years is not None:
        return about_years(paper, value.years)
    if value.certain or value.band is AgeBand.UNKNOWN:
        return band
    # Translators: band of age, such as 16-17, for a person whose age is not certain.
    return gettext("{band}, not certain").format(band=band)


def _spoken(paper: Paper, value: Spoken) -> list[Flowable]:
    gettext = paper.catalog.gettext
    language = language_term(paper.catalog, value.language)
    if value.interpreter_needed:
        # Translators: the language the person speaks.
        return _lines(paper, gettext("{language}, interpreter needed").format(language=language))
    return _lines(paper, language)


def _contact(paper: Paper, value: Contact) -> list[Flowable]:
    contact, gettext = value.contact, paper.catalog.gettext
    lines = [
        DOT.join(
            part
            for part in (
                term(paper.catalog, contact.mode),
                typed(contact.phone),
                typed(contact.safe_hours),
            )
            if part
        )
    ]
    if contact.may_answer.strip():
        # Translators: who else may answer the phone.
        lines.append(gettext("May answer: {who}").format(who=typed(contact.may_answer)))
    if contact.may_say.strip():
        # Translators: what may be said on the phone.
        lines.append(gettext("May be said: {words}").format(words=typed(contact.may_say)))
    if contact.leave_no_message:
        # Translators: about phoning the person.
        lines.append(gettext("Leave no message."))
    return _lines(paper, *lines)


def _whereabouts(paper: Paper, value: Whereabouts) -> list[Flowable]:
    lines = [typed(value.location)]
    if value.until.strip():
        # Translators: where the person is now; {time} is typed by staff.
        said = paper.catalog.gettext("At our facility until {time}")
        lines.append(said.format(time=typed(value.until)))
    return _lines(paper, *lines)


def _signs(paper: Paper, value: Signs) -> list[Flowable]:
    return [shown for of_set in value.sets for shown in _set_signs(paper, of_set)]


def _set_signs(paper: Paper, value: SetSigns) -> list[Flowable]:
    lines = []
    for group in value.groups:
        title = group.titles.get(paper.locale) or group.titles.get("en", group.group)
        # Translators: a group of observations and the codes of those that were made.
        sentence = paper.catalog.gettext("{group}: {codes}")
        codes = join_list(list(group.link_ids), paper.locale)
        lines.append(sentence.format(group=title, codes=codes))
    # Translators: where the codes above are explained.
    source = paper.catalog.gettext("Codes of question set {name}, version {version}.")
    shown: list[Flowable] = [paper.words(line, VALUE) for line in lines]
    source = source.format(name=value.set_id, version=value.set_version)
    return [*shown, paper.words(source, QUIET.but(size=7.6, leading=10.0))]


def quoted(paper: Paper, text: str) -> str:
    """The person's own words between the quotation marks of the language."""
    # Translators: quotation marks of the language around the person's own words.
    return paper.catalog.pgettext("own words", "“{words}”").format(words=typed(text))


def _statement(paper: Paper, value: Statement) -> list[Flowable]:
    gettext, shown = paper.catalog.gettext, list[Flowable]()
    if value.own_words.strip():
        # Translators: stands before words of the person in quotation marks.
        shown.append(paper.words(gettext("The person says:"), QUIET))
        shown.append(paper.words(quoted(paper, value.own_words), VALUE))
    if value.observation.strip():
        # Translators: stands before what staff saw.
        shown.append(paper.words(gettext("Staff observed:"), QUIET))
        shown.append(paper.typed(value.observation, VALUE))
    return shown


def _child_view(paper: Paper, value: ChildView) -> list[Flowable]:
    lines = [quoted(paper, value.own_words)] if value.own_words.strip() else []
    if value.told_at is not None:
        # Translators: when the child was told what happens next.
        said = paper.catalog.gettext("Told what happens next: {time}")
        lines.append(said.format(time=format_datetime(value.told_at, paper.locale)))
    return _lines(paper, *lines)


def _notification(paper: Paper, value: Notification) -> list[Flowable]:
    parts = [format_datetime(value.at, paper.locale)] if value.at else []
    parts += [typed(part) for part in (value.body, value.person_code) if part.strip()]
    return _lines(paper, DOT.join(parts))


def _withheld(paper: Paper, value: Withheld) -> list[Flowable]:
    return _lines(paper, typed(value.who), typed(value.why))


_WRITERS: Final[Mapping[type, Callable[[Paper, Any], list[Flowable]]]] = {
    Text: _text,
    Terms: _terms,
    Codes: _codes,
    Sending: _sending,
    CallBack: _call_back,
    Referrer: _referrer,
    AgeSaid: _age,
    Spoken: _spoken,
    Contact: _contact,
    Whereabouts: _whereabouts,
    Signs: _signs,
    Statement: _statement,
    ChildView: _child_view,
    Notification: _notification,
    Withheld: _withheld,
}

TITLES: Final[Mapping[FormKind, Message]] = {
    # Translators: neutral title of the form; must not say why somebody is referred.
    FormKind.MINIMUM: msg("Referral for support"),
    FormKind.FULL: msg("Referral for support, full form"),
}
