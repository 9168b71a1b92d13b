"""What is blacked out in one document comes out nowhere: not in a pack, not beside it, not in a folder."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest

from tests.evidence.pdfs_by_hand import letter, reads, saved
from wizard import export
from wizard import folder as folders
from wizard.__main__ import main
from wizard.blacked_out import held_back, objections, plain_name, to_look_at
from wizard.copies import copies
from wizard.councils import council
from wizard.errors import CannotWrite
from wizard.evidence.redaction import proof
from wizard.evidence_fact import Area, EvidenceFact, Reading, Treatment
from wizard.validation.facts import Facts
from wizard.validation.requirements import judge

WORD = "Quillfeather"
LETTER = saved(letter(f"About Tom and {WORD}", pages=2))
Make = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Make:
    """A small referral with a document, or one more, listed as a test wants it."""
    here = tmp_path / "D"
    whole: dict[str, Any] = {"format": 1, "authority": {"id": "essex", "version": ""}, "answers": {}, "evidence": []}

    def made(file: str = "letter.pdf", data: bytes = LETTER, **listed: Any) -> Path:
        here.mkdir(exist_ok=True)
        (here / file).write_bytes(data)
        whole["evidence"].append({"file": file, **listed})
        (here / "referral.json").write_text(json.dumps(whole), encoding="utf-8")
        return here

    return made


def words_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))


def pack(folder: Path) -> bytes:
    out = folder.parent / "P.pdf"
    assert main(["pack", str(folder), "--out", str(out), "--draft"]) == 0
    return out.read_bytes()


BLACK = {"words": [WORD]}


def test_a_pack_is_free_of_what_is_blacked_out_on_pages_turned_as_the_school_wants(folder: Make) -> None:
    corner = {"page": 2, "box": [0.02, 0.02, 0.2, 0.1]}  # of the page before it is turned upside down
    wish = BLACK | {"areas": [corner]}
    made = pack(folder(f"Letter of {WORD}.pdf", treatment=wish, turned=[{"page": 2, "degrees": 180}]))
    assert WORD not in words_of(made)
    assert "The school blacked out 3 places on pages 1 and 2." in " ".join(words_of(made).split())
    (page,) = (page for page in pdfium.PdfDocument(made) if "page 2 of 2" in page.get_textpage().get_text_range())
    drawn = page.render(scale=0.2).to_pil().convert("L")
    shades = [
        drawn.getpixel((drawn.width * across // 100, drawn.height * down // 100)) for across, down in ((92, 87), (8, 6))
    ]
    assert shades == [pytest.approx(0, abs=20), pytest.approx(255, abs=20)]
    with pikepdf.open(io.BytesIO(made)) as opened:
        listed = opened.attachments["manifest.json"].get_file().read_bytes().decode()
        titles = [inner.title for item in opened.open_outline().root for inner in item.children]
    assert WORD not in listed + str(titles)
    assert sha256(LETTER).hexdigest() in listed


def refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["pack", str(folder), "--out", str(folder.parent / "P.pdf"), "--draft"]) == 2
    assert not (folder.parent / "P.pdf").exists()
    said = capsys.readouterr().err
    assert WORD not in said
    return said


def test_a_title_that_says_it_stops_the_pack(folder: Make, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(folder(title=f"What {WORD} wrote", treatment=BLACK), capsys)
    assert "has a word in it that is blacked out" in said
    assert "Give it another title." in said


def test_other_papers_on_which_it_can_be_read_are_named_and_may_go(
    folder: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    here = folder(treatment=BLACK)
    folder("other.pdf", saved(letter("Nobody", pages=1)))
    folder("report.pdf", saved(letter(f"{WORD.upper()} again", pages=2)))
    made = pack(here)
    (told,) = (line for line in capsys.readouterr().err.splitlines() if "blacked out" in line)
    named = re.fullmatch(
        r"Something that is blacked out in evidence 1 can be read in evidence 3, on pages (\d+), (\d+) of the pack. "
        r"See that it may be read there\.",
        told,
    )
    assert named
    shown = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(made)]
    assert [number for number, words in enumerate(shown, 1) if WORD.upper() in words] == [*map(int, named.groups())]


def test_pages_on_which_a_machine_read_it_are_named(folder: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """In a picture of another document, or in one of the same that was missed; never on a page that is left out."""
    folder(treatment=BLACK, omit=[1])
    here = folder("scans.pdf", saved(letter("Nobody", pages=3)), order=[3, 1, 2], omit=[1])
    read = folders.read(here)
    one, other = read.case.evidence
    readings = tuple(Reading(page, f"seen with\n{WORD.upper()}") for page in (1, 2))
    case = replace(read.case, evidence=(replace(one, readings=readings), replace(other, readings=readings)))
    judgement = judge(Facts.of(case, council("essex"), date(2026, 11, 2)))
    when = datetime(2026, 11, 2, tzinfo=UTC)
    documents = {fact.file: made.pdf for fact, made in zip(case.evidence, read.prepared, strict=True)}
    made = export.make_pack(export.Order(judgement, lambda fact: documents[fact.file], when, draft=True))
    shown = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(made.pdf)]
    feet = "page 1 of 1", "page 2 of 2"  # of each document, as it is in the pack
    own, scan = (next(number for number, text in enumerate(shown, 1) if foot in text) for foot in feet)
    read = "Something that is blacked out in evidence 1 was read by machine in a picture"
    assert made.look_at == (
        f"{read} in the same document, on page {own} of the pack. See that it may be read there.",
        f"{read} in evidence 2, on page {scan} of the pack. See that it may be read there.",
    )
    assert not {"readings", WORD.upper()} & set(json.dumps(case.to_json()).replace('"', " ").split())


def test_a_common_word_makes_no_endless_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "_MOST_ELSEWHERE", 3)
    pdf = saved(letter("Tom", pages=4))
    wanted = [{"number": number, "words": ["Tom"], "first": 9, "last": 8} for number in (1, 2)]
    found, _ = proof.prove(pdf, "", wanted, [], range(1, 5))
    assert [(one["number"], one["page"]) for one in found["places"]] == [(1, 1), (1, 2), (1, 3)]


def test_the_same_file_shown_in_full_stops_the_pack(folder: Make, capsys: pytest.CaptureFixture[str]) -> None:
    folder("a.pdf", treatment=BLACK)
    assert "is the same file without that" in refused(folder("b.pdf"), capsys)


@pytest.mark.parametrize("password", ["", "three brown foxes"])
def test_a_word_left_on_its_pages_stops_the_pack(
    password: str, folder: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the copy that is kept not what it should be, the finished pack is searched all the same."""
    monkeypatch.setattr(folders.ReferralFolder, "document", lambda self, fact: LETTER)
    here = folder(treatment=BLACK)
    secret = here.parent / "password"
    secret.write_text(f"{password}\n", encoding="utf-8")
    options = ["--password-file", str(secret)] if password else []
    assert main(["pack", str(here), "--out", str(here.parent / "P.pdf"), "--draft", *options]) == 2
    said = capsys.readouterr().err
    assert "is still there, on page " in said
    assert not (here.parent / "P.pdf").exists()


