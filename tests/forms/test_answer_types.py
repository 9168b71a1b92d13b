"""Each kind of answer: what it takes, how it is kept, and what it says when it is doubtful."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from forms.kit import types
from forms.kit.page import Context
from forms.kit.upn import upn_check_letter


def read(kind: Any, value: object, context: Context | None = None) -> Any:
    return TypeAdapter(kind).validate_python(value, context={"context": context})


def complaint(kind: Any, value: object, context: Context | None = None) -> str:
    with pytest.raises(ValidationError) as caught:
        read(kind, value, context)
    detail = caught.value.errors()[0]
    assert detail["type"].startswith("section19"), detail
    return detail["msg"]


@pytest.mark.parametrize(
    "number",
    [
        "B801200005001",
        "H801200001001",
        "R201100018042",
        "T20110001804V",
        "P207000016049",
        "B881999926001",
        "A88199992601A",
        "Q838999926001",
        "W838999925123",
    ],
)
def test_upns_with_the_right_check_letter_are_kept_without_spaces(number: str) -> None:
    assert read(types.Upn, f" {number[:4].lower()} {number[4:8]}-{number[8:].lower()} ") == number


@pytest.mark.parametrize("number", ["A801200005001", "N20110001804S", "B207000016049", "X80120000A001", "B88199992600"])
def test_upns_that_do_not_fit_say_what_to_compare(number: str) -> None:
    assert "UPN" in complaint(types.Upn, number)


def test_the_check_letter_is_the_sum_by_place_over_23() -> None:
    assert upn_check_letter("20110001804V") == "T"
    assert upn_check_letter("207000016049") == "P"


@pytest.mark.parametrize(
    "number",
    ["943 476 5919", "943-476-5870", "6716689966", "654 100 3238", "9990000018", "9990000042", "9990000069"],
)
def test_nhs_numbers_are_kept_in_three_groups(number: str) -> None:
    digits = "".join(filter(str.isdigit, number))
    assert read(types.NhsNumber, number) == f"{digits[:3]} {digits[3:6]} {digits[6:]}"


@pytest.mark.parametrize("number", ["943 476 5871", "000 000 0001", "987 654 4321", "000 000 0000", "94347659"])
def test_nhs_numbers_that_fail_the_check_are_doubted(number: str) -> None:
    assert "NHS number" in complaint(types.NhsNumber, number)


@pytest.mark.parametrize(
    "code",
    ["CM1 1QH", "CO1 1AA", "SS9 9ZZ", "DT1 1XJ", "EC1A 1BB", "W1A 0AX", "M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT"],
)
def test_postcodes_are_kept_in_capitals_with_their_space(code: str) -> None:
    assert read(types.Postcode, code.replace(" ", "").lower()) == code


@pytest.mark.parametrize("code", ["CM1 1QI0", "QX1 1AA", "A 1AA", "CM11QH1", "GIR 0AA", "CM1"])
def test_what_is_no_postcode_is_doubted(code: str) -> None:
    assert "postcode" in complaint(types.Postcode, code)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01632 960101", "01632 960101"),
        ("(01632) 960-101", "01632 960101"),
        ("+44 7700 900123", "07700 900123"),
        ("07700900123", "07700 900123"),
        ("+33 1 23 45 67 89", "+33 1 23 45 67 89"),
    ],
)
def test_telephone_numbers_are_written_as_at_home(typed: str, kept: str) -> None:
    assert read(types.Phone, typed) == kept


@pytest.mark.parametrize("typed", ["12", "ring the office", "0163296010100000"])
def test_what_is_no_telephone_number_is_doubted(typed: str) -> None:
    assert "telephone" in complaint(types.Phone, typed)


def test_email_addresses_are_judged_by_their_shape_alone() -> None:
    assert read(types.Email, "Office@School.example") == "Office@school.example"
    assert "e-mail" in complaint(types.Email, "office at school")
    assert "e-mail" in complaint(types.Email, "a@b@c.example")


def test_school_numbers_forgive_spaces_and_strokes() -> None:
    assert read(types.Urn, " 123 456 ") == "123456"
    assert read(types.DfeNumber, "8811234") == "881/1234"
    assert read(types.DfeNumber, "881 / 1234") == "881/1234"
    assert "URN" in complaint(types.Urn, "12345")
    assert "DfE" in complaint(types.DfeNumber, "881/12345")


@pytest.mark.parametrize("name", ["Ng", "O’Neill", "Anne-Marie", "Łukasz", "محمد", "李", "d'Árcy  Smith", "X"])
def test_names_take_any_script(name: str) -> None:
    assert read(types.Name, name) == " ".join(name.split())


@pytest.mark.parametrize("name", ["-", "123", "?"])
def test_a_name_has_a_letter(name: str) -> None:
    assert "letter" in complaint(types.Name, name)


@pytest.mark.parametrize(
    "typed",
    [
        {"day": "27", "month": "3", "year": "2026"},
        {"day": "27", "month": "03", "year": 2026},
        {"day": " 27 ", "month": "March", "year": "2026"},
        {"day": "27", "month": "mar", "year": "2026"},
        "2026-03-27",
        date(2026, 3, 27),
    ],
)
def test_dates_are_taken_as_people_write_them(typed: object) -> None:
    assert read(types.Day, typed) == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "31", "month": "2", "year": "2026"}, "no such day"),
        ({"day": "29", "month": "2", "year": "2027"}, "no such day"),
        ({"day": "27", "month": "", "year": "2026"}, "no month"),
        ({"day": "27", "month": "3"}, "no year"),
        ({"day": "27", "month": "3", "year": "26"}, "four digits"),
        ({"day": "27", "month": "Xyz", "year": "2026"}, "month as a number"),
        ({"day": "first", "month": "3", "year": "2026"}, "in figures"),
        ({"day": "1", "month": "1", "year": "9" * 30}, "no such day"),
        ({"day": "1", "month": "9" * 30, "year": "2026"}, "no such day"),
        ({"week": "1"}, "Enter a date"),
        ("27/03/2026", "Enter a date"),
        (27, "Enter a date"),
    ],
)
def test_dates_that_are_no_dates_say_what_is_wrong(typed: object, words: str) -> None:
    assert words in complaint(types.Day, typed)


def test_days_are_held_against_the_day_of_filling_in(context: Context) -> None:
    assert read(types.PastDay, "2026-11-21", context) == date(2026, 11, 21)
    assert read(types.ComingDay, "2026-11-21", context) == date(2026, 11, 21)
    assert "still to come" in complaint(types.PastDay, "2026-11-22", context)
    assert "has passed" in complaint(types.ComingDay, "2026-11-20", context)
    assert read(types.PastDay, "2099-01-01") == date(2099, 1, 1), "without a day to compare, nothing is doubted"


def test_a_date_of_birth_is_a_pupils(context: Context) -> None:
    assert read(types.BirthDay, "2012-03-27", context) == date(2012, 3, 27)
    assert "date of birth" in complaint(types.BirthDay, "1986-03-27", context)
    assert "still to come" in complaint(types.BirthDay, "2027-03-27", context)


def test_numbers_forgive_signs_and_commas() -> None:
    assert read(types.Number, " 1,250.5 ") == Decimal("1250.5")
    assert read(types.Money, "£18.456") == Decimal("18.46")
    assert read(types.Number, "85 %") == Decimal(85)
    assert read(types.Count, 12.0) == Decimal(12)


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        (types.Number, "about ten", "figures"),
        (types.Number, True, "figures"),
        (types.Number, None, "figures"),
        (types.Number, "nan", "too large"),
        (types.Number, "1e99", "too large"),
        (types.Number, -1, "below zero"),
        (types.Count, "1.5", "whole"),
    ],
)
def test_what_is_no_number_is_doubted(kind: Any, typed: object, words: str) -> None:
    assert words in complaint(kind, typed)


def test_text_is_composed_and_lone_surrogates_are_refused() -> None:
    assert read(types.Line, "Ame\u0301lie") == "Amélie"
    assert "cannot be read" in complaint(types.LongText, "broken \ud800 text")


ANYTHING = st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.lists(st.text(), max_size=2))
TEXTS = (types.Line, types.LongText, types.Name, types.Phone, types.Email, types.Postcode)
NUMBERS = (types.Upn, types.NhsNumber, types.Urn, types.DfeNumber, types.Number, types.Count, types.Money)
DATES = (types.Day, types.PastDay, types.BirthDay, types.ComingDay)


@given(
    st.sampled_from(TEXTS + NUMBERS + DATES),
    ANYTHING | st.dictionaries(st.sampled_from(["day", "month", "year"]), ANYTHING),
)
def test_nothing_typed_raises_anything_but_a_doubt(kind: Any, value: object) -> None:
    try:
        kept = read(kind, value)
    except ValidationError:
        return
    assert read(kind, kept) == kept, "what was kept is taken again as it stands"
