"""Office files made by hand, as small as they can be."""

from collections.abc import Mapping

from tests.evidence.workbooks import packed

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def paragraph(text: str, style: str = "", run: str = "") -> str:
    """A paragraph of a Word document; ``run`` are properties of its text such as ``<w:b/>``."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word document with this body and further parts."""
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships {_RELATED}><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            **(parts or {}),
        }
    )


def margin(what: str, text: str) -> dict[str, str]:
    """The part that holds the head (``hdr``) or foot (``ftr``) of pages."""
    name = {"hdr": "header", "ftr": "footer"}[what]
    return {f"word/{name}1.xml": f"<w:{what} {_W}>{paragraph(text)}</w:{what}>"}


def odt(body: str, styles: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """An OpenDocument text with this body, these automatic styles and further parts."""
    names = "".join(
        f' xmlns:{short}="{long}"'
        for short, long in {
            **{
                name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
                for name in ("office", "text", "table", "style", "presentation")
            },
            "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
            "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
            "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
            "xlink": "http://www.w3.org/1999/xlink",
        }.items()
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content{names}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            **(parts or {}),
        }
    )
