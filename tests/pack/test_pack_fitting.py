"""Too much for one page: the cover and the summary stay on theirs and say where the rest is; tables and lists go on."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO

import packs_by_hand
import pikepdf
import pytest
from pack_reading import content_text, elements, shown, squeezed

from wizard.pack import build
from wizard.pack.content import ChecklistItem, Fact, RegisterWeek, SignatureItem
from wizard.profile import Domain, Side
from wizard.summary import Part, Row, Section, Table


def pages(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [squeezed(shown(page).text) for page in opened.pages]


def test_an_overfull_cover_stays_on_its_page_and_points_on() -> None:
    reasons = tuple(
        ChecklistItem(f"E{n}", f"Requirement {n}", "must", "reason given", "policy", packs_by_hand.LONG * 3)
        for n in range(30)
    )
    signed = packs_by_hand.signatures()[1]
    content = packs_by_hand.rich(
        title="Referral for medical needs and for tuition away from school",
        pupil_name="Amira Maria Magdalena Konstantinopolitańczykiewiczówna-O’Neill Featherstonehaugh",
        cover=tuple(Fact(f"Fact {n}", packs_by_hand.LONG * 2, "health") for n in range(6)),
        checklist=reasons,
        signatures=tuple(replace(signed, name=f"Martin Hale {n}") for n in range(12)),
    )
    built = build(content)
    assert built.plan.page("summary") == 2
    cover = pages(built.pdf)[0]
    for words in (
        "and 29 more on the checklist",
        "and 11 more: page",
        "Signatures and how to check this pack",
        "Fact 5",
    ):
        assert words in cover


def test_a_short_summary_is_whole() -> None:
    built = build(packs_by_hand.rich())
    summary = pages(built.pdf)[1]
    for _, texts in packs_by_hand.rich().brief:
        assert all(squeezed(text) in summary for text in texts)
    assert "see page" not in summary


def test_a_long_summary_stays_on_one_page_and_says_where_the_rest_is() -> None:
    brief = tuple((f"Matter {n}", (packs_by_hand.LONG * 4, "Second", "Third", "Fourth")) for n in range(5))
    content = packs_by_hand.rich(brief=(*brief, ("Health", (packs_by_hand.LONG * 9,))), brief_pages=("support",))
    built = build(content)
    assert built.plan.page("contents") == 3
    summary = pages(built.pdf)[1]
    assert f"see page {built.plan.parts['support']}" in summary
    assert re.search(rf"Health .*\.\.\. see page {built.plan.parts['health']}", summary)
    assert "Matter 4" in summary


def test_a_hopelessly_long_summary_is_cut_with_a_reference() -> None:
    brief = tuple((f"Matter {n}", ("First",)) for n in range(60))
    built = build(packs_by_hand.small(brief=brief))
    summary = pages(built.pdf)[1]
    assert built.plan.page("contents") == 3
    assert "There is more: see page 3" in summary
    assert "Matter 59" not in summary
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        headings = [element for element in elements(pdf) if element.S == "/H2"]
    assert all("/K" in heading for heading in headings)


def test_long_contents_go_over_two_pages_and_still_agree() -> None:
    asked = packs_by_hand.row("Q", "A")
    sections = tuple(
        Section(f"s{n}", f"Section {n}", tuple(Part(f"p{n}{k}", f"Page {n}.{k}", (asked,)) for k in range(4)))
        for n in range(16)
    )
    built = build(packs_by_hand.small(sections=sections))
    place = built.plan.places["contents"]
    assert place.last > place.first
    texts = pages(built.pdf)
    contents = " ".join(texts[place.first - 1 : place.last])
    for n in range(16):
        assert f"Section {n} {built.plan.sections[f's{n}']}" in contents
        assert texts[built.plan.sections[f"s{n}"] - 1].startswith(f"Section {n} Page {n}.0")


def test_a_cell_taller_than_a_page_goes_on() -> None:
    words = " ".join(f"w{n}" for n in range(4_000))
    table = Table(
        ("Date", "What happened", "Who"), (("3 October 2026", words, "Ruth Osei"), ("4 October 2026", "", ""))
    )
    part = Part("support", "Support", (packs_by_hand.row("Steps", "See below.", "support", table=table),))
    built = build(packs_by_hand.small(sections=(Section("s", "Support", (part,)),)))
    text = content_text(built.pdf)
    assert re.findall(r"w\d+", text) == words.split()
    assert "See below." in text


@pytest.mark.parametrize("rows", range(12, 24))
def test_a_heading_stays_with_its_first_answer_however_many_lines_that_has(rows: int) -> None:
    before = Part("before", "Before", tuple(packs_by_hand.row(f"Question {n}", "Yes") for n in range(rows)))
    said = packs_by_hand.row("Statements", "\n".join(f"• Statement {n} is so." for n in range(7)))
    built = build(packs_by_hand.small(sections=(Section("s", "Section", (before, Part("d", "Declared", (said,)))),)))
    (page,) = (words for words in pages(built.pdf)[2:] if "Declared" in words and "Contents" not in words)
    assert "Statement 0 is so." in page


@pytest.mark.parametrize("sentences", [3, 9])
def test_a_question_is_never_alone_at_the_foot_of_a_page(sentences: int) -> None:
    rows = tuple(packs_by_hand.row(f"Question {n}?", packs_by_hand.LONG * sentences) for n in range(40))
    built = build(packs_by_hand.small(sections=(Section("s", "S", (Part("p", "P", rows),)),)))
    found = [page for page in pages(built.pdf) if "Question" in page]
    assert len(found) > 2
    assert [page for page in found if re.search(r"Question \d+\?$", page)] == []


def test_a_table_with_too_many_columns_becomes_lists_and_short_rows_are_filled_up() -> None:
    heads = tuple(f"Column {n}" for n in range(12))
    wide = Table(heads, (tuple(f"value{n}" for n in range(12)), ("only one",)))
    narrow = Table(("A", "B"), (("x",), ("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3, "y")))
    rows = (packs_by_hand.row("Wide", "", table=wide), packs_by_hand.row("Narrow", "", table=narrow))
    built = build(packs_by_hand.small(sections=(Section("s", "Tables", (Part("p", "Tables", rows),)),)))
    text = squeezed(content_text(built.pdf))
    assert "Column 11 value11" in text
    assert "only one" in text
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        assert sum(element.S == "/Table" for element in elements(pdf)) == 1


def test_a_card_is_set_as_questions_and_answers() -> None:
    pairs = (("Name", "Dr Osei"), ("What was advised", packs_by_hand.LONG * 5))
    row = packs_by_hand.row("Professional: 1 of 2", "", table=Table(("Question", "Answer"), pairs))
    built = build(packs_by_hand.small(sections=(Section("s", "S", (Part("p", "P", (row,)),)),)))
    text = squeezed(content_text(built.pdf))
    assert "Professional: 1 of 2 Name Dr Osei What was advised Amira finds" in text
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        assert not [element for element in elements(pdf) if element.S == "/Table"]


def test_states_of_answers_are_said_in_words() -> None:
    rows = (
        Row("p", "a", "Religion", "", "unanswered"),
        Row("p", "b", "NHS number", "the family is looking", "not known"),
        Row("p", "c", "UPN", "B123", "doubtful"),
        Row("p", "d", "Allergies", ""),
        Row("p", "e", "Steps", "none were taken", "not known", Table(("A",), ())),
        Row("p", "f", "Story", "First paragraph.\n\nSecond paragraph,\nnext line."),
    )
    built = build(packs_by_hand.small(sections=(Section("s", "S", (Part("p", "P", rows),)), Section("t", "Empty", ()))))
    text = squeezed(content_text(built.pdf))
    for words in (
        "Religion Not answered",
        "NHS number Not known: the family is looking",
        "UPN B123 (as typed; not understood)",
        "Allergies None",
        "Steps Not known: none were taken",
        "First paragraph. Second paragraph, next line.",
    ):
        assert words in text
    assert "Empty" not in text


def test_the_checklist_says_state_source_reason_page_and_evidence() -> None:
    built = build(packs_by_hand.rich())
    text = squeezed(" ".join(pages(built.pdf)[built.plan.page("checklist") - 1 : built.plan.places["checklist"].last]))
    health, evidence = built.plan.parts["attendance"], built.plan.evidence[2]
    assert (
        "Reason given Fifteen school days missed Essex policy, section 1 · E5 "
        f"page {health} ; evidence 2, page {evidence} "
        "Three further weeks are expected; see the consultant’s letter." in text
    )
    assert "Not needed Educated at home" in text
    assert "For information" in text


@pytest.mark.parametrize("weeks", [1, 12, 39, 52])
def test_the_register_is_drawn_described_and_counted(weeks: int) -> None:
    register = packs_by_hand.register(weeks)
    built = build(packs_by_hand.rich(register_weeks=register))
    marks = [mark for week in register for day in week.days for mark in day]
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        said = [str(element.Alt) for element in elements(pdf) if element.S == "/Figure" and "/Alt" in element]
    pictures = [words for words in said if words.startswith("Calendar of the register")]
    assert len(pictures) == (1 if weeks <= 40 else 2)
    text = squeezed(content_text(built.pdf))
    for code, meaning in packs_by_hand.rich().code_meanings:
        if code in marks and code.isalpha():
            assert f"{code} {meaning} {marks.count(code)}" in text
    days = [(week.monday.day + at, day) for week in register[:4] for at, day in enumerate(week.days)]
    september = [mark for number, day in days if number <= 30 for mark in day]
    assert f"September 2026 {' '.join(str(september.count(code)) for code, _ in _commonest(marks))}" in text
    if weeks == 12:
        assert f"illness (I) {marks.count('I')} sessions" in pictures[0]


def _commonest(marks: list[str]) -> list[tuple[str, int]]:
    return sorted(Counter(marks).items(), key=lambda pair: (-pair[1], pair[0]))


def test_an_unknown_mark_and_an_empty_register_are_drawn_too() -> None:
    odd = RegisterWeek(date(2026, 9, 7), (("¤", ""), ("", ""), ("", ""), ("", ""), ("", "")))
    text = squeezed(content_text(build(packs_by_hand.rich(register_weeks=(odd,))).pdf))
    assert "¤ not one of the national codes 1" in text
    empty = replace(odd, days=(("", ""),) * 5)
    assert "The register, session by session" in content_text(build(packs_by_hand.rich(register_weeks=(empty,))).pdf)


@pytest.mark.parametrize("factors", [1, 12])
def test_the_balance_of_risks_and_strengths_is_drawn_and_described(factors: int) -> None:
    found = tuple(Domain(name, Side(factors, 1), Side(0, factors)) for name in ("At school", "The pupil", "The family"))
    built = build(packs_by_hand.small(profile=found, profile_page="pupil"))
    text = squeezed(content_text(built.pdf))
    assert f"{factors} strong, 1 some" in text
    assert f"{factors} some" in text
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        said = [str(element.Alt) for element in elements(pdf) if element.S == "/Figure" and "/Alt" in element]
    words = f"At school: weighs {factors} strong, 1 some, helps {factors} some"
    assert [words in one for one in said if one.startswith("Balance of what weighs")] == [True]


def test_signatures_show_their_words_and_a_broken_picture_does_no_harm() -> None:
    broken = SignatureItem("Dawn Pike", "DSL", "drawn", packs_by_hand.CREATED, "I agree.", b"no picture", "12ab")
    built = build(packs_by_hand.small(signatures=(*packs_by_hand.signatures(), broken)))
    text = squeezed(content_text(built.pdf))
    assert (
        "Dawn Pike DSL I agree. Signature drawn, 23 November 2026, 09:30 Digest of the answers that were signed: 12ab"
        in text
    )
    assert "Signed on paper, 19 November 2026" in text
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        said = [str(element.Alt) for element in elements(pdf) if element.S == "/Figure"]
    assert said == ["Drawn signature of Ruth Osei"]


def test_an_unsealed_pack_has_no_place_for_a_seal_and_does_not_speak_of_one() -> None:
    built = build(packs_by_hand.small(sealed=False, integrity=("Nothing shows whether it was changed.",)))
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        assert "/AcroForm" not in pdf.Root
    assert "seal" not in content_text(built.pdf)


def test_a_pack_with_nothing_met_yet_says_so() -> None:
    items = (
        ChecklistItem("D1", "Advice", "must", "reason given", "Dorset policy, 1", "Asked for."),
        ChecklistItem("D2", "Views", "should", "open", "Dorset policy, 2"),
    )
    cover = pages(build(packs_by_hand.small(checklist=items)).pdf)[0]
    assert "0 of 1 thing the policy requires; a reason is given for one" in cover
    assert "0 of 1 thing the policy expects; one still open" in cover
    assert "Complete by the council’s own policy" in cover
