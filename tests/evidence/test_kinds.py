"""A file is known by its content: what it is called in a sentence, and what to do about it."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.evidence.detection import detect
from wizard.evidence.kinds import KINDS, disagreement
from wizard.evidence.readers import READERS
from wizard.evidence.text.decoding import decode


def zipped(*names: str, **contents: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REST = [str(number) for number in range(200)]
MAIL = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Letter\r\n\r\nHello"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (b"%PDF.1.4\n", "pdf"),
        (b"\xef\xbb\xbf\n  %PDF-1.4", "pdf"),
        (b"x" * 1500 + b"%PDF-1.4", "text"),
        (b"\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n", "pdf"),
        (b"GIF89a %PDF-1.4", "gif"),
        (b"\xff\xd8\xff\xe1 %PDF-1.4", "jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("xl/workbook.xml"), "xlsx"),
        (zipped("ppt/presentation.xml"), "pptx"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (zipped("content.xml", *map(str, range(200)), mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (
            zipped("content.xml", *map(str, range(200)), mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "ods",
        ),
        (zipped("Index/Document.iwa"), "pages"),
        (zipped(mimetype="application/vnd.section19-wizard.photos"), "photos"),
        (zipped("letter.pdf"), "zip"),
        (zipped(), "zip"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "msg"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "office-locked"),
        (OLE, "ole"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "avif"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "avif"),
        (b"\xff\x4f\xff\x51\0", "jp2"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0", "sound"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "video"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "sound"),
        (b"BM\x10\0\0\0\0\0\0\0", "bmp"),
        (b"{\\rtf1\\ansi}", "rtf"),
        (MAIL, "eml"),
        (b"Return-Path: <a@b>\nX-Spam: no\n folded\nReceived: by x\n", "eml"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR", "calendar"),
        (b"BEGIN:VCARD\nEND:VCARD", "contact"),
        (b"<!DOCTYPE html><p>x", "html"),
        (b"<!-- Saved\n from the web -->\n<html><p>x", "html"),
        (b"<?xml version='1.0'?>\n<svg/>", "svg"),
        (b"<?xml version='1.0'?>\n<CTfile/>", "xml"),
        (b"Date,AM,PM\n14/09/2026,/,\\\n", "text"),
        ("Date;AM;PM\n".encode("utf-16"), "text"),
        ("Date;AM;PM\n".encode("utf-16-le"), "text"),
        ("Date;AM;PM\n".encode("utf-16-be"), "text"),
        ("café naïve".encode("cp1252"), "text"),
        (b"From here on the letter goes on.\nTo be sure: yes", "text"),
        (b"MZ\x90\0", "program"),
        (b"L\0\0\0\x01\x14\x02\0", "shortcut"),
        (b"\0\x05\x16\x07\0\x02", "apple-double"),
        (b"\x00\x01\x02\x03" * 50, "unknown"),
    ],
)
def test_what_a_file_is_is_told_from_its_content(data: bytes, kind: str) -> None:
    assert detect(data) is KINDS[kind]


def test_every_kind_has_a_name_and_what_cannot_be_taken_says_what_to_do() -> None:
    for id, kind in KINDS.items():
        assert kind.id == id
        assert kind.a_name.startswith(("a ", "an "))
        assert kind.remedy or id in READERS


@pytest.mark.parametrize(
    ("kind", "ending", "says"),
    [
        ("pdf", ".pdf", ""),
        ("pdf", ".PDF", ""),
        ("pdf", "", ""),
        ("pdf", ".final2", ""),
        ("pdf", ".jpg", "The name ends in .jpg, but the file is a PDF and was taken as one."),
        ("jpeg", ".heic", "The name ends in .heic, but the file is a JPEG picture and was taken as one."),
    ],
)
def test_a_name_that_disagrees_with_the_content_is_said(kind: str, ending: str, says: str) -> None:
    assert disagreement(KINDS[kind], ending) == says


@given(st.binary(max_size=200) | st.text().map(str.encode), st.sampled_from(["", "PK\x03\x04", "RIFF", "\0\0\0\0ftyp"]))
def test_anything_at_all_is_some_kind(data: bytes, start: str) -> None:
    assert detect(start.encode() + data).id in KINDS
    assert isinstance(decode(data), str)
