"""Small spreadsheets, written part by part, so that tests can spoil each part."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

_TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>"
)

Cell = str | int | float | date | None


def column(number: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    while number >= 0:
        number, letter = divmod(number, 26)
        letters, number = chr(65 + letter) + letters, number - 1
    return letters


def _cell(place: str, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _sheet(rows: Sequence[Sequence[Cell]], merged: Sequence[str]) -> str:
    body = "".join(
        f'<row r="{at}">{"".join(_cell(f"{column(n)}{at}", value) for n, value in enumerate(row))}</row>'
        for at, row in enumerate(rows, 1)
    )
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    merges = f'<mergeCells count="{len(merged)}">{cells}</mergeCells>' if merged else ""
    return f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData>{merges}</worksheet>'


def parts(*sheets: Sequence[Sequence[Cell]], merged: Sequence[str] = (), names: Sequence[str] = ()) -> dict[str, str]:
    """The parts of a workbook with these sheets."""
    titles = [*names, *(f"Sheet{n}" for n in range(len(names) + 1, len(sheets) + 1))]
    entries = "".join(
        f'<sheet name="{escape(title)}" sheetId="{n}" r:id="rId{n}"/>' for n, title in enumerate(titles, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    relations += f'<Relationship Id="rId90" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    root = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format(root),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(relations),
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{n}.xml": _sheet(rows, merged) for n, rows in enumerate(sheets, 1)},
    }


def binary(title: str, *rows: Sequence[str]) -> bytes:
    """A workbook of Excel's binary kind (XLSB, [MS-XLSB] 2.4) with one sheet of text."""

    def record(number: int, data: bytes = b"") -> bytes:
        head = [number] if number < 128 else [number & 0x7F | 0x80, number >> 7]
        return bytes([*head, len(data)]) + data

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    cells = b"".join(
        record(0, struct.pack("<II", at, 0) + bytes(17))
        + b"".join(record(6, struct.pack("<II", across, 0) + wide(text)) for across, text in enumerate(row))
        for at, row in enumerate(rows)
    )
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = record(148, size) + record(145) + cells + record(146)
    book = record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide(title)) + record(144)
    related = f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.bin"/>'
    return packed(
        {
            "[Content_Types].xml": _TYPES.replace("workbook.xml", "workbook.bin"),
            "xl/_rels/workbook.bin.rels": _RELATIONS.format(related),
            "xl/workbook.bin": record(131) + book + record(132),
            "xl/worksheets/sheet1.bin": record(129) + sheet + record(130),
        }
    )


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """The parts as one file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def workbook(*sheets: Sequence[Sequence[Cell]], merged: Sequence[str] = (), names: Sequence[str] = ()) -> bytes:
    """An XLSX file with these sheets."""
    return packed(parts(*sheets, merged=merged, names=names))