def test_an_original_that_would_travel_stops_the_pack(
    folder: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EvidenceFact, "travels", property(lambda fact: fact.treatment.redacts))
    assert "The original of a document in which something is blacked out would travel" in refused(
        folder(treatment={"areas": [{"page": 1, "box": [0, 0, 1, 1]}]}), capsys
    )


def kept(folder: Path, home: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[Path, str]:
    """The referral of a folder kept, and written as a folder again; that folder and what was said."""
    secret = home.parent / "passphrase"
    secret.write_text("three brown foxes jump\n", encoding="utf-8")
    at = ["--home", str(home), "--passphrase-file", str(secret)]
    capsys.readouterr()
    assert main([*at, "import", str(folder)]) == 0
    reference = capsys.readouterr().out.strip()
    out = home.parent / "again"
    assert main([*at, "export", reference, "--out", str(out), *options]) == 0
    return out, capsys.readouterr().out


def test_a_folder_holds_the_copy_and_not_the_original(
    folder: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turned = [{"page": 2, "degrees": 180}]
    before = folder(f"Letter of {WORD}.pdf", title="A letter", omit=[1], turned=turned, treatment=BLACK)
    out, said = kept(before, tmp_path / "home", capsys)
    assert "1 document is there as a copy in which something is blacked out" in said
    line = json.loads((out / "referral.json").read_text(encoding="utf-8"))["evidence"][-1]
    assert line.keys() & {"treatment", "title", "omit", "turned"} == {"title", "omit", "turned"}
    assert line["turned"] == turned
    for file in out.iterdir():
        data = file.read_bytes()
        assert WORD.encode() not in data + file.name.encode()
        assert WORD not in (words_of(data) if file.suffix == ".pdf" else "")
    assert sha256((out / line["file"]).read_bytes()).hexdigest() == line["sha256"]
    assert main(["check", str(out)]) in {0, 1}
    assert len(reads((out / line["file"]).read_bytes()).pages) == 2


def test_a_folder_with_originals_has_to_be_asked_for(
    folder: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = folder(treatment=BLACK)
    out, said = kept(before, tmp_path / "home", capsys, "--with-unredacted")
    assert "Do not hand it over." in said
    assert (out / "letter.pdf").read_bytes() == LETTER
    assert json.loads((out / "referral.json").read_text(encoding="utf-8"))["evidence"][-1]["treatment"] == BLACK


def fact(file: str, **more: Any) -> EvidenceFact:
    return EvidenceFact(file, sha256=more.pop("sha256", file), outcome="included", pages=1, **more)


BLACKED = Treatment(words=(WORD,))
MESSAGES = (
    fact("outer.msg", with_original=True),
    fact("inner.eml", with_original=True, within="outer.msg"),
    fact("letter.pdf", within="inner.eml", treatment=BLACKED),
    fact("other.eml", with_original=True),
    fact("copy.pdf", sha256="letter.pdf", within="other.eml", treatment=BLACKED),
    fact("apart.msg", with_original=True),
)


def test_messages_that_hold_it_keep_their_originals_back_and_are_told() -> None:
    assert held_back(MESSAGES) == {"outer.msg", "inner.eml", "other.eml"}
    told = list(to_look_at(MESSAGES))
    assert len(told) == len(set(told)) == 6
    assert told[0].startswith("Evidence 3, in which something is blacked out, came with evidence 1:")
    assert list(objections(MESSAGES)) == []


def test_boxes_that_differ_are_objected_to() -> None:
    twins = fact("a.pdf", sha256="x", treatment=Treatment(areas=(Area(1, (0, 0, 1, 1)),))), fact("b.pdf", sha256="x")
    assert [one.remedy for one in objections(twins)] == ["Take evidence 2 out, or black the same out in it."]


def test_messages_are_handed_over_as_their_pages() -> None:
    from wizard.case import Case

    case = Case(authority="essex", authority_version="1", answers={}, evidence=MESSAGES)
    made, given, number = copies(case, lambda one: b"original of " + one.file.encode(), lambda _: b"%PDF-")
    assert number == 5
    assert [(one.file, one.within, given(one)) for one in made.evidence] == [
        ("outer.pdf", "", b"%PDF-"),
        ("inner.pdf", "outer.pdf", b"%PDF-"),
        ("letter.pdf", "inner.pdf", b"%PDF-"),
        ("other.pdf", "", b"%PDF-"),
        ("copy.pdf", "other.pdf", b"%PDF-"),
        ("apart.msg", "", b"original of apart.msg"),
    ]
    with pytest.raises(CannotWrite, match="no pages"):
        copies(case, lambda _: b"", lambda _: b"")


@pytest.mark.parametrize(
    ("file", "plain"),
    [("a.pdf", "a.pdf"), (f"{WORD}.docx", "Evidence 3.docx"), (WORD, "Evidence 3"), (f"a.{WORD}", "Evidence 3")],
)
def test_names_of_files_say_nothing_of_it(file: str, plain: str) -> None:
    assert plain_name(3, file, (WORD,)) == plain
