"""Kinds of answer: each owns its rule, its normalising and its words.

Spaces, case and punctuation never matter in numbers and codes. Test vectors: facts.md, section 7, in ``tests``.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, NoReturn

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError
from stdnum.gb import nhs

from forms.kit.ask import Widget
from forms.kit.messages import OWN
from forms.kit.upn import UPN_SHAPE, upn_check_letter

SHORTEST_YEAR = 1900


def _refuse(kind: str, words: str) -> NoReturn:
    raise PydanticCustomError(f"{OWN}_{kind}", words)  # the sentences hold no braces


def _squeezed(value: str) -> str:
    return re.sub(r"[\s\-./()]+", "", value).upper()


def _readable(value: object) -> object:
    """Refuse lone surrogates, which no file and no typeface can hold."""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            _refuse("text", "A character here cannot be read. Delete it and type it again.")
        return unicodedata.normalize("NFC", value)
    return value


Line = Annotated[str, Field(max_length=300), BeforeValidator(_readable), Widget.LINE]
"""A line of text."""

LongText = Annotated[str, Field(max_length=20_000), BeforeValidator(_readable), Widget.TEXT_AREA]
"""Paragraphs."""


def _name(value: str) -> str:
    if not any(unicodedata.category(letter).startswith("L") for letter in value):
        _refuse("name", "A name has at least one letter.")
    return re.sub(r"\s+", " ", value)


Name = Annotated[str, Field(max_length=120), BeforeValidator(_readable), AfterValidator(_name), Widget.LINE]
"""A person's or a school's name: any script, apostrophes, hyphens, one letter."""


def _upn(value: str) -> str:
    # python-stdnum's list of councils dates from 2011 and refuses numbers of councils created since.
    number = _squeezed(value)
    if not UPN_SHAPE.fullmatch(number):
        _refuse("upn", "A UPN has 13 characters: a letter, then 12 digits (a temporary one ends in a letter).")
    if upn_check_letter(number[1:]) != number[0]:
        _refuse("upn", "This UPN does not fit its check letter. Compare it with your MIS, character by character.")
    return number


Upn = Annotated[str, Field(max_length=40), AfterValidator(_upn), Widget.LINE]
"""Unique pupil number, kept without spaces."""


def _nhs(value: str) -> str:
    number = _squeezed(value)
    if not re.fullmatch(r"[0-9]{10}", number):
        _refuse("nhs", "An NHS number has 10 digits, such as 943 476 5919.")
    if not nhs.is_valid(number) or number == "0" * 10:
        _refuse("nhs", "This NHS number does not fit its check digit. Compare it with a letter from the NHS.")
    return f"{number[:3]} {number[3:6]} {number[6:]}"


NhsNumber = Annotated[str, Field(max_length=40), AfterValidator(_nhs), Widget.LINE]
"""NHS number, kept as 3-3-4."""

_POSTCODE = re.compile(
    r"(?:[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY]))"
    r"[0-9][ABD-HJLNP-UW-Z]{2}"
)


def _postcode(value: str) -> str:
    squeezed = _squeezed(value)
    if not _POSTCODE.fullmatch(squeezed):
        _refuse("postcode", "This does not look like a full UK postcode, such as CM1 1QH.")
    return f"{squeezed[:-3]} {squeezed[-3:]}"


Postcode = Annotated[str, Field(max_length=40), AfterValidator(_postcode), Widget.LINE]
"""UK postcode, kept in capitals with its space."""


def _phone(value: str) -> str:
    try:
        number = phonenumbers.parse(value, "GB")
    except phonenumbers.NumberParseException:
        _refuse("phone", "This does not look like a telephone number, such as 01632 960101.")
    if not phonenumbers.is_possible_number(number):
        _refuse("phone", "This telephone number has too few or too many digits.")
    style = phonenumbers.PhoneNumberFormat
    home = number.country_code == 44
    return phonenumbers.format_number(number, style.NATIONAL if home else style.INTERNATIONAL)


Phone = Annotated[str, Field(max_length=60), AfterValidator(_phone), Widget.LINE]
"""Telephone number; British unless it says otherwise."""


def _email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        _refuse("email", "This does not look like an e-mail address, such as office@school.example.")


Email = Annotated[str, Field(max_length=254), AfterValidator(_email), Widget.LINE]
"""E-mail address; only its shape is checked."""


def _urn(value: str) -> str:
    number = _squeezed(value)
    if not re.fullmatch(r"[0-9]{6}", number):
        _refuse("urn", "A school's URN has six digits. Get Information about Schools shows it.")
    return number


Urn = Annotated[str, Field(max_length=40), AfterValidator(_urn), Widget.LINE]
"""School's unique reference number."""


