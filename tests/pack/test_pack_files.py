"""Files that travel in a pack: originals beside their pages or in their place, and the list of every file offered."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO

import packs_by_hand
import pikepdf
import pytest
from pack_reading import bookmarks, content_text, squeezed

from wizard.case import Case
from wizard.councils import council
from wizard.evidence.readers import READERS
from wizard.evidence_fact import Area, EvidenceFact, Treatment
from wizard.pack import build, encrypt
from wizard.pack.compose import compose
from wizard.pack.content import PackContent
from wizard.pack.originals import KINDS, name_in_pack
from wizard.signing.identity import new_identity
from wizard.signing.sign import seal
from wizard.signing.verify import verify
from wizard.validation.facts import Facts
from wizard.validation.requirements import judge

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
SIGNED, WORD, PROGRAM = b"%PDF-1.7 signed by a doctor", b"PK\x03\x04 a report", b"MZ"


def fact(file: str, data: bytes, **more: object) -> EvidenceFact:
    values = {"outcome": "included", "kind": "pdf", "pages": 1, **more}
    return EvidenceFact(file, sha256=sha256(data).hexdigest(), **values)  # type: ignore[arg-type]


NOTICES = ("It was signed.\nCheck that it is whole.", "\nBlack it out first.")
EVIDENCE = {
    fact("CAMHS.pdf", SIGNED, with_original=True, outcome="cleaned", notices=NOTICES): SIGNED,
    fact("../report.exe", WORD, with_original=True, outcome="attached", kind="docx", pages=0, title="Report"): WORD,
    fact(
        "tool.exe", PROGRAM, outcome="refused", kind="program", pages=0, why="This is a program.", within="gone.msg"
    ): PROGRAM,
    fact("plain.pdf", b"%PDF- plain", within="../report.exe"): b"%PDF- plain",
}


def content(facts: dict[EvidenceFact, bytes] = EVIDENCE) -> PackContent:
    case = Case(authority="essex", authority_version="1", answers={}, evidence=tuple(facts))
    page = packs_by_hand.document((595.0, 842.0), words="A letter")
    judgement = judge(Facts.of(case, council("essex"), date(2026, 11, 20)))
    return compose(
        judgement, lambda one: page if one.pages else b"", NOW, original=facts.__getitem__, draft=False, sealed=True
    )


@pytest.fixture(scope="module")
def pack() -> bytes:
    return build(content()).pdf


def files(pdf: bytes, password: str = "") -> dict[str, bytes]:
    with pikepdf.open(BytesIO(pdf), password=password) as opened:
        return {name: spec.get_file().read_bytes() for name, spec in opened.attachments.items()}


def test_originals_travel_byte_for_byte_under_safe_names(pack: bytes) -> None:
    found = files(pack)
    assert found.keys() == {"Evidence 1 - CAMHS.pdf", "Evidence 2 - report.exe.docx", "manifest.json"}
    assert found["Evidence 1 - CAMHS.pdf"] == SIGNED
    assert found["Evidence 2 - report.exe.docx"] == WORD
    assert files(encrypt(pack, "three brown foxes"), "three brown foxes") == found


def test_they_are_files_associated_with_the_pack(pack: bytes) -> None:
    with pikepdf.open(BytesIO(pack)) as pdf:
        said = {str(one.UF): (str(one.AFRelationship), str(one.EF.F.Subtype)) for one in pdf.Root.AF}
        assert all(str(one.F) == str(one.UF) and str(one.Desc) for one in pdf.Root.AF)
    assert said["Evidence 1 - CAMHS.pdf"] == ("/Source", "/application/pdf")
    assert said["Evidence 2 - report.exe.docx"][0] == "/Supplement"
    assert said["manifest.json"] == ("/Data", "/application/json")


def test_the_list_names_every_file_and_what_became_of_it(pack: bytes) -> None:
    listed = json.loads(files(pack)["manifest.json"])
    assert [(one["file"], one["outcome"], one["kind"]) for one in listed["files"]] == [
        ("CAMHS.pdf", "cleaned", "pdf"),
        ("../report.exe", "attached", "docx"),
        ("tool.exe", "refused", "program"),
        ("plain.pdf", "included", "pdf"),
    ]
    assert [one["number"] for one in listed["files"]] == [1, 2, 3, 4]
    assert [one["sha256"] for one in listed["files"]] == [sha256(data).hexdigest() for data in EVIDENCE.values()]
    assert listed["files"][0]["notices"] == ["It was signed."]
    assert listed["files"][2]["why"] == "This is a program."
    assert [bool(one["attachment"]) for one in listed["files"]] == [True, True, False, False]
    first, last = listed["files"][0]["pack_pages"]
    assert last == first + 1


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("It is damaged. It has no pages.\nAsk for it again.", "It is damaged. It has no pages."),
        ("It is damaged. Ask for it again.", "It is damaged."),  # as refusals were kept before they were divided
    ],
)
def test_what_a_refusal_tells_the_school_alone_is_not_in_the_pack(why: str, said: str) -> None:
    (item,) = content({fact("plan.pdf", PROGRAM, outcome="refused", pages=0, why=why): PROGRAM}).evidence
    assert item.why == said


def test_the_pack_says_in_words_what_travels_and_what_was_refused(pack: bytes) -> None:
    said = squeezed(content_text(pack))
    for words in (
        "It travels in this pack as the file “Evidence 1 - CAMHS.pdf”",
        "None here: its pages cannot be shown",
        "Every file that was offered",
        "Not taken in. This is a program.",
        "The original is attached as “Evidence 2 - report.exe.docx”.",
        "Came with “gone.msg”, which is not in this pack",
        "Came with Evidence 2, Report",
        "What was changed It was signed. Original’s SHA-256",
    ):
        assert squeezed(words) in said
    assert not [words for words in ("Check that it", "Black it out") if squeezed(words) in said]
    with pikepdf.open(BytesIO(pack)) as pdf:
        titles = [title for _, title, _ in bookmarks(pdf)]
    assert "2 Report (with its original as a file)" in titles
    assert "4 plain.pdf" in titles


def test_the_same_content_gives_the_same_bytes(pack: bytes) -> None:
    assert build(content()).pdf == pack


def test_a_pack_without_evidence_brings_no_files() -> None:
    with pikepdf.open(BytesIO(build(content({})).pdf)) as pdf:
        assert (len(pdf.attachments), "/AF" in pdf.Root) == (0, False)


@pytest.mark.parametrize(
    "more",
    [
        {"omit": (1,)},
        {"treatment": Treatment(words=("Karim",))},
        {"treatment": Treatment(areas=(Area(1, (0, 0, 1, 1)),))},
    ],
)
def test_an_original_never_shows_what_was_left_out_or_blacked_out(more: dict[str, object]) -> None:
    one = fact("a.pdf", SIGNED, with_original=True, pages=2, **more)
    assert not one.travels
    (item,) = content({one: SIGNED}).evidence
    assert item.original == b""
    assert item.notices[-1] == "The original is not sent: it would show what was left out."


@pytest.mark.parametrize(
    ("file", "kind", "name"),
    [
        ("a.PDF", "pdf", "Evidence 3 - a.PDF"),
        ("scan", "pdf", "Evidence 3 - scan.pdf"),
        ("C:\\x\\letter.jpg", "jpeg", "Evidence 3 - letter.jpg"),
        ("run.js", "text", "Evidence 3 - run.js.txt"),
        ("\u202egnp.exe", "pdf", "Evidence 3 - gnp.exe.pdf"),
        ("..", "pdf", "Evidence 3 - File.pdf"),
        ("odd", "strange", "Evidence 3 - odd.strange"),
    ],
)
def test_names_in_the_pack_are_safe_and_say_what_the_file_is(file: str, kind: str, name: str) -> None:
    assert name_in_pack(3, file, kind) == name


def test_every_kind_that_can_be_taken_in_has_words_in_the_pack() -> None:
    assert READERS.keys() <= KINDS.keys()


# Checking


def sealed(pdf: bytes) -> bytes:
    return seal(pdf, new_identity("Marsh Lane School", NOW), now=NOW)


def changed(pdf: bytes, **now: bytes | None) -> bytes:
    """The pack with other files in it, under their short names."""
    short = {"letter": "Evidence 1 - CAMHS.pdf", "more": "more.pdf", "listed": "manifest.json"}
    with pikepdf.open(BytesIO(pdf)) as opened:
        for key, data in now.items():
            if data is None:
                del opened.attachments[short[key]]
            else:
                opened.attachments[short[key]] = pikepdf.AttachedFileSpec(opened, data, filename=short[key])
        opened.save(out := BytesIO())
    return out.getvalue()


def test_a_sealed_pack_says_that_its_originals_are_whole(pack: bytes) -> None:
    found = verify(sealed(pack))
    assert (found.intact, found.complete, len(found.originals)) == (True, True, 2)
    assert found.sentences[-1] == "2 files travel in the pack, and each is the original that the pack names."
    locked = seal(encrypt(pack, "p w"), new_identity("Marsh Lane School", NOW), password="p w", now=NOW)
    assert verify(locked, password="p w").originals == found.originals


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        ({"letter": b"%PDF- another"}, "is not the original: its SHA-256 is another."),
        ({"letter": None}, "that the pack names is not in it."),
        ({"more": b"x"}, "and the pack does not name it."),
        ({"listed": b"{"}, "“manifest.json” in the pack is not the original"),
    ],
)
def test_an_original_that_is_not_the_one_that_was_listed_is_told(
    pack: bytes, now: dict[str, bytes | None], sentence: str
) -> None:
    found = verify(sealed(changed(pack, **now)))
    assert found.intact
    assert not found.complete
    assert sentence in " ".join(found.sentences)


def test_documents_in_a_pack_of_many_files_are_all_found() -> None:
    many = {fact(f"{n}.pdf", b"%d" % n, with_original=True): b"%d" % n for n in range(40)}
    found = verify(sealed(build(content(many)).pdf))
    assert (len(found.originals), found.complete) == (40, True)


def test_an_item_without_an_original_is_listed_too() -> None:
    bare = packs_by_hand.small(evidence=packs_by_hand.evidence()[:1])
    listed = json.loads(files(build(bare).pdf)["manifest.json"])
    assert (listed["files"][0]["title"], listed["files"][0]["attachment"]) == (bare.evidence[0].title, "")
