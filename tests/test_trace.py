"""The trace of a policy: every row has its places and its tests, and a name that leads nowhere is an error."""

import json
import re
from pathlib import Path

import pytest

from forms.kit.policy import Verb
from wizard import councils
from wizard.__main__ import main
from wizard.councils import council, texts
from wizard.errors import UnusableInput
from wizard.trace import Traced, marked_tests, trace

ESSEX = [f"E{number}" for number in range(1, 183)]
ESSEX[1:1] = ["E1a"]
ESSEX[ESSEX.index("E20") + 1 : ESSEX.index("E21")] = [f"E20{letter}" for letter in "abcdef"]
ESSEX.insert(ESSEX.index("E147") + 1, "E147a")
DORSET = [f"D{number}" for number in range(1, 115)]
DORSET[DORSET.index("D5") + 1 : DORSET.index("D6")] = ["DX1", "DX2", "DX3"]
DORSET[DORSET.index("D72") + 1 : DORSET.index("D73")] = [f"D72{letter}" for letter in "abcdefghi"]
DORSET.insert(DORSET.index("D89") + 1, "D89a")
COUNCILS = {"essex": ESSEX, "dorset": DORSET}
EVERY = [(name, id) for name, ids in COUNCILS.items() for id in ids]


@pytest.fixture(scope="module")
def traced() -> dict[str, dict[str, Traced]]:
    tests = marked_tests()
    return {name: {one.row.id: one for one in trace(council(name), tests)} for name in COUNCILS}


@pytest.fixture(scope="module")
def rows(traced: dict[str, dict[str, Traced]]) -> dict[str, Traced]:
    return traced["essex"]


@pytest.mark.parametrize("name", COUNCILS)
def test_the_rows_of_each_council_are_traced_in_their_order(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["authority", "trace", name, "--json"]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == COUNCILS[name]


def test_every_row_of_the_policy_is_traced_in_its_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["authority", "trace", "essex", "--json"]) == 0
    traced = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["id"] for one in traced] == ESSEX
    assert all(set(one) == {"id", "verbs", "source", "lives", "tests"} for one in traced)
    sixteen = next(one for one in traced if one["id"] == "E16")
    assert {"kind": "requirement", "name": "E16", "does": ["check", "warn", "block"]} in sixteen["lives"]
    assert {"kind": "page", "name": "lets_talk.done", "does": ["ask"]} in sixteen["lives"]


