"""The drawn pages made into the pack: fonts, evidence, links, bookmarks, labels, tags, metadata, place of the seal."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from wizard.pack import originals
from wizard.pack.content import PackContent
from wizard.pack.documents import Exhibit, form_of
from wizard.pack.front import outline
from wizard.typeset.embedding import embed
from wizard.typeset.plan import Plan
from wizard.typeset.shaping import UsedFace
from wizard.typeset.sheet import Drawn, Jump
from wizard.typeset.tagging import Annotated, write_tree

_PRINT = 4
SEAL_FIELD = "Seal"
PRODUCER = "Section 19 referral wizard"


def assemble(
    pages: bytes, drawn: Drawn, content: PackContent, exhibits: Sequence[Exhibit], used: Sequence[UsedFace]
) -> bytes:
    """Return the finished pack, neither encrypted nor sealed."""
    plan = Plan(0, drawn.places)
    with pikepdf.open(BytesIO(pages)) as pdf:
        _resources(pdf, drawn, exhibits, used)
        annotations = [_link(pdf, jump, plan) for jump in drawn.jumps]
        _seal_place(pdf, drawn, annotations)
        _attach(pdf, annotations)
        write_tree(pdf, drawn.document, annotations)
        _bookmarks(pdf, content, plan)
        originals.attach(pdf, content, plan)
        _catalogue(pdf)
        # Named by its reference; the pupil's name stays out of titles and lists of recent files.
        _metadata(pdf, f"Referral {content.reference}", content.created)
        return _saved(pdf)


def assemble_letter(pages: bytes, drawn: Drawn, title: str, created: datetime, used: Sequence[UsedFace]) -> bytes:
    """Return a finished letter; its ``title`` must not name the pupil."""
    with pikepdf.open(BytesIO(pages)) as pdf:
        _resources(pdf, drawn, (), used)
        _attach(pdf, ())
        write_tree(pdf, drawn.document, [])
        _catalogue(pdf)
        pdf.Root.PageMode = Name.UseNone
        _metadata(pdf, title, created)
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    pdf.remove_unreferenced_resources()
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        min_version="1.7",
    )
    return out.getvalue()


def _resources(pdf: pikepdf.Pdf, drawn: Drawn, exhibits: Sequence[Exhibit], used: Sequence[UsedFace]) -> None:
    fonts = pdf.make_indirect(embed(pdf, used))
    by_number = {exhibit.item.number: exhibit for exhibit in exhibits}
    forms: dict[str, pikepdf.Object] = {}
    for at, page in enumerate(pdf.pages):
        resources = page.obj.Resources
        resources.Font = fonts
        if "/Trans" in page.obj:
            del page.obj["/Trans"]
        if at in drawn.exhibits:
            name, (number, leaf) = drawn.exhibits[at]
            if name not in forms:
                forms[name] = form_of(by_number[number], leaf, pdf)
            resources.XObject = Dictionary({f"/{name}": forms[name]})


def _destination(pdf: pikepdf.Pdf, plan: Plan, key: str) -> Array:
    place = plan.places[key]
    return Array([pdf.pages[place.first - 1].obj, Name.XYZ, 0, place.top, None])


def _link(pdf: pikepdf.Pdf, jump: Jump, plan: Plan) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([round(value, 2) for value in jump.rectangle]),
            Border=Array([0, 0, 0]),
            Dest=_destination(pdf, plan, jump.key),
            Contents=String(jump.words),
            F=_PRINT,
            P=pdf.pages[jump.page].obj,
        )
    )


def _seal_place(pdf: pikepdf.Pdf, drawn: Drawn, annotations: list[pikepdf.Object]) -> None:
    """Place the signature field, field and widget one object, its structure element holding nothing else."""
    if drawn.seal is None or drawn.seal_element is None:
        return
    page, rectangle = drawn.seal
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(SEAL_FIELD),
            TU=String("Electronic seal of the school over this pack"),
            Rect=Array([round(value, 2) for value in rectangle]),
            F=_PRINT,
            P=pdf.pages[page].obj,
        )
    )
    drawn.seal_element.kids = [Annotated(len(annotations))]
    annotations.append(field)
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([field])))


def _attach(pdf: pikepdf.Pdf, annotations: Sequence[pikepdf.Object]) -> None:
    for page in pdf.pages:
        page.obj.Tabs = Name.S
        if "/Annots" in page.obj:
            del page.obj["/Annots"]
    for annotation in annotations:
        page_object = annotation.P
        if "/Annots" not in page_object:
            page_object.Annots = Array()
        page_object.Annots.append(annotation)


def _bookmarks(pdf: pikepdf.Pdf, content: PackContent, plan: Plan) -> None:
    def item(words: str, key: str) -> OutlineItem:
        return OutlineItem(" ".join(words.split()), destination=_destination(pdf, plan, key))

    with pdf.open_outline() as bookmarks:
        bookmarks.root.append(item(content.title, "cover"))
        for words, key, within in outline(content):
            if key in plan.places:
                parent = item(words, key)
                parent.children.extend(item(*inner) for inner in within)
                parent.is_closed = len(within) > 12
                bookmarks.root.append(parent)


def _catalogue(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root
    root.Lang = String("en-GB")
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=1)]))
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageMode = Name.UseOutlines
    for key in ("/PageLayout", "/OpenAction"):
        if key in root:
            del root[key]


def _metadata(pdf: pikepdf.Pdf, title: str, when: datetime) -> None:
    created = when.isoformat(timespec="seconds")
    del pdf.docinfo
    stamp = f"D:{when:%Y%m%d%H%M%S}"
    for key, value in {"Title": title, "Producer": PRODUCER, "CreationDate": stamp, "ModDate": stamp}.items():
        pdf.docinfo[f"/{key}"] = String(value)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = title
        xmp["dc:language"] = {"en-GB"}
        xmp["pdf:Producer"] = PRODUCER
        xmp["xmp:CreateDate"] = created
        xmp["xmp:ModifyDate"] = created
        xmp["pdfuaid:part"] = "1"


def encrypt(pdf: bytes, password: str) -> bytes:
    """Return a pack that opens with ``password`` only (AES-256, revision 6).

    It may be printed, read aloud and copied from. The owner's password is random and kept by nobody.
    """
    allowed = pikepdf.Permissions(
        accessibility=True,
        extract=True,
        print_lowres=True,
        print_highres=True,
        modify_form=True,  # so that a seal can be put into its place
        modify_annotation=False,
        modify_assembly=False,
        modify_other=False,
    )
    protection = pikepdf.Encryption(owner=secrets.token_urlsafe(32), user=password, R=6, allow=allowed)
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(out, encryption=protection, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
