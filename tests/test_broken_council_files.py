"""Exampleshire's file, broken in one place after another: each time the line, the place and the remedy are named."""

import tomllib
from itertools import combinations
from pathlib import Path
from unittest.mock import Mock

import pytest

from wizard.councils.check import Mistake, checked

GOOD = (Path(__file__).parent / "councils" / "exampleshire.toml").read_text(encoding="utf-8")
ELSEWHERE = "[[recipients]]\nname = 'Desk without a school'\nchecked = 2026-11-20\n"

BROKEN = [
    # what is written instead of what, the place that is named, and a part of the remedy
    ('name = "Exampleshire County Council"', 'name = "Exampleshire', "", "Put \" behind its last word"),
    ('version = "2026-11-22"', 'version "2026-11-22"', "", 'key = "value"'),
    ('version = "2026-11-22"', "version = 2026-11-22", "version", "text in quotes"),
    ('version = "2026-11-22"', "version = 1", "version", "text in quotes"),
    ('version = "2026-11-22"\n', "", "", 'version = "..."'),
    ('version = "2026-11-22"', 'version = "1"\nversion = "2"', "", "Take one of the two out"),
    ('id = "exampleshire"', 'id = "Example Shire"', "id", 'id = "exampleshire"'),
    ('in_full_id = "X1"', 'in_full_id = "X11"', "in_full_id", "“X1”"),
    ("threshold_days = 10", 'threshold_days = "ten"', "threshold_days", "whole number"),
    ("threshold_days = 10", "threshold_days = -1", "threshold_days", "Write 0"),
    ("threshold_days = 10", "treshold_days = 10", "treshold_days", "“threshold_days”"),
    ('signing = ["on paper"]', 'signing = ["paper"]', "signing", "“on paper”"),
    ('signing = ["on paper"]', "signing = []", "signing", "at least one"),
    ('asks = ["medical_papers"]', 'asks = "medical_papers"', "asks", "list in square brackets"),
    ('asks = ["medical_papers"]', 'asks = ["medical_papers"', "", "Put ] behind"),
    ('asks = ["medical_papers"]', 'asks = ["medical_paper"]', "asks, number 1", "“medical_papers”"),
    ('verbs = ["set"]', 'verbs = ["sett"]', "rows X2, verbs, number 1", "“set”"),
    ('verbs = ["set"]', 'verbs = ["set"], later = ["ask"]', "rows X2, later, number 1", "Add it to “verbs”"),
    ('{ id = "X2"', '{ id = "X1"', "rows X1, id", "X1b"),
    ('email = "desk@exampleshire.example"\n', "", "recipient", "steps"),
    ("desk@exampleshire.example", "desk at exampleshire", "recipient, email", "medical@council.gov.uk"),
    ("[recipient]\n", "[recipent]\n", "recipent", "“recipient”"),
    ('telephone = "01632 960000"', "telephone = 01632960000", "", "Put text in quotes"),
    ("checked = 2026-11-20\n\n[limits]", 'checked = "last week"\n\n[limits]', "recipient, checked", "2026-11-21"),
    ("checked = 2026-11-20\n\n[limits]", "checked = 2026-11-31\n\n[limits]", "", "2026-11-21"),
    ("checked = 2026-11-20\n\n[limits]", "\n\n[limits]", "recipient", "checked = a date"),
    ("[limits]\n", f"{ELSEWHERE}when = ['no_roll']\n\n[limits]\n", "recipients Desk without a school", "steps"),
    ("[limits]\n", f"{ELSEWHERE}email = 'desk at wessex'\n\n[limits]\n", "recipients Desk without a school", "when = "),
    ("mb = 7", "mb = -7", "limits, mb", "0"),
    ("mb = 7", 'mb = "7 MB"', "limits, mb", "whole number"),
    ("files = 3", "file = 3", "limits, file", "“files”"),
    ("files = 3", "files = 3.5", "limits, files", "whole number"),
    ('when = ["below_threshold"]', 'when = ["under_threshold"]', "routes short, when, number 1", "“below_threshold”"),
    ("when = []", 'when = ["ebsa"]', "routes go_on", "when = []"),
    ('outcome = "go on"', 'outcome = "go"', "routes go_on, outcome", "“go on”"),
    ('id = "go_on"', 'id = "short"', "routes short, id", "shortb"),
    ('level = "must"', 'level = "most"', "requirements X4, level", "“must”"),
    ('level = "inform"', 'level = "inform"\noverride = true', "requirements X4n, override", "Take “override” out"),
    ('["mental_health"]\nsatisfied', '["mental"]\nsatisfied', "requirements X4a, must_when, number 1", "mental_health"),
    ('[{ name = "threshold_met" }]', "[]", "requirements X3, satisfied_by", "at least one"),
    ('satisfied_by = [{ name = "threshold_met" }]\n', "", "requirements X3", "satisfied_by = "),
    ('"threshold_met"', '"treshold_met"', "requirements X3, satisfied_by, number 1, name", "“threshold_met”"),
    ('fields = ["kinds"]', 'fields = ["kind"]', "requirements X4, satisfied_by, number 1, fields, number 1", "“kinds”"),
    ('page = "medical_papers", fields', 'page = "medical_paper", fields', "number 1, page", "“medical_papers”"),
    (', fields = ["kinds"]', "", "requirements X4, satisfied_by, number 1", "page and fields"),
    ('"specialist", ', '"specalist", ', "satisfied_by, number 1, values, number 1", "“specialist”"),
    ("days = 365", "days = 0", "requirements X4n, satisfied_by, number 1", "days = 365"),
    ('page = "attendance"', 'page = "atendance"', "requirements X3, page", "“attendance”"),
    ('id = "X4a"\nrows = ["X4"]', 'id = "X4a"', "requirements X4a, id", "“X4”"),
    ('id = "X4a"', 'id = "X4"', "requirements X4, id", "X4b"),
    ('comes later."\nevidence = ', 'comes later."\nhint = ', "requirements X4a, satisfied_by, number 1", "evidence = "),
    ('role = "parent"', 'role = "senco"', "signers senco, role", "sencob"),
    ('statement = "I know', 'statment = "I know', "signers parent, statment", "“statement”"),
    ("order = 2", 'order = "second"', "signers parent, order", "whole number"),
    ('"first_name", "surname"', '"first_name", "surename"', "asked X1, fields, number 2", "“surname”"),
    ("https://www.exampleshire.example/health", "www.exampleshire.example", "guidance X8, link", "https://"),
    ('kind = "letter"', 'kind = "leter"', "documents X6, kind", "“letter”"),
    ("{full_name}", "{ful_name}", "documents X6, to", "“full_name”"),
    ("{health_needs.effect}", "{health_needs.affect}", "documents X6, body, number 2", "“effect”"),
    ('after = "sent"', 'after = "send"', "dates X7, after", "“sent”"),
    ('after = "sent"', 'after = "pupil.surname"', "dates X7, after", "question with a date"),
    ("school_days = 5", "school_days = true or false", "", "Put text in quotes"),
    ('pages = ["family"]', 'pages = ["familly"]', "contacts X8, pages, number 1", "“family”"),
    ('form = "pupil"', 'form = "pupils"', "pages exampleshire-journeys, form", "pupil"),
    ('id = "exampleshire-journeys"', 'id = "journeys"', "pages journeys, id", "exampleshire-"),
    ('page = "attendance"', 'page = "panel"', "requirements X3, page", 'asks = ["medical_papers", "panel"]'),
    ('page = "medical_evidence", f', 'page = "wishes", f', "X4n, satisfied_by, number 1, page", "first heading"),
    ('values = ["senco", "parent"]', 'values = ["senco", "mother"]', "X5, satisfied_by, number 1, values", "parent"),
    ("Telephone the desk", "Telephone the desk for {pupl}", "dates X7, todo", "{pupil} or {council}"),
    ("Can {pupil} go", "Can {name} go", "pages exampleshire-journeys, questions, number 1, label", "{pupil} or"),
    ("three documents at most", "three documents of {pupil}", "guidance X8, text", "without braces"),
    ("{pupil} has been", "{pupil has been", "documents X6, body, number 1", "{ and }"),
    ("school_days = 5", "school_days = -5", "dates X7, school_days", "0 or more"),
    ("school_days = 5", 'school_days = 5\nweekday = "monday"', "dates X7, school_days", "Leave one"),
    ('kind = "letter"', 'kind = "letter"\ncontent = "contact_sheet"', "documents X6, content", "Leave one"),
    ('{ home = "At home", library = "At a library", online = "On line" }', '["Home"]', "number 2, choices", "{ bus = "),
    ('signing = ["on paper"]', 'signing = ["on paper"]\nwhy = "to know"', "why", "[why]"),
    ('kind = "yes_no"', 'kind = "yesno"', "pages exampleshire-journeys, questions, number 1, kind", "“yes_no”"),
]  # fmt: skip