def test_the_trace_is_also_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["authority", "trace", "essex"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(ESSEX)
    assert lines[0].startswith("E1    ask, warn: page school.policy_link")


def test_the_trace_of_a_council_without_a_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["authority", "trace", "nowhere"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("There is no file for that council. Councils with a file: ")
    assert "referral" not in said


def test_only_what_comes_after_the_decision_may_be_still_to_come(rows: dict[str, Traced]) -> None:
    first = ESSEX.index("E71")
    for row in rows.values():
        later = set(row.row.later)
        assert later <= set(row.row.verbs), row.row.id
        assert not later or ESSEX.index(row.row.id) >= first, row.row.id
        kept = {verb for place in row.places for verb in place.does if place.kind != "later"}
        assert not later & kept, f"{row.row.id} is there: take {later & kept} out of what is still to come"


@pytest.mark.parametrize(("name", "id"), EVERY)
def test_each_verb_of_a_row_is_carried_out_somewhere(traced: dict[str, dict[str, Traced]], name: str, id: str) -> None:
    row = traced[name][id]
    assert row.unkept == (), f"{id} lives in {[place.name for place in row.places]}"


@pytest.mark.parametrize(("name", "id"), EVERY)
def test_each_row_has_a_test_that_carries_its_number(traced: dict[str, dict[str, Traced]], name: str, id: str) -> None:
    assert traced[name][id].tests


@pytest.mark.parametrize("id", ESSEX[ESSEX.index("E71") :])
def test_what_follows_the_decision_is_told_already_whatever_is_still_to_come(rows: dict[str, Traced], id: str) -> None:
    assert Verb.INFORM in rows[id].row.verbs
    assert Verb.INFORM not in rows[id].row.later
    assert [place for place in rows[id].places if place.kind == "guidance"]


LEVELS = {"E23": "block", "E9": "warn", "E13": "check", "E44": "block", "E61": "warn", "E64": "block", "E86": "block"}


@pytest.mark.parametrize("id", LEVELS)
def test_a_place_carries_out_no_more_than_its_level(rows: dict[str, Traced], id: str) -> None:
    strengths = ["check", "warn", "block"]
    done = {verb for place in rows[id].places if place.kind in ("requirement", "route") for verb in place.does}
    assert max(strengths.index(verb) for verb in done if verb in strengths) == strengths.index(LEVELS[id])


SECTIONS = {
    "E1": 1, "E13": 2, "E33": 3, "E38": 4, "E44": 5, "E45": 6, "E47": 7, "E49": 8, "E54": 9, "E59": 10, "E61": 11,
    "E67": 12, "E71": 13, "E91": 14, "E95": 15, "E137": 16, "E156": 17, "E172": 18, "E181": 19,
}  # fmt: skip
"""The first row of each section of the policy."""


def test_each_row_names_its_section_of_the_policy(rows: dict[str, Traced]) -> None:
    section = 0
    for id in ESSEX:
        section = SECTIONS.get(id, section)
        assert rows[id].row.source == f"section {section}"


@pytest.fixture(scope="module")
def software() -> dict[str, set[str]]:
    """What is asked of the program for each row, from the catalogue that lies beside the checkout on some machines."""
    file = Path(__file__).parents[2] / "shared" / "domain" / "requirements.md"
    if not file.is_file():
        pytest.skip("the catalogue of requirements (../shared/domain) is not on this machine")
    row = re.compile(r"\| ([DE]X?\d+[a-i]?) \| .* \| ([^|]*) \|$")
    found = (match for line in file.read_text(encoding="utf-8").splitlines() if (match := row.match(line)))
    return {match[1]: set(re.findall(r"(?<!never )\b[A-Z]{3,}\b", match[2])) & set(IN_CAPITALS) for match in found}


IN_CAPITALS = {
    "ASK": "ask", "CHECK": "check", "WARN": "warn", "BLOCK": "block", "GEN": "generate", "SCHED": "schedule",
    "INFO": "inform",
}  # fmt: skip


def test_the_catalogue_leaves_out_nothing_that_is_asked_of_the_program(
    software: dict[str, set[str]], traced: dict[str, dict[str, Traced]]
) -> None:
    assert list(software) == [*ESSEX, *DORSET]
    for id, verbs in software.items():
        row = traced["essex" if id in ESSEX else "dorset"][id].row
        assert {IN_CAPITALS[verb] for verb in verbs} <= set(row.verbs), id


HEAD = """
id = "test"
name = "Exampleshire County Council"
version = "1"
policy = "Exampleshire policy"
policy_title = "A policy"
pack_title = "Medical needs referral"
in_full = "section 1"
in_full_id = "X1"
recipient = { name = "Access", email = "access@example.org", checked = 2026-11-21 }
"""
CATALOGUE = 'rows = [{ id = "X1", verbs = ["ask", "block"], source = "section 1" }]\n'
ASKED = '[[asked]]\nid = "X1"\npage = "{page}"\nfields = ["{field}"]\nsource = "section 1"\n'


def test_a_council_may_be_continued_in_a_second_file() -> None:
    first = ASKED.format(page="route", field="need")
    whole = councils.parse(HEAD + first, CATALOGUE + ASKED.format(page="pupil", field="born"))
    assert [row.page for row in whole.asked] == ["route", "pupil"]
    assert whole.rows[0].verbs == (Verb.ASK, Verb.BLOCK)
    assert [place.name for place in trace(whole, {})[0].places] == [
        "route.need",
        "pupil.born",
        "every required question",
    ]


@pytest.mark.parametrize("again", ['name = "Another"', 'asks = ["tpp"]\n', "recipient = {}"])
def test_what_is_no_list_of_rows_is_said_once(again: str) -> None:
    with pytest.raises(UnusableInput, match="stands in file 1 and again in file 2"):
        councils.parse('asks = ["lets_talk"]' + HEAD, again)


REQUIREMENT = """
[[requirements]]
id = "X1n"
rows = ["{row}"]
title = "Something"
level = "must"
when = ["{when}"]
satisfied_by = [{{ name = "{check}" }}]
source = "section 1"
page = "{page}"
todo = "Do it."
evidence = "A letter"
"""


@pytest.mark.parametrize(
    "wrong",
    [
        ASKED.format(page="nowhere", field="need"),
        ASKED.format(page="route", field="nothing"),
        ASKED.format(page="route", field="need").replace("X1", "X2"),
        REQUIREMENT.format(row="X2", when="ebsa", check="attached", page="route"),
        REQUIREMENT.format(row="X1", when="nonsense", check="attached", page="route"),
        REQUIREMENT.format(row="X1", when="ebsa", check="nonsense", page="route"),
        REQUIREMENT.format(row="X1", when="ebsa", check="attached", page="nowhere"),
        '[[guidance]]\nid = "X2"\npage = "route"\ntext = "Read it."\nsource = "section 1"\n',
    ],
)
def test_a_name_that_leads_nowhere_is_an_error(wrong: str) -> None:
    right = REQUIREMENT.format(row="X1", when="ebsa", check="attached", page="route")
    assert councils.parse(HEAD + right, CATALOGUE).requirements
    with pytest.raises(UnusableInput, match=r"There is no|has no field|no row of the catalogue"):
        councils.parse(HEAD + wrong, CATALOGUE)


def test_a_council_without_a_catalogue_needs_none() -> None:
    assert councils.parse(HEAD + ASKED.format(page="route", field="need")).rows == ()


def test_each_file_of_a_council_is_read() -> None:
    assert len(texts("essex")) > 1
    assert "essex" in councils.installed()
    assert not any("." in name for name in councils.installed())


MARKED = """
import pytest
policy = pytest.mark.policy
CASES: list = [pytest.param(1, marks=policy("X3")), 2]

@pytest.mark.policy("X1", "X2")
def test_one(): ...

@pytest.mark.parametrize("case", CASES)
def test_cases(case): ...

@pytest.mark.parametrize("case", [pytest.param(1, marks=[pytest.mark.policy("X1")])])
def test_more(case): ...

def test_none(): ...

@policy("X4")
def helper(): ...
"""


def test_marks_are_found_above_tests_and_on_cases(tmp_path: Path) -> None:
    (tmp_path / "tests" / "deep").mkdir(parents=True)
    (tmp_path / "tests" / "deep" / "test_it.py").write_text(MARKED, encoding="utf-8")
    file = "tests/deep/test_it.py"
    assert marked_tests(tmp_path) == {
        "X1": (f"{file}::test_more", f"{file}::test_one"),
        "X2": (f"{file}::test_one",),
        "X3": (f"{file}::test_cases",),
    }


def test_a_program_without_its_tests_says_so(tmp_path: Path) -> None:
    traced = trace(council("essex"), marked_tests(tmp_path))
    assert traced[0].as_json()["tests"] == []


def test_no_test_carries_an_id_that_is_not_in_the_catalogue() -> None:
    assert set(marked_tests()) <= {*ESSEX, *DORSET}
