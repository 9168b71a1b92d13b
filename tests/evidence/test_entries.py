"""Calendar entries and contact cards: what they say stands on a page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.test_messages import Seen
from wizard.evidence import intake

CLINIC = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:CAMHS clinic\\, first visit
DTSTART:20260703T130500Z
DTEND;TZID="GMT Standard Time":20260703T150000
LOCATION:Room 2\\nNorth House
ORGANIZER;CN="Dr Hale":mailto:hale@nhs.example
DESCRIPTION:Bring the red book and a list of
  medicines.
BEGIN:VALARM
DESCRIPTION:Reminder
END:VALARM
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")

CARD = """BEGIN:VCARD
VERSION:2.1
N:Hale;Ann;;Dr
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Dr Ann H=C3=A4le
item1.TEL;TYPE=WORK:01206 555 010
ADR;WORK:;;1 High Street;Colchester;;CO1 1AA
BDAY:19700102
PHOTO;ENCODING=b:AAAA
END:VCARD
"""


def test_a_calendar_entry_shows_when_where_and_with_whom() -> None:
    made = Seen(CLINIC.encode())
    assert made.kind == "calendar"
    assert made.facts["outcome"] == "included"
    for words in (
        "CAMHS clinic, first visit",
        "Starts: 3 July 2026, 14:05 (UK time)",
        "Ends: 3 July 2026, 15:00 (GMT Standard Time)",
        "Where: Room 2 North House",
        "From: Dr Hale <hale@nhs.example>",
        "Bring the red book and a list of medicines.",
    ):
        assert words in made.text
    assert "Reminder" not in made.text


def test_a_contact_card_is_shown_and_its_picture_told() -> None:
    made = Seen(CARD.encode())
    assert made.kind == "contact"
    assert made.text == (
        "Dr Ann Häle Name: Dr Ann Hale Telephone: 01206 555 010 Address: 1 High Street, Colchester, CO1 1AA "
        "Born: 2 January 1970"
    )
    assert made.notices == "1 picture or file in it not shown."
    assert made.facts["with_original"]


@pytest.mark.parametrize("text", ["BEGIN:VCALENDAR\nEND:VCALENDAR\n", "BEGIN:VCARD\nFN:Ann\n", "BEGIN:VCARD\nEND:X"])
def test_without_a_whole_entry_its_lines_are_shown_as_they_are(text: str) -> None:
    made = Seen(text.encode())
    assert made.text == " ".join(text.split())
    assert "shown line by line" in made.notices


@settings(max_examples=25)
@given(st.sampled_from([CLINIC, CARD]), st.lists(st.tuples(st.integers(0, 600), st.text(max_size=8)), max_size=8))
def test_whatever_is_written_in_it_ends_in_an_outcome(text: str, changes: list[tuple[int, str]]) -> None:
    for at, words in changes:
        text = text[:at] + words + text[at + len(words) // 2 :]
    facts, _ = intake.prepare(text.encode("utf-8", "replace"), "calendar")
    assert facts["outcome"] in ("included", "cleaned", "refused")