def broken(good: str, bad: str) -> str:
    assert GOOD.count(good) >= 1, good
    return GOOD.replace(good, bad, 1)


def test_the_file_itself_has_no_mistake() -> None:
    assert checked({"exampleshire.toml": GOOD}).mistakes == ()
    assert len(BROKEN) >= 50


@pytest.mark.parametrize(("good", "bad", "place", "remedy"), BROKEN)
def test_each_mistake_is_named_with_its_place_its_line_and_the_remedy(
    good: str, bad: str, place: str, remedy: str
) -> None:
    text = broken(good, bad)
    found = checked({"exampleshire.toml": text})
    assert found.profile is None
    fitting = [one for one in found.mistakes if place in one.place and remedy in one.remedy]
    assert fitting, found.mistakes
    assert fitting[0].sentence
    assert near(fitting[0], text), (fitting[0], changed(text))


def near(mistake: Mistake, text: str) -> bool:
    """Whether the line is the one that was changed, or before it in the same row or table."""
    first, last = changed(text)
    lines = text.splitlines()
    above = next((n for n in range(first, 0, -1) if lines[n - 1].startswith("[")), 0)
    return above <= mistake.line <= last


def changed(text: str) -> tuple[int, int]:
    """The first line that differs from the good file, and the last line of what was put there."""
    before, after = GOOD.splitlines(), text.splitlines()
    first = next(n for n, (a, b) in enumerate(zip(before, after, strict=False), 1) if a != b)
    return first, first + max(len(after) - len(before), 0)