def _dfe_number(value: str) -> str:
    number = _squeezed(value)
    if not re.fullmatch(r"[0-9]{7}", number):
        _refuse("dfe", "A DfE number has seven digits: three for the council and four for the school, 881/1234.")
    return f"{number[:3]}/{number[3:]}"


DfeNumber = Annotated[str, Field(max_length=40), AfterValidator(_dfe_number), Widget.LINE]
"""Council and establishment number, kept as 881/1234."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _month(value: str) -> int:
    text = value.strip().lower()
    if text.isdecimal():
        return int(text)
    named = next((n for n, month in enumerate(_MONTHS, 1) if len(text) >= 3 and text.startswith(month)), 0)
    if not named:
        _refuse("date", "Write the month as a number or a name, such as 3 or March.")
    return named


def _date(value: object) -> object:
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value.strip(), re.ASCII)
        value = dict(zip(("year", "month", "day"), match.groups(), strict=True)) if match else None
    if not isinstance(value, Mapping) or not set(value) <= {"day", "month", "year"}:
        _refuse("date", "Enter a date, such as 27 3 2026.")
    parts = {name: str(value.get(name) or "").strip()[:20] for name in ("day", "month", "year")}
    for name, text in parts.items():
        if not text:
            _refuse("date", f"The date has no {name} yet.")
    return _day_of(parts)


def _day_of(parts: Mapping[str, str]) -> date:
    try:
        day, year = int(parts["day"]), int(parts["year"])
    except ValueError:
        _refuse("date", "Write the day and the year in figures, such as 27 and 2026.")
    month = _month(parts["month"])
    if year < SHORTEST_YEAR:
        _refuse("date", "Write the year with four digits.")
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        _refuse("date", "There is no such day. Check the day, the month and the year.")


Day = Annotated[date, BeforeValidator(_date), Widget.DATE]
"""A date, typed in three boxes that take ``3``, ``03`` or ``March``; kept as typed."""


def _today(info: ValidationInfo) -> date | None:
    context = (info.context or {}).get("context")
    return getattr(context, "today", None)


def _past(value: date, info: ValidationInfo) -> date:
    today = _today(info)
    if today is not None and value > today:
        _refuse("date", "This date is still to come. Check the year.")
    return value


def _future(value: date, info: ValidationInfo) -> date:
    today = _today(info)
    if today is not None and value < today:
        _refuse("date", "This date has passed. Check the year.")
    return value


PastDay = Annotated[Day, AfterValidator(_past)]
"""A date up to today."""

ComingDay = Annotated[Day, AfterValidator(_future)]
"""Today or later."""


def _birth(value: date, info: ValidationInfo) -> date:
    today = _today(info)
    if today is not None and not 0 <= (today - value).days <= 26 * 366:
        _refuse("date", "This date of birth is not a pupil's. Check the year.")
    return value


BirthDay = Annotated[PastDay, AfterValidator(_birth)]
"""A pupil's date of birth."""


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        _refuse("number", "Enter a number in figures.")
    try:
        number = Decimal(str(value).replace(",", "").replace("£", "").replace("%", "").strip())
    except InvalidOperation:
        _refuse("number", "Enter a number in figures.")
    if not number.is_finite() or abs(number) > 10_000_000:
        _refuse("number", "This number is too large. Check it.")
    return number


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        _refuse("number", "This number cannot be below zero.")
    return value


Number = Annotated[Decimal, BeforeValidator(_number), AfterValidator(_not_negative), Widget.NUMBER]
"""A quantity, zero or more; ``£``, ``%`` and thousands' commas are forgiven."""


def _whole(value: Decimal) -> Decimal:
    if value != value.to_integral_value():
        _refuse("number", "Enter a whole number.")
    return value


Count = Annotated[Number, AfterValidator(_whole)]
"""A whole number, zero or more."""

Money = Annotated[Number, AfterValidator(lambda value: value.quantize(Decimal("0.01")))]
"""Pounds."""
