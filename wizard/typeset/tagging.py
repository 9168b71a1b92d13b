"""The structure tree: what each piece of a page is, for those who listen to it (ISO 32000-1, 14.7; ISO 14289-1)."""

from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content on a page; both numbers count from 0."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotation, by its place in the list of annotations of the pack."""

    number: int


@dataclass(slots=True)
class Element:
    """An element of the structure tree.

    Attributes:
        kind: a standard structure type, such as ``P`` or ``TD``.
        alternative: what is said instead of a picture.
        title: a name for the element, for those who browse the tree.
        attributes: attribute owner to its attributes, such as ``{"Table": {"Scope": "Column"}}``.
    """

    kind: str
    alternative: str = ""
    title: str = ""
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    kids: list["Element | Mark | Annotated"] = field(default_factory=list)

    def add(self, kind: str, *, alternative: str = "", title: str = "", **table: str) -> "Element":
        """Append and return a child; keywords are its table attributes, such as ``Scope``."""
        attributes = {"Table": dict(table)} if table else {}
        child = Element(kind, alternative, title, attributes)
        self.kids.append(child)
        return child

    def add_list(self) -> "Element":
        """Append a list whose items are labelled by their own words."""
        child = self.add("L")
        child.attributes = {"List": {"ListNumbering": "None"}}
        return child


class _Tree:
    """The tree as it is written into a PDF."""

    def __init__(self, pdf: pikepdf.Pdf, annotations: list[pikepdf.Object]) -> None:
        self.pdf = pdf
        self.pages = [page.obj for page in pdf.pages]
        self.annotations = annotations
        self.owners: list[dict[int, pikepdf.Object]] = [{} for _ in self.pages]
        self.annotation_owners: dict[int, pikepdf.Object] = {}

    def write(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        """Write an element and everything in it."""
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.kind), P=parent))
        if element.alternative:
            made.Alt = String(element.alternative)
        if element.title:
            made.T = String(element.title)
        if element.attributes:
            made.A = Array([_attributes(owner, values) for owner, values in element.attributes.items()])
        first = next((kid for kid in element.kids if isinstance(kid, Mark)), None)
        if first:
            made.Pg = self.pages[first.page]
        kids = [self._kid(kid, made, first) for kid in element.kids]
        if kids:
            made.K = kids[0] if len(kids) == 1 else Array(kids)
        return made

    def _kid(self, kid: Element | Mark | Annotated, owner: pikepdf.Object, first: Mark | None) -> pikepdf.Object | int:
        if isinstance(kid, Element):
            return self.write(kid, owner)
        if isinstance(kid, Annotated):
            self.annotation_owners[kid.number] = owner
            annotation = self.annotations[kid.number]
            return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=annotation.P)
        self.owners[kid.page][kid.mcid] = owner
        if first is not None and kid.page == first.page:
            return kid.mcid
        return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.mcid)

    def parents(self) -> Array:
        """Number pages and annotations for the parent tree and return its entries."""
        entries: list[pikepdf.Object | int] = []
        for number, (page, owned) in enumerate(zip(self.pages, self.owners, strict=True)):
            page.StructParents = number
            owners = Array([owned[mcid] for mcid in range(len(owned))])
            entries += [number, self.pdf.make_indirect(owners)]
        for number, owner in sorted(self.annotation_owners.items()):
            key = len(self.pages) + number
            self.annotations[number].StructParent = key
            entries += [key, owner]
        return Array(entries)


def _attributes(owner: str, values: dict[str, str]) -> Dictionary:
    return Dictionary({"/O": Name("/" + owner), **{"/" + key: Name("/" + value) for key, value in values.items()}})


def write_tree(pdf: pikepdf.Pdf, document: Element, annotations: list[pikepdf.Object]) -> None:
    """Write the structure tree of ``document`` into ``pdf``, whose pages and annotations exist already."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    tree = _Tree(pdf, annotations)
    root.K = tree.write(document, root)
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=tree.parents()))
    root.ParentTreeNextKey = len(pdf.pages) + len(annotations)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
