"""The structure tree: every mark has one owner, every owner knows its page, tables and lists are whole."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import packs_by_hand
import pikepdf
import pytest
from pack_reading import elements, kids, shown

from wizard.pack import build
from wizard.summary import Part, Section, Table


@pytest.fixture(scope="module", params=["small", "rich", "draft"])
def pack(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    content = packs_by_hand.small() if request.param == "small" else packs_by_hand.rich(draft=request.param == "draft")
    with pikepdf.open(BytesIO(build(content).pdf)) as pdf:
        yield pdf


def claims(pdf: pikepdf.Pdf) -> tuple[Counter[Any], Counter[Any], dict[Any, Any]]:
    """Return what the tree claims: (page, mark) to the element that claims it; annotations likewise."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    marks, annotations = Counter(), Counter()
    owners = {}
    for element in elements(pdf):
        for kid in kids(element):
            if isinstance(kid, int):
                key = (numbers[element.Pg.objgen], kid)
            elif "/MCID" in kid:
                key = (numbers[kid.Pg.objgen], int(kid.MCID))
            elif kid.get("/Type") == "/OBJR":
                annotations[kid.Obj.objgen] += 1
                owners[kid.Obj.objgen] = element
                continue
            else:
                continue
            marks[key] += 1
            owners[key] = element
    return marks, annotations, owners


def test_every_mark_on_a_page_is_claimed_once_and_by_its_parent(pack: pikepdf.Pdf) -> None:
    marks, _, owners = claims(pack)
    assert set(marks.values()) == {1}
    parents = dict(zip(*[iter(pack.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
    for number, page in enumerate(pack.pages):
        drawn = {mcid for mcid, artefact, _ in shown(page).pieces if mcid is not None and not artefact}
        listed = parents[int(page.obj.StructParents)]
        assert drawn <= set(range(len(listed)))
        for mcid, owner in enumerate(listed):
            assert owner.objgen == owners[number, mcid].objgen
    assert len(marks) == sum(len(parents[int(page.obj.StructParents)]) for page in pack.pages)


def test_nothing_on_a_page_is_outside_the_tree_and_the_artefacts(pack: pikepdf.Pdf) -> None:
    for page in pack.pages:
        assert all(artefact or mcid is not None for mcid, artefact, _ in shown(page).pieces)


def test_every_annotation_belongs_to_a_link_or_the_form(pack: pikepdf.Pdf) -> None:
    _, annotations, owners = claims(pack)
    parents = dict(zip(*[iter(pack.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
    for page in pack.pages:
        assert page.obj.Tabs == "/S"
        for annotation in page.obj.get("/Annots", []):
            assert annotations[annotation.objgen] == 1
            owner = owners[annotation.objgen]
            assert ("/Form" if annotation.Subtype == "/Widget" else "/Link") == owner.S
            assert parents[int(annotation.StructParent)].objgen == owner.objgen
            assert annotation.get("/Contents") or annotation.get("/TU")


def test_the_seals_element_holds_nothing_but_its_field() -> None:
    with pikepdf.open(BytesIO(build(packs_by_hand.small()).pdf)) as pdf:
        form = next(element for element in elements(pdf) if element.S == "/Form")
        assert isinstance(form.K, pikepdf.Dictionary)
        assert form.K.Type == "/OBJR"
        field = form.K.Obj
        assert (field.Subtype, field.FT, str(field.T)) == ("/Widget", "/Sig", "Seal")
        assert field.objgen == pdf.Root.AcroForm.Fields[0].objgen
        assert str(field.TU)
        assert "/V" not in field


def test_parents_point_back(pack: pikepdf.Pdf) -> None:
    for element in elements(pack):
        for kid in kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert kid.P.objgen == element.objgen


def test_tables_have_heads_and_equal_rows(pack: pikepdf.Pdf) -> None:
    for table in (element for element in elements(pack) if element.S == "/Table"):
        rows = [row for group in kids(table) for row in ([group] if group.S == "/TR" else kids(group))]
        widths = {len(kids(row)) for row in rows}
        assert len(widths) == 1
        heads = [cell for row in rows for cell in kids(row) if cell.S == "/TH"]
        assert heads
        assert all("/Scope" in head.A[0] for head in heads)


def test_headings_start_at_one_and_skip_no_level(pack: pikepdf.Pdf) -> None:
    levels = [int(str(element.S)[2:]) for element in elements(pack) if str(element.S)[1:] in {"H1", "H2", "H3"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_long_answer_is_one_element_over_its_pages() -> None:
    built = build(packs_by_hand.with_answer(packs_by_hand.LONG * 100, "Story"))
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        bodies = [element for element in elements(pdf) if element.S == "/LBody" and len(kids(element)) > 3]
    assert len(bodies) == 1


def test_a_table_over_pages_is_one_table_with_one_head() -> None:
    rows = tuple((f"{n} October", packs_by_hand.LONG) for n in range(1, 60))
    table = Table(("Date", "What happened"), rows)
    part = Part("support", "Support", (packs_by_hand.row("Steps", "", "support", table=table),))
    built = build(packs_by_hand.small(sections=(Section("s", "Support", (part,)),)))
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        tables = [element for element in elements(pdf) if element.S == "/Table"]
        assert len(tables) == 1
        assert sum(element.S == "/THead" for element in elements(pdf)) == 1
        first, last = built.plan.places["part:support"].first, built.plan.places["part:support"].last
        assert last > first + 1
        for number in range(first + 1, last + 1):
            pieces = shown(pdf.pages[number - 1]).pieces
            assert [text for _, artefact, text in pieces if artefact][:2] == ["Date", "What happened"]
