"""PDFs as they come from outside: forms, scripts, attachments, locks, damage."""

import io
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Encryption, Name, Pdf, Permissions


def saved(pdf: Pdf, encryption: Encryption | None = None) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, encryption=encryption or False)
    return buffer.getvalue()


def letter(text: str = "Dear school", pages: int = 1) -> Pdf:
    """A plain letter, the same text on every page."""
    pdf = Pdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(b"BT /F1 24 Tf 60 700 Td (" + text.encode("cp1252") + b") Tj ET")
    return pdf


def add_action(pdf: Pdf, **action: object) -> None:
    """A box on page 1 that does something when it is clicked."""
    box = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 60, 200, 80]), A=Dictionary(**action))
    add_boxes(pdf, [box])


def add_boxes(pdf: Pdf, boxes: Iterable[Dictionary]) -> None:
    page = pdf.pages[0].obj
    page.Annots = Array([*page.get(Name.Annots, []), *(pdf.make_indirect(box) for box in boxes)])


def looks(pdf: Pdf, drawing: bytes, width: float = 100, height: float = 30) -> Dictionary:
    """An appearance for a box."""
    stream = pdf.make_stream(drawing)
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, width, height])})
    return Dictionary(N=stream)


def hostile() -> bytes:
    """A letter with everything that should not reach the council."""
    pdf = letter()
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert('hello')")
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=["x", Dictionary(S=Name.JavaScript, JS="more()")]))
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F="calc.exe"))
    pdf.pages[0].obj.PieceInfo = Dictionary(Program=Dictionary(Private="draft words"))
    pdf.pages[0].obj.Metadata = pdf.make_stream(b"<x:xmpmeta/>")
    add_action(pdf, S=Name.URI, URI="https://tracker.example.org")
    add_action(pdf, S=Name.SubmitForm, F="https://example.org/submit")
    add_action(pdf, S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=Dictionary(S=Name.JavaScript, JS="late()"))
    pdf.attachments["inner.exe"] = AttachedFileSpec(pdf, b"MZ not shown")
    add_boxes(
        pdf,
        [
            Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([9, 9, 20, 20]), Contents="Not the whole story"),
            Dictionary(Type=Name.Annot, Subtype=Name.Screen, Rect=Array([9, 9, 20, 20])),
        ],
    )
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = ["Dr A Marsh"]
    return saved(pdf)


def form(*, drawn: bool, up_to_date: bool = True) -> bytes:
    """A form in which somebody has typed; ``drawn`` or with the typing kept as a value alone."""
    pdf = letter()
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="reason", V="Typed words that matter", F=4,
        Rect=Array([60, 500, 400, 530]), DA="/Helv 12 Tf 0 g",
    )  # fmt: skip
    if drawn:
        field.AP = looks(pdf, b"0 0.5 0 rg 0 0 100 30 re f")
    add_boxes(pdf, [field])
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    pdf.Root.AcroForm = Dictionary(
        Fields=pdf.pages[0].obj.Annots, DA="/Helv 12 Tf 0 g", DR=Dictionary(Font=Dictionary(Helv=helvetica))
    )
    if not up_to_date:
        pdf.Root.AcroForm.NeedAppearances = True
    return saved(pdf)


def locked(user: str = "", owner: str = "head") -> bytes:
    """A letter that may not be printed, or that needs a password to open."""
    return saved(letter(), Encryption(owner=owner, user=user, allow=Permissions(print_highres=False)))


def raw(*objects: bytes) -> bytes:
    """A PDF written object by object, without a table of where they are."""
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n"


def many_pages(number: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % page for page in range(3, 3 + number))
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/MediaBox[0 0 9 9]/Count %d/Kids[%b]>>" % (number, kids),
        *[b"<</Type/Page/Parent 2 0 R/Resources<<>>>>"] * number,
    )


def reads(pdf: bytes) -> Pdf:
    return pikepdf.open(io.BytesIO(pdf))
