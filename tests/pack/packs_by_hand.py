"""Packs made by hand for the tests: a small one, and a rich one such as a school would send."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pikepdf
from PIL import Image, ImageDraw

from wizard.pack.content import (
    ChecklistItem,
    EvidenceItem,
    Fact,
    PackContent,
    RegisterWeek,
    SignatureItem,
)
from wizard.summary import Part, Row, Section, Table
from wizard.typeset.embedding import embed
from wizard.typeset.fonts import main_face
from wizard.typeset.shaping import Shaper, UsedFace

CREATED = datetime(2026, 11, 23, 9, 30)
LONG = (
    "Amira finds the start of the day hardest. She wakes early, dresses and packs her bag, and then cannot leave "
    "the house; on four mornings in October her father drove her to the gate and she was sick in the car. "
)


def document(
    *pages: tuple[float, float], words: str = "Evidence", rotate: int = 0, crop: tuple[float, ...] | None = None
) -> bytes:
    """Return a PDF with pages of these sizes, with embedded type, a frame at its edge and its number in words."""
    pdf = pikepdf.new()
    shaper = Shaper()
    face = main_face(bold=False)
    contents = []
    for at, (width, height) in enumerate(pages):
        run = shaper.shape(face, f"{words} page {at + 1}", right_to_left=False)
        shown = "".join(f"{glyph.number:04x}" for glyph in run.glyphs)
        size = min(width, height) / 14
        contents.append(
            f"q 2 w 0.1 0.4 0.6 RG 3 3 {width - 6} {height - 6} re S "
            f"/P <</MCID {at}>> BDC BT /F1 {size} Tf {width * 0.1} {height * 0.8} Td <{shown}> Tj ET EMC "
            f"/Artifact BMC 0.8 g {width * 0.1} {height * 0.2} {width * 0.8} 2 re f EMC Q"
        )
    used: UsedFace = shaper.use(face)
    fonts = embed(pdf, [used])
    for (width, height), content in zip(pages, contents, strict=True):
        page = pdf.add_blank_page(page_size=(width, height))
        page.obj.Contents = pdf.make_stream(content.encode())
        page.obj.Resources = pikepdf.Dictionary(Font=fonts)
        if rotate:
            page.obj.Rotate = rotate
        if crop:
            page.obj.CropBox = pikepdf.Array(list(crop))
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def scan(size: tuple[int, int] = (620, 877)) -> bytes:
    """Return a PDF whose only page is a picture of a page."""
    picture = Image.new("L", size, 245)
    ImageDraw.Draw(picture).multiline_text((60, 60), "A scanned letter\n" * 20, fill=30)
    out = BytesIO()
    picture.save(out, "JPEG")
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    image = pdf.make_stream(out.getvalue())
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = size
    image.ColorSpace, image.BitsPerComponent, image.Filter = pikepdf.Name.DeviceGray, 8, pikepdf.Name.DCTDecode
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
    page.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")
    saved = BytesIO()
    pdf.save(saved, deterministic_id=True)
    return saved.getvalue()


def drawn_signature() -> bytes:
    """Return a PNG with a scribble."""
    picture = Image.new("RGBA", (400, 120), (255, 255, 255, 0))
    points = [(20, 90), (60, 20), (90, 100), (140, 40), (180, 90), (230, 30), (260, 85), (380, 60)]
    ImageDraw.Draw(picture).line(points, fill=(11, 12, 12, 255), width=5)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def row(label: str, text: str, page: str = "pupil", state: str = "answered", table: Table | None = None) -> Row:
    """Return a question with its answer."""
    return Row(page, label.casefold().replace(" ", "_"), label, text, state, table)


def small(**changes: object) -> PackContent:
    """Return the least pack there is, with ``changes``."""
    section = Section("referral", "The pupil", (Part("pupil", "Pupil", (row("Full name", "Amira Kowalczyk"),)),))
    content = PackContent(
        reference="R-7KQ4-2M",
        created=CREATED,
        title="Medical needs referral",
        council="Essex County Council, Education Access",
        pupil_name="Amira Kowalczyk",
        pupil_line="born 15 March 2013 · 13 years · Year 9",
        cover=(Fact("School", "Lanternfield Academy"),),
        brief=(("In brief", ("Amira cannot come to school.",)),),
        checklist=(),
        sections=(section,),
        evidence=(),
        signatures=(),
        integrity=("The digest of every original stands below.",),
    )
    return replace(content, **changes)  # type: ignore[arg-type]


def with_answer(text: str, label: str = "Full name") -> PackContent:
    """Return a small pack with one answer."""
    return small(sections=(Section("s", "The pupil", (Part("pupil", "Pupil", (row(label, text),)),)),))


def register(weeks: int) -> tuple[RegisterWeek, ...]:
    """Return a register that thins out, with a holiday."""
    start = date(2026, 9, 7)
    made = []
    for at in range(weeks):
        days = []
        for weekday in range(5):
            ill = (at * 5 + weekday * 3) % 11 < at
            mark = ("#", "#") if at == 7 else ("I", "I") if ill else ("/", "\\")
            days.append(("/", "M") if (at, weekday) == (3, 2) else ("O", "O") if (at, weekday) == (9, 4) else mark)
        made.append(RegisterWeek(start + timedelta(weeks=at), tuple(days)))
    return tuple(made)


def checklist() -> tuple[ChecklistItem, ...]:
    """Return a checklist with every state."""
    must = [
        ChecklistItem(
            f"E{n}", f"Something that the policy requires, number {n}", "must", "met", "Essex policy, section 2",
            page=("pupil", "health", "attendance")[n % 3], evidence=(1 + n % 3,),
        )
        for n in range(10, 26)
    ]  # fmt: skip
    below = ChecklistItem(
        "E5", "Fifteen school days missed", "must", "reason given", "Essex policy, section 1",
        "Three further weeks are expected; see the consultant’s letter.", "attendance", (2,),
    )  # fmt: skip
    psychologist = ChecklistItem(
        "E30", "Educational psychologist has been asked", "should", "reason given", "Essex policy, section 4",
        "First meeting on 4 December.", "support",
    )  # fmt: skip
    should = [
        ChecklistItem(
            f"E{n}", f"Something that the policy expects, number {n}", "should", "met", "Essex policy, section 5"
        )
        for n in range(40, 48)
    ]
    rest = (
        ChecklistItem("E60", "Educated at home", "must", "not needed", "Essex policy, section 9"),
        ChecklistItem("E61", "The council answers within ten days", "inform", "met", "Essex policy, section 7"),
    )
    return (*must, below, psychologist, *should, *rest)


def evidence() -> tuple[EvidenceItem, ...]:
    """Return evidence of several kinds and shapes."""
    a4, a3 = (595.0, 842.0), (842.0, 1191.0)
    made = [
        (
            "Letter from Dr Osei, consultant paediatrician",
            "Medical evidence",
            document(a4, a4, words="Letter"),
            "cleaned",
        ),
        ("Individual healthcare plan", "School document", document(a4, (842, 595), a3, words="Plan"), "included"),
        ("Letter from CAMHS, scanned", "Medical evidence", scan(), "pictures"),
    ]
    return tuple(
        EvidenceItem(
            number, title, kind, 1, pdf, outcome, f"{number:02x}" * 32, date(2026, 11, number),
            ("Written clinical advice", "Fifteen school days missed"),
            ("Scripts were taken out of the file.",) if outcome == "cleaned" else (),
        )
        for number, (title, kind, pdf, outcome) in enumerate(made, 1)
    )  # fmt: skip


def signatures() -> tuple[SignatureItem, ...]:
    """Return a signature of each method."""
    agreed = "I have read this referral and, to the best of my knowledge, it is complete and true."
    return (
        SignatureItem(
            "Ruth Osei", "SENCO", "drawn", datetime(2026, 11, 20, 15, 41), agreed, drawn_signature(), "4f1c 99a0"
        ),
        SignatureItem("Martin Hale", "Headteacher, for senior leaders", "typed", datetime(2026, 11, 23, 8, 12), agreed),
        SignatureItem(
            "Łukasz Kowalczyk", "Father, parental responsibility", "on paper", datetime(2026, 11, 19), agreed
        ),
    )


def sections() -> tuple[Section, ...]:
    """Return form sections with every kind of answer."""
    chronology = Table(
        ("Date", "What happened", "Who was involved", "What came of it"),
        tuple(
            (
                f"{n} October 2026",
                f"On day {n}: {LONG[7 * n : 60 + 24 * (n % 9)]}",
                "Ruth Osei, SENCO; Amira’s father",
                "Agreed to meet again in a week",
            )
            for n in range(1, 24)
        ),
    )
    pupil = Part(
        "pupil",
        "Pupil",
        (
            row("Full name", "Amira Kowalczyk-O’Neill"),
            row("Known as", "Amira (أميرة)"),
            row("Date of birth", "15 March 2013"),
            row("Home address", "14 Saltmarsh Row\nLanternfield\nCM99 9ZZ"),
            row("NHS number", "the family is looking for it", state="not known"),
            row("Religion", "", state="unanswered"),
            row("UPN", "B8819999260", state="doubtful"),
        ),
    )
    family = Part(
        "family", "Family", (row("Father", "Łukasz Kowalczyk", "family"), row("Mother", "Nguyễn Thị Ơn", "family"))
    )
    attendance = Part(
        "attendance",
        "How much school has been missed",
        (row("School days missed because of health", "14.5", "attendance"), row("Percentage", "71.0 %", "attendance")),
    )
    health = Part(
        "health",
        "Health",
        (
            row("What keeps the pupil from school", LONG * 20 + "\n\n" + LONG * 6, "health"),
            row(
                "Professionals",
                "",
                "health",
                table=Table(("Name", "Role"), (("Dr Osei", "Paediatrician"), ("Ms Ng", ""))),
            ),
            row(
                "Adjustment: 1 of 2",
                "",
                "health",
                table=Table(
                    ("Question", "Answer"), (("What was tried", LONG), ("From", "3 October 2026"), ("Result", "None"))
                ),
            ),
        ),
    )
    support = Part("support", "What the school has tried", (row("Steps taken", "", "support", table=chronology),))
    secret = Part(
        "chronology", "Safeguarding chronology", (row("Entry", "Nothing to record, says the DSL.", "chronology"),)
    )
    return (
        Section("child", "The pupil and the family", (pupil, family)),
        Section("attendance", "Attendance", (attendance,)),
        Section("health", "Health and support", (health, support)),
        Section("dsl", "Safeguarding chronology", (secret,), restricted=True),
    )


def rich(**changes: object) -> PackContent:
    """Return a pack such as a school would send, with ``changes``."""
    content = small(
        pupil_name="Amira Kowalczyk-O’Neill",
        pupil_line="born 15 March 2013 · 13 years · Year 9 · UPN B881999926001",
        cover=(
            Fact("School", "Lanternfield Academy, 881/9999, on roll since September 2024"),
            Fact("Asks for", "Part-time tuition away from school, about 10 hours a week, with a return by Easter"),
            Fact("Why", "Anxiety; emotionally based school avoidance; under CAMHS since October 2026", "health"),
            Fact("Missed", "14.5 school days since 2 November 2026 (below 15); attendance 71.0 %", "attendance"),
            Fact("Contacts", "Ruth Osei, SENCO, 01632 960101 · Łukasz Kowalczyk, father, 01632 960144"),
        ),
        brief=(
            ("What is asked for", ("Part-time tuition away from school, about ten hours a week, until Easter.",)),
            ("Health", (LONG * 2, "Under CAMHS since October 2026.", "No diagnosis yet.")),
            ("What the school has tried", ("A later start", "A room of her own", "A key adult", "Work sent home")),
        ),
        checklist=checklist(),
        sections=sections(),
        evidence=evidence(),
        signatures=signatures(),
        integrity=(
            "This pack was put together and sealed on the school’s computer. Any change after that breaks the seal.",
            "The certificate is the school’s own: it proves that nothing was changed, not who sent it.",
            "Taking the password off the file removes the seal.",
        ),
        register_weeks=register(12),
        register_page="attendance",
        code_meanings=(
            ("/", "present in the morning"), ("\\", "present in the afternoon"), ("I", "illness"),
            ("M", "medical appointment"), ("O", "absent without leave"), ("#", "school closed to pupils"),
        ),
    )  # fmt: skip
    return replace(content, **changes)  # type: ignore[arg-type]
