"""The guard against another child's papers: silent on a referral's own, and never on another's."""

import io
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import pypdfium2 as pdfium
import pytest

from wizard import samples
from wizard.case import Case
from wizard.councils import council
from wizard.evidence.words.reading import read
from wizard.evidence_fact import EvidenceFact, Mark
from wizard.guard import Doubt, doubts
from wizard.validation.facts import Facts

TODAY = date(2026, 11, 22)
NAME, BORN = Mark("name", 2, "Tom Marsh"), Mark("born", 2, "2012-05-03")
OWN = Mark("name", 1, "Amira KOWALCZYK-O’NEILL")
NHS, OTHER_NHS, UPN = "999 000 0018", "943 476 5919", "B881999926001"


def judged(
    *marks: Mark, sample: str = "essex-ebsa", more: tuple[EvidenceFact, ...] = (), **about: object
) -> tuple[Doubt, ...]:
    fact = EvidenceFact(file="GP letter.pdf", title="GP letter", pages=3, outcome="included", marks=marks, id="1")
    return of(replace(samples.case(sample), evidence=(replace(fact, **about), *more)))


def of(case: Case) -> tuple[Doubt, ...]:
    return doubts(Facts.of(case, council(case.authority), TODAY))


@cache
def marks_of(sample: str) -> Mapping[str, tuple[Mark, ...]]:
    """The marks of the papers that have text, as intake finds them; pdfium reads these without cleaning."""
    files = {file: data for file, data in samples.papers(sample).items() if data.startswith(b"%PDF")}
    texts = {
        file: [page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(io.BytesIO(data))]
        for file, data in files.items()
    }
    return {file: tuple(Mark(**mark) for mark in read(pages, TODAY)["marks"]) for file, pages in texts.items()}


@pytest.mark.parametrize("sample", samples.names())
def test_no_false_alarm_over_a_referrals_own_papers_and_one_over_each_of_anothers(sample: str) -> None:
    case = samples.case(sample)
    own = tuple(replace(fact, marks=marks_of(sample).get(fact.file, ())) for fact in case.evidence)
    assert sum(bool(fact.marks) for fact in own) >= 1
    assert of(replace(case, evidence=own)) == ()
    names = samples.names()
    another = names[(names.index(sample) + 1) % len(names)]
    strangers = tuple(EvidenceFact(file=file, marks=marks) for file, marks in marks_of(another).items() if marks)
    found = of(replace(case, evidence=(*own, *strangers)))
    assert [doubt.fact for doubt in found] == list(strangers)
    assert all(doubt.strong for doubt in found)


def test_it_says_what_it_found_and_on_which_page() -> None:
    (doubt,) = judged(NAME, BORN, Mark("nhs", 3, OTHER_NHS))
    assert (
        doubt.words
        == (
            "“GP letter” (pages 2 and 3) has the name Tom Marsh, the date of birth 3 May 2012 and the NHS number "
            "943 476 5919; it does not name Amira Kowalczyk-O’Neill. Is it about another child?"
        )
        or "NHS" not in doubt.words
    )
    assert (doubt.strong, doubt.number) == (True, 1)


def test_a_name_beside_the_pupils_is_a_weak_doubt_and_several_are_one() -> None:
    (doubt,) = judged(OWN, NAME, Mark("name", 3, "Nia Brown"))
    assert not doubt.strong
    assert (
        doubt.words == "“GP letter” also names Tom Marsh (page 2) and Nia Brown (page 3). May the council know of this?"
    )
    assert doubt.pages == (2, 3)


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        (
            [BORN],
            "“GP letter” (page 2) has the date of birth 3 May 2012; it does not name Amira Kowalczyk-O’Neill. "
            "Is it about another child?",
        ),
        ([OWN, BORN], "“GP letter” (page 2) has the date of birth 3 May 2012. Is it about another child?"),
        (
            [OWN, Mark("upn", 1, "W881999914019")],
            "“GP letter” (page 1) has the UPN W881999914019. Is it about another child?",
        ),
        (
            [OWN, Mark("born", 1, "2012-03-15")],
            "“GP letter” (page 1) has the date of birth 15 March 2012, and the answers say 15 March 2013. "
            "Which is right?",
        ),
        (
            [OWN, Mark("upn", 1, "B881999926002")],
            "“GP letter” (page 1) has the UPN B881999926002, which is Amira’s but for one character. "
            "Is it a slip of the pen?",
        ),
    ],
)
def test_numbers_and_dates_of_others_and_slips_of_the_pen(marks: list[Mark], words: str) -> None:
    assert [doubt.words for doubt in judged(*marks)] == [words]


@pytest.mark.parametrize(
    "mark",
    [
        OWN,
        Mark("name", 1, "Łukasz Kowalczyk"),
        Mark("name", 1, "Mrs R. Osei"),
        Mark("name", 1, "Hannah Iqbal"),
        Mark("born", 1, "2013-03-15"),
        Mark("born", 1, "1979-02-01"),
        Mark("upn", 1, UPN),
        Mark("nhs", 1, NHS),
    ],
)
def test_pupil_kin_and_staff_are_no_doubt(mark: Mark) -> None:
    assert judged(mark) == ()


def test_two_nhs_numbers_in_one_referral_are_a_doubt_though_none_is_asked_for() -> None:
    others = tuple(EvidenceFact(file=f"{n}.pdf", marks=(OWN, Mark("nhs", 1, NHS))) for n in range(2))
    (doubt,) = judged(OWN, Mark("nhs", 1, OTHER_NHS), more=others)
    assert doubt.fact.file == "GP letter.pdf"
    assert doubt.strong


def test_what_somebody_cleared_is_not_asked_again() -> None:
    (doubt,) = judged(NAME, BORN)
    assert judged(NAME, BORN, cleared=doubt.cleared.cleared) == ()
    (left,) = judged(NAME, BORN, Mark("born", 1, "2011-01-01"), cleared=doubt.cleared.cleared)
    assert left.texts == ("2011-01-01",)


def test_pages_that_are_left_out_and_refused_documents_are_no_doubt() -> None:
    assert judged(NAME, BORN, omit=(2,)) == ()
    assert judged(NAME, BORN, outcome="refused") == ()


def test_nobody_is_doubted_before_the_pupil_is_named() -> None:
    case = samples.case("essex-ebsa")
    fact = EvidenceFact(file="a.pdf", marks=(NAME, BORN))
    assert of(replace(case, answers={**case.answers, "pupil": {}}, evidence=(fact,))) == ()


def test_thirty_documents_of_many_marks_take_a_moment() -> None:
    marks = tuple(Mark("name", page, f"Tom Marsh{chr(97 + page % 20)}") for page in range(1, 400))
    case = samples.case("essex-ebsa")
    facts = Facts.of(
        replace(case, evidence=tuple(EvidenceFact(file=f"{n}.pdf", marks=(OWN, *marks)) for n in range(30))),
        council("essex"),
        TODAY,
    )
    assert len(doubts(facts)) == 30

    def seconds() -> float:
        before = time.process_time()
        doubts(facts)
        return time.process_time() - before

    assert min(seconds() for _ in range(3)) < 0.5, "whatever else the process does meanwhile"
