"""Small packs to seal: tagged, with seal fields that are one object with their widgets, locked or not."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from wizard.signing.identity import Identity, new_identity

CLOCK = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
PASSWORD = "fk7m-2xrw-9tth-m4ky-86rf"


def make_pack(
    *fields: str, password: str | None = None, answer: bool = False, object_streams: bool = True, version: str = ""
) -> bytes:
    """Return a tagged page with an empty signature field for each name and, if asked, a text field to fill in."""
    pdf = pikepdf.open(BytesIO(_page()))
    page = pdf.pages[0]
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree, K=Array()))
    places, parents = Array(), Array()
    for number, name in enumerate((*fields, "Answer") if answer else fields):
        place = _place(pdf, name, number)
        element = Dictionary(
            Type=Name.StructElem,
            S=Name.Form,
            P=document,
            Pg=page.obj,
            K=Dictionary(Type=Name.OBJR, Obj=place, Pg=page.obj),
        )
        document.K.append(pdf.make_indirect(element))
        places.append(place)
        parents.extend([number, document.K[-1]])
    tree.K = document
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=parents))
    page.Annots = places
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=places, DA=String("/Helv 0 Tf 0 g")))
    file = BytesIO()
    modes = pikepdf.ObjectStreamMode
    pdf.save(
        file,
        encryption=pikepdf.Encryption(user=password, owner="the owner's", R=6) if password else False,
        object_stream_mode=modes.generate if object_streams else modes.disable,
        min_version=version,
    )
    return file.getvalue()


def _page() -> bytes:
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.setTitle("A referral")
    canvas.drawString(72, 700, "Attends two mornings a week.")
    canvas.save()
    return file.getvalue()


def _place(pdf: pikepdf.Pdf, name: str, number: int) -> pikepdf.Object:
    kind = Name.Tx if name == "Answer" else Name.Sig
    box = Array([72, 72 + 60 * number, 272, 112 + 60 * number])
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=kind, T=String(name), TU=String("A place for a seal"), F=132,
            Rect=box, P=pdf.pages[0].obj, StructParent=number,
        )
    )  # fmt: skip


@pytest.fixture(params=[None, PASSWORD], ids=["open", "locked"])
def password(request: pytest.FixtureRequest) -> str | None:
    """Without and with a password."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def academy() -> Identity:
    """The seal of a school."""
    return new_identity("Lanternfield Academy", CLOCK)


@pytest.fixture(scope="session")
def clinic() -> Identity:
    """The seal of somebody else."""
    return new_identity("Harbour Clinic", CLOCK, one_time=True)


@pytest.fixture
def pack(password: str | None) -> bytes:
    """A pack with places for two seals and an answer."""
    return make_pack("Seal", "Second", answer=True, password=password)