def test_several_mistakes_are_named_at_once_and_in_their_order() -> None:
    text = GOOD.replace('level = "must"', 'level = "most"').replace("mb = 7", 'mb = "seven"')
    text = text.replace('"below_threshold"', '"below_treshold"')
    found = checked({"exampleshire.toml": text}).mistakes
    places = ["limits, mb", "routes short, when, number 1", "requirements X4, level", "requirements X5, level"]
    assert [one.place for one in found] == places
    assert [one.line for one in found] == sorted(one.line for one in found)


UNREADABLE = [
    ('version = "2026-11-22"', 'version "2026-11-22"'),
    ('in_full = "section 2"', 'in_full = "section 2'),
    ('asks = ["medical_papers"]', 'asks = ["medical_papers"'),
    ('{ id = "X3", verbs = ["check", "route"]', '{ id = "X3", verbs = ["check" "route"]'),
    ('telephone = "01632 960000"', "telephone = 01632960000"),
    ("[limits]", "[limits"),
    ("files = 3", "files = three"),
    ('kind = "yes_no"', "kind = yes_no"),
    ("[[routes]]", "[[routes]"),
    ('{ home = "At home", library', "{ home = At home, library"),
    ('level = "inform"', "level = “inform”"),
    ("school_days = 5", "school days = 5"),
]
"""Each on a line of its own, and none adding or taking one away."""


def lines_named(*wrong: tuple[str, str]) -> list[int]:
    text = GOOD
    for good, bad in wrong:
        assert good in text
        text = text.replace(good, bad, 1)
    return [one.line for one in checked({"exampleshire.toml": text}).mistakes]


def test_all_that_cannot_be_read_is_named_at_once_and_nothing_that_only_follows_from_it() -> None:
    alone = {wrong: lines_named(wrong) for wrong in UNREADABLE}
    assert {len(lines) for lines in alone.values()} == {1}
    for several in (*combinations(UNREADABLE, 2), UNREADABLE, UNREADABLE[1::2]):
        assert lines_named(*several) == sorted(line for wrong in several for line in alone[wrong]), several


@pytest.mark.parametrize(
    "wrong",
    [
        ('{ home = "At home", library', '{ home = "At home",\nlibrary'),
        ('heading = "How could {pupil} come to lessons?"', 'heading = """\nHow = could\n[[pupil]'),
        ("[[pages]]", "[pages]"),
        ("[recipient]", "[rows]"),
    ],
)
def test_where_nobody_can_tell_how_far_a_mistake_goes_no_other_is_named(wrong: tuple[str, str]) -> None:
    assert len(lines_named(wrong, ("school_days = 5", "school_days = five"))) == 1


@pytest.mark.parametrize(
    "opened", ['when = ["below_threshold"]', 'signing = ["on paper"]', 'asks = ["medical_papers"]']
)
@pytest.mark.parametrize("below", ["", "checked = 2026-11-20\n", "\n# a note\n\n"])
@pytest.mark.parametrize("items", ["", ',\n  "a"', ',\n  "a",'])
def test_a_list_that_is_not_closed_is_named_where_it_stops_and_not_where_something_new_begins(
    opened: str, below: str, items: str
) -> None:
    text = GOOD.replace(f"{opened}\n", f"{opened[:-1]}{items}\n{below}", 1)
    (mistake,) = checked({"exampleshire.toml": text}).mistakes
    assert "Put ] behind its last item" in mistake.remedy
    assert mistake.line == GOOD[: GOOD.index(f"{opened}\n")].count("\n") + 1 + items.count("\n")


def test_a_heading_that_cannot_be_read_makes_no_other_one_wrong() -> None:
    assert len(lines_named(("[[pages]]", "[[pages]"), ('kind = "letter"\n', 'kind = "letter"\n\n[[pages]]\n'))) == 1


def test_a_file_of_other_making_is_not_told_a_hundred_times() -> None:
    assert len(checked({"a.toml": "name: A\n" * 100}).mistakes) == 1
    assert len(checked({"a.toml": "name = A\n" * 100}).mistakes) == 30


def test_a_text_that_is_opened_far_above_is_not_looked_for_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Mock(wraps=tomllib.loads)
    monkeypatch.setattr(tomllib, "loads", read)
    (mistake,) = checked({"a.toml": 'note = """\n' + "name = 5\n" * 500}).mistakes
    assert (mistake.line, read.call_count < 50) == (502, True)
