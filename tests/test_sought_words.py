"""Words looked for in text, however they are written there."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard import sought_words
from wizard.sought_words import find, holds, own, too_short

FOUND = [
    ("Marsh", "Dear Mr MARSH,", "MARSH"),
    ("Marsh", "the Mar-\r\nsh family", "Mar-\r\nsh"),
    ("Marsh", "the Mar\x02\r\nsh family", "Mar\x02\r\nsh"),
    ("Marsh", "the Mar\r\nsh family", "Mar\r\nsh"),
    ("Marsh", "M a r s h", "M a r s h"),
    ("Marsh", "M\r\na\r\nr\r\ns\r\nh", "M\r\na\r\nr\r\ns\r\nh"),
    ("Marsh", "M\N{SOFT HYPHEN}ar\N{ZERO WIDTH SPACE}sh", "M\N{SOFT HYPHEN}ar\N{ZERO WIDTH SPACE}sh"),
    ("Marsh", f"Mar{sought_words.SEAM}sh", f"Mar{sought_words.SEAM}sh"),
    ("Marsh", "TomMarsh@school.example", "Marsh"),
    ("Marsh", "Marsh2 and others", "Marsh"),
    ("tom marsh", "Tom\r\nMarsh", "Tom\r\nMarsh"),
    ("Tom Marsh", "tom.marsh@school.example", "tom.marsh"),
    ("Tom Marsh", "TomMarsh", "TomMarsh"),
    ("Griffin", "Mrs Gri\N{LATIN SMALL LIGATURE FF}in", "Gri\N{LATIN SMALL LIGATURE FF}in"),
    ("O'Brien", "Ms O\N{RIGHT SINGLE QUOTATION MARK}Brien", "O\N{RIGHT SINGLE QUOTATION MARK}Brien"),
    ("Zoe", "Zoe\N{COMBINING DIAERESIS}", "Zoe\N{COMBINING DIAERESIS}"),
    ("Zoë", "ZOE", "ZOE"),
    ("Lukasz", "Łukasz", "Łukasz"),
    ("Strasse", "Straße", "Straße"),
    ("Mcdonald", "McDonald", "McDonald"),
    ("9434765919", "NHS 943 476 5919", "943 476 5919"),
    ("943 476 5919", "9434765919", "9434765919"),
    ("03/05/2012", "born 03.05.2012", "03.05.2012"),
    ("李明", "学生李明在家", "李明"),
    ("Ａｎｎａ", "Anna", "Anna"),
]


@pytest.mark.parametrize(("word", "text", "place"), FOUND)
def test_a_word_is_found_however_it_stands(word: str, text: str, place: str) -> None:
    start = text.index(place)
    assert list(find((word,), text)) == [(0, (start, start + len(place)))]


@pytest.mark.parametrize(
    ("word", "text"),
    [("Tom", "tomorrow"), ("Tom", "Thomas to me"), ("Asher", "as her mother says"), ("Ina", "in a day"),
     ("Anna", "Hannah"), ("123", "1 23"), ("Marsh", "marshes"), ("!?", "what!?")],
)  # fmt: skip
def test_what_only_looks_like_it_is_left(word: str, text: str) -> None:
    assert not holds((word,), text)


@pytest.mark.parametrize(("word", "short"), [("", True), ("Al", True), ("J.", True), ("Ann", False), ("明", True),
                                             ("李明", False), ("7 C", True), ("E\u0301va", False)])  # fmt: skip
def test_words_of_a_letter_or_two_would_be_found_everywhere(word: str, short: bool) -> None:
    assert too_short(word) == short


def test_the_pupils_own_name_is_known() -> None:
    names = ("Tom", "Marsh", "Tom Marsh", "")
    assert own(("tom", "Dr Ames", "Tom Marsh's", "Marshall"), names) == ("tom", "Tom Marsh's")


@given(st.text(st.characters(categories=["Ll", "Lu", "Lo", "Nd"]), min_size=3, max_size=12), st.text(max_size=30),
       st.sampled_from(("NFC", "NFD", "NFKC", "NFKD")), st.booleans())  # fmt: skip
def test_any_word_is_found_again(word: str, beside: str, form: str, large: bool) -> None:
    said = unicodedata.normalize(form, word)  # type: ignore[arg-type]
    text = f"{beside} {said.upper() if large and said.upper().casefold() == said.casefold() else said} {beside}"
    assert holds((word,), text) or not any(one.isalnum() for one in sought_words.plain(word))


@given(st.text(), st.lists(st.text(), max_size=3))
def test_every_place_lies_in_the_text(text: str, words: list[str]) -> None:
    for number, (first, end) in find(words, text):
        assert 0 <= first < end <= len(text)
        assert holds((words[number],), text)
