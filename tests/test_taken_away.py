"""A complete referral less one thing: the check names it, with its source and its page."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms.kit.ask import questions
from wizard import samples
from wizard.__main__ import main
from wizard.case import Case
from wizard.councils import council
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, judge, pages_asked

TODAY = date(2026, 11, 23)
COMPLETE = samples.case("essex-ebsa")


def judged(case: Case) -> Judgement:
    digest = case.signed_digest()  # everybody signs again after the change
    signatures = tuple(replace(one, digest=digest) for one in case.signatures)
    return judge(Facts.of(replace(case, signatures=signatures), council("essex"), TODAY))


def required() -> Iterator[tuple[str, str]]:
    facts = Facts.of(COMPLETE, council("essex"), TODAY)
    for page in pages_asked(facts):
        raw: Mapping[str, Any] = COMPLETE.answers.get(page.id, {})
        for question in questions(page):
            if question.required and question.shown(raw) and question.name in raw:
                yield page.id, question.name


def without(page: str, name: str) -> Case:
    answers = dict(COMPLETE.answers)
    answers[page] = {key: value for key, value in answers[page].items() if key != name}
    return replace(COMPLETE, answers=answers)


def test_the_sample_is_complete() -> None:
    assert judged(COMPLETE).ready
    assert len(list(required())) > 80


@pytest.mark.parametrize(("page", "name"), list(required()))
def test_without_a_required_answer_it_is_not_ready(page: str, name: str) -> None:
    judgement = judged(without(page, name))
    named = [
        point
        for point in judgement.points
        if point.level == "must" and point.page == page and (point.field == name or point.id != "E64")
    ]
    assert not judgement.ready
    assert named
    assert all(point.source.startswith("Essex policy, section ") and point.todo.endswith(".") for point in named)


PAPERS = {
    "E24": ("one_plan", {"provided": "attached"}),
    "E17": ("lets_talk", {"info_provided": "attached"}),
    "E18": ("lets_talk", {"profile_provided": "attached"}),
    "E19": ("lets_talk", {"assessment_provided": "attached"}),
    "E158": ("chronology", {"kind": "attached"}),
}


@pytest.mark.parametrize("row", PAPERS)
def test_without_a_paper_that_answers_a_must_it_is_not_ready(row: str) -> None:
    page, choice = PAPERS[row]
    kept = {key: value for key, value in COMPLETE.answers[page].items() if key not in {"cycles", "entries"}}
    others = tuple(fact for fact in COMPLETE.evidence if row not in fact.answers)
    paper = replace(COMPLETE.evidence[0], answers=(row,))
    attached = replace(COMPLETE, answers=COMPLETE.answers | {page: kept | choice}, evidence=(*others, paper))
    assert judged(attached).ready
    judgement = judged(replace(attached, evidence=others))
    assert not judgement.ready
    point = next(point for point in judgement.points if point.id == row)
    assert (point.level, point.page) == ("must", page)
    assert point.source.startswith("Essex policy, section ")


@pytest.mark.parametrize("row", ["E65", "E28"])
def test_without_a_paper_that_answers_a_should_it_is_ready_and_says_so(row: str) -> None:
    others = tuple(fact for fact in COMPLETE.evidence if row not in fact.answers)
    judgement = judged(replace(COMPLETE, evidence=others))
    assert judgement.ready
    assert [(point.level, point.page) for point in judgement.points if point.id == row] == [("should", "evidence")]


@pytest.mark.parametrize(("page", "name", "status"), [("pupil", "surname", 1), ("tpp", "hope", 0)])
def test_the_command_says_the_same(
    page: str, name: str, status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    samples.write("essex-ebsa", tmp_path / "D")
    case = without(page, name)
    digest = case.signed_digest()
    signed = replace(case, signatures=tuple(replace(one, digest=digest) for one in case.signatures))
    (tmp_path / "D" / "referral.json").write_text(json.dumps(signed.to_json()), encoding="utf-8")
    assert main(["check", str(tmp_path / "D"), "--clock", TODAY.isoformat()]) == status
    said = capsys.readouterr().out
    assert "Essex policy, section" in said
    assert f"page {judged(case).facts.page(page).task}" in said
