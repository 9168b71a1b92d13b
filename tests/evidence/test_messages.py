"""Messages of every make: what stands above them, their words and pictures on pages, what is attached handed on."""

import base64
import io
import random
import zipfile
from email.message import EmailMessage
from typing import Any

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.messages import SENT, letter, msg, msg_storage, picture, rich, tnef
from wizard.evidence import archive, intake
from wizard.evidence.detection import detect
from wizard.evidence_fact import file_name, whole

PDF = b"%PDF-1.7\nof the clinic"


class Seen:
    """What intake made of bytes."""

    def __init__(self, data: bytes) -> None:
        self.kind = detect(data).id
        self.facts, blobs = intake.prepare(data, self.kind)
        self.pdf = blobs[0] if blobs else b""
        self.parts = dict(zip(self.facts.get("parts", ()), blobs[2:], strict=True))

    @property
    def text(self) -> str:
        pages = pdfium.PdfDocument(self.pdf)
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)

    @property
    def notices(self) -> str:
        return " ".join(self.facts["notices"])


def seen(message: EmailMessage | bytes) -> Seen:
    return Seen(message if isinstance(message, bytes) else bytes(message))


def with_letter(**headers: str) -> EmailMessage:
    message = letter("Plain words", **headers)
    message.add_alternative(
        '<html><body><p>Dear <b>Mrs Oak</b>,</p><img src="cid:logo@x"><img src="https://spy.example/1.gif" width=99>'
        "<p>see the letter.</p></body></html>",
        subtype="html",
    )
    html = message.get_payload()[1]  # type: ignore[index]
    html.add_related(picture(), "image", "png", cid="<logo@x>")  # type: ignore[union-attr]
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="Clinic létter.pdf")
    return message


def test_a_message_becomes_pages_and_what_is_attached_is_handed_on() -> None:
    made = seen(with_letter(Cc="Dr Hale <hale@nhs.example>, office@school.example"))
    assert made.facts["outcome"] == "cleaned"
    assert made.facts["dated"] == "2026-07-03"
    assert made.parts == {"Clinic létter.pdf": PDF}
    for words in (
        "Appointment",
        "From: CAMHS North <camhs@nhs.example>",
        "Cc: Dr Hale <hale@nhs.example>; office@school.example",
        "Date: 3 July 2026, 14:05 (UK time); written Fri, 03 Jul 2026 15:05:00 +0200",
        "Dear Mrs Oak, see the letter.",
        "Clinic létter.pdf PDF 22 bytes",
    ):
        assert words in made.text
    assert "Plain words" not in made.text
    assert "1 picture on the internet was not fetched." in made.notices
    assert "1 file is attached to it and not shown with it: it is a document of its own." in made.notices
    assert not made.facts["with_original"]


def test_pictures_stand_in_the_text_and_are_no_files_of_their_own() -> None:
    page = pdfium.PdfDocument(seen(with_letter()).pdf)[0]
    drawn = page.render(scale=0.5).to_pil().convert("RGB")
    assert (0, 0, 128) in [colour for _, colour in drawn.getcolors(1 << 20) or ()]


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (b"Subject: Gr\xfc\xdfe f\xfcr Zo\xeb", "Grüße für Zoë"),
        ("Subject: Zoë – “off” again".encode(), "Zoë – “off” again"),
        (b"Subject: =?utf-8?B?Wm/D?= =?utf-8?B?qw==?= is =?x-none?Q?un=20well?=", "Zoë is un well"),
        (b"From: \"Hale, Ann\" <ann@x.example>, =?iso-8859-1?Q?J=F6?= <j@x.example>",
         "Hale, Ann <ann@x.example>; Jö <j@x.example>"),
        (b"From: A\r\n B <ab@x.example>\r\nReply-To: other@x.example",
         "From: A B <ab@x.example> Reply to: other@x.example"),
        (b"Date: the day after tomorrow\r\nTo: x@x.example", "Date: the day after tomorrow"),
        (b"Date: Thu, 31 Dec 2026 23:30:00 -0500", "1 January 2027, 04:30 (UK time)"),
        (b"Date: Sun, 29 Mar 2026 01:00:00 GMT", "29 March 2026, 02:00 (UK time)"),
        (b"Date: Sun, 25 Oct 2026 01:00:00 +0000", "25 October 2026, 01:00 (UK time)"),
    ],
)  # fmt: skip
def test_headers_are_read_however_they_are_written(headers: bytes, words: str) -> None:
    made = seen(b"MIME-Version: 1.0\r\n" + headers + b"\r\nMessage-ID: <1@x.example>\r\n\r\nHello\r\n")
    assert made.kind == "eml"
    assert words in made.text


@pytest.mark.parametrize(
    ("charset", "body", "words"),
    [
        ("iso-8859-1", b"\x93She can\x92t\x94 \x80 5", "“She can’t” € 5"),
        ("utf-8", b"Zo\xeb", "Zoë"),
        ("utf-8", "Zoë and ".encode() + b"\xc3", "Zoë and \ufffd"),
        ("us-ascii", "Zoë".encode(), "Zoë"),
        ("no-such-charset", "Zoë".encode(), "Zoë"),
        ("windows-1251", "Ольга".encode("cp1251"), "Ольга"),
        ("utf-16", "Zoë".encode("utf-16"), "Zoë"),
        ("punycode", b"a-b", "a-b"),
        ("unicode_escape", b"\\u0041 b", "\\u0041 b"),
    ],
)
def test_texts_are_read_in_their_encoding_or_the_likeliest(charset: str, body: bytes, words: str) -> None:
    head = f"From: a@x.example\nTo: b@x.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n"
    sent = b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(body) if b"\0" in body else b"\n" + body
    assert words in seen(head.encode() + sent).text


def test_a_message_without_date_subject_or_text_says_so() -> None:
    made = seen(b"From: a@x.example\nTo: b@x.example\nMessage-ID: <1@x>\n\n")
    assert "(No subject)" in made.text
    assert "[The message has no text.]" in made.text
    assert "The message does not say when it was sent." in made.notices
    assert made.facts["dated"] == ""


@pytest.mark.parametrize("sender", ["Mr Ash", "Mr Ash <ash@home.example>"])
def test_a_text_in_the_form_of_a_message_loses_no_line(sender: str) -> None:
    text = f"From: {sender}\nTo: the school\nSubject: Tom\nPupil: Tom Marsh, 7B\n\nHe was away.\n"
    made = seen(text.encode())
    for words in (f"From: {sender}", "To: the school", "Tom", "Pupil: Tom Marsh, 7B", "He was away."):
        assert words in made.text
    assert ("The message does not say" in made.notices) == ("@" in sender)


@pytest.mark.parametrize("name", ["con", "AUX.pdf", "../com1.txt"])
def test_no_file_is_called_what_windows_keeps_for_devices(name: str) -> None:
    assert file_name(name).startswith("_")
    assert file_name("Connor.pdf") == "Connor.pdf"


def test_lines_that_were_broken_for_sending_are_joined() -> None:
    head = b"From: a@x.example\nTo: b@x.example\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\n"
    assert "one two three" in seen(head + b"one \ntwo \nthree\n-- \nAnn\n").text


@pytest.mark.parametrize(
    ("subtype", "piece", "words"),
    [
        ("signed", "application/pkcs7-signature", "nobody checks that signature here"),
        ("encrypted", "application/octet-stream", "Its text is encrypted and cannot be read here"),
    ],
)
def test_signed_and_encrypted_messages_say_so(subtype: str, piece: str, words: str) -> None:
    made = seen(
        b"From: a@x.example\nTo: b@x.example\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/%b; boundary="b"\n\n--b\nContent-Type: text/plain\n\nSeen\n--b\n'
        b"Content-Type: %b; name=smime.p7s\n\nxyz\n--b--\n" % (subtype.encode(), piece.encode())
    )
    assert words in made.notices
    assert words in made.text
    assert not made.facts["with_original"]


def test_an_encrypted_message_of_outlook_says_so() -> None:
    made = seen(msg({0x1A: "IPM.Note.SMIME", 0x37: "Private"}, (), [{0x3707: "smime.p7m", 0x3701: b"\x30\x80"}]))
    assert "Its text is encrypted and cannot be read here" in made.text
    assert not made.parts


@pytest.mark.parametrize("form", ["IPM.Note.SMIME.MultipartSigned", "IPM.Note.SMIME"])
def test_a_signed_message_of_outlook_is_read_within_its_signature(form: str) -> None:
    inner = (
        b"\x30\x82MIME-Version: 1.0\r\nContent-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nSeen\r\n--b--\r\n"
    )
    made = seen(msg({0x1A: form, 0x37: "Signed"}, (), [{0x3707: "smime.p7m", 0x3701: inner}]))
    assert "Seen" in made.text
    assert "nobody checks that signature here" in made.notices


def test_a_message_that_is_signed_as_one_piece_is_read_within_it() -> None:
    message = letter()
    message.set_content(
        b"\x30\x80Content-Type: text/plain\r\n\r\nSeen within\r\n",
        maintype="application",
        subtype="pkcs7-mime",
        filename="smime.p7m",
    )
    assert "Seen within" in seen(message).text


def test_a_protected_message_says_so() -> None:
    message = letter()
    message.add_attachment(b"x", maintype="application", subtype="x-microsoft-rpmsg-message", filename="message.rpmsg")
    made = seen(message)
    assert "protected by its sender" in made.notices
    assert not made.parts


def test_a_message_within_a_message_is_a_file_of_its_own() -> None:
    outer, inner = letter("Please see below"), with_letter(Subject="The first letter")
    outer.add_attachment(inner)
    made = seen(outer)
    assert list(made.parts) == ["The first letter.eml"]
    again = seen(made.parts["The first letter.eml"])
    assert again.parts == {"Clinic létter.pdf": PDF}


def test_a_message_that_came_back_is_told_with_its_reason() -> None:
    made = seen(
        b"From: postmaster@x.example\nTo: b@x.example\nSubject: Undeliverable\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: text/plain\n\nIt was not delivered.\n--b\n'
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nAction: failed\n--b\n"
        b"Content-Type: message/rfc822\n\nSubject: Hello\n\nOld words\n--b--\n"
    )
    assert "It was not delivered." in made.text
    assert list(made.parts) == ["Hello.eml"]


def test_a_mailbox_file_lists_its_messages_and_hands_them_on() -> None:
    one = b"From a@x.example Fri Jul  3 15:05:00 2026\r\n" + bytes(letter(Subject="One")).replace(b"\n", b"\r\n")
    two = b"\r\n\r\nFrom a@x.example Sat Jul  4 15:05:00 2026\r\n" + bytes(letter(">From here", Subject="Two"))
    made = seen(one + two)
    assert "A mailbox with 2 messages" in made.text
    assert list(made.parts) == ["One.eml", "Two.eml"]
    assert "\nFrom here" in made.parts["Two.eml"].decode()
    alone = seen(one)
    assert "Dear Mrs Oak" in alone.text
    assert not alone.parts


def test_a_message_that_apple_mail_kept_is_read() -> None:
    inner = bytes(letter("Words of it"))
    made = seen(str(len(inner)).encode() + b"\n" + inner + b'<?xml version="1.0"?><plist>its state</plist>')
    assert made.kind == "eml"
    assert "Words of it" in made.text
    assert "its state" not in made.text


def test_a_saved_web_page_is_shown_with_its_pictures() -> None:
    made = seen(
        b"From: <Saved by Blink>\nSnapshot-Content-Location: https://nhs.example/app\nSubject: NHS App\n"
        b'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="b"\n\n'
        b"--b\nContent-Type: text/html\n\n<p>Your appointment</p><img src='https://nhs.example/a.png'>\n"
        b"--b\nContent-Type: image/png\nContent-Location: https://nhs.example/a.png\n"
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(picture()) + b"--b--\n"
    )
    assert "Your appointment" in made.text
    assert "Page of: https://nhs.example/app" in made.text
    assert "not fetched" not in made.notices
    assert not made.parts


# Outlook

EXCHANGE = "/O=SCHOOL/OU=EXCHANGE/CN=RECIPIENTS/CN=0123456789abcdef0123456789abcdef-Ann Hale"


def outlook(**more: Any) -> bytes:
    properties: dict[int, Any] = {
        0x1A: "IPM.Note",
        0x37: "Report",
        0x0C1A: "Ann Hale",
        0x0C1F: EXCHANGE,
        0x39: SENT,
        0x1000: "Hello\r\n",
    }
    recipients = [{0x0C15: 1, 0x3001: "Mrs Oak", 0x39FE: "senco@school.example"}, {0x0C15: 2, 0x3003: EXCHANGE}]
    return msg({**properties, **more.pop("properties", {})}, recipients, **more)


def test_a_message_of_outlook_shows_names_for_addresses_of_its_server() -> None:
    made = seen(outlook())
    assert made.kind == "msg"
    assert "From: Ann Hale To: Mrs Oak <senco@school.example> Cc: Ann Hale" in made.text
    assert "Date: 3 July 2026, 14:05 (UK time)" in made.text
    assert "/O=" not in made.text
    assert made.facts["dated"] == "2026-07-03"


def test_a_message_that_cannot_be_shown_whole_stays_here_when_a_document_with_macros_came_with_it() -> None:
    older = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
    message = {"properties": {0x1000: "Hello \U0010fffd"}}
    assert seen(outlook(**message, attached=[{0x3707: "a.doc", 0x3701: older}])).facts["with_original"]
    made = seen(outlook(**message, attached=[{0x3707: "a.doc", 0x3701: older + "_VBA_PROJECT".encode("utf-16-le")}]))
    assert not made.facts["with_original"]
    assert "There is a program (macros) in the original, so it is not sent." in made.notices


def test_the_date_of_a_message_of_outlook_is_shown_as_its_headers_have_it() -> None:
    headers = "Received: from x\r\nDate: Fri, 3 Jul 2026 09:05:00 -0400\r\nSubject: x\r\n"
    assert "14:05 (UK time); written Fri, 3 Jul 2026 09:05:00 -0400" in seen(outlook(properties={0x7D: headers})).text


@pytest.mark.parametrize(
    ("rtf", "words"),
    [
        (rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\pard She can\'92t\par come \u8211- she {\b says}.}",
         "She can’t come – she says."),
        (rb"{\rtf1\ansi\ansicpg1251\fromtext\deff0{\fonttbl{\f0 Arial;}}\pard \'ce\'eb\'fc\'e3\'e0\par}", "Ольга"),
        (
            rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag19 <html>}{\*\htmltag50 <p>}\htmlrtf {\f0\htmlrtf0 "
            rb"Dear {\*\htmltag84 <b>}"
            rb"Ann{\*\htmltag92 </b>}\htmlrtf\par\htmlrtf0 {\*\htmltag58 </p>}{\*\htmltag27 </html>}}",
            "Dear Ann",
        ),
    ],
)  # fmt: skip
def test_a_message_in_rich_text_alone_is_read(rtf: bytes, words: str) -> None:
    assert words in seen(outlook(properties={0x1000: "", 0x1009: rich(rtf)})).text


def test_files_of_a_message_of_outlook_are_handed_on_or_said_not_to_be_there() -> None:
    inner = msg_storage({0x37: "An earlier one", 0x0C1A: "Dr Nkosi", 0x1000: "Earlier words", 0x39: SENT})
    files = [
        {0x3707: "letter.pdf", 0x3701: PDF, 0x3705: 1},
        {0x3707: "plan.docx", 0x3705: 7, 0x370D: "https://cloud.example/plan.docx"},
        {0x3001: "Drawing", 0x3705: 6},
        ({0x3001: "An earlier one", 0x3705: 5}, inner),
    ]
    made = seen(outlook(attached=files))
    assert list(made.parts) == ["letter.pdf", "An earlier one.eml"]
    assert "Kept elsewhere, not fetched" in made.text
    assert "An object of another program, which cannot be taken out" in made.text
    assert "2 attached files could not be taken out: its page says why." in made.notices
    again = seen(made.parts["An earlier one.eml"])
    assert "From: Dr Nkosi" in again.text
    assert "Earlier words" in again.text
    assert "3 July 2026, 14:05" in again.text


def test_a_message_to_very_many_people_names_the_first_of_them() -> None:
    people = [{0x0C15: 1, 0x3001: f"Person {number}", 0x39FE: f"p{number}@x.example"} for number in range(400)]
    made = seen(msg({0x1A: "IPM.Note", 0x37: "To all", 0x1000: "Hello"}, people))
    assert "Person 299 <p299@x.example>; and 100 more" in made.text


def test_what_outlook_wraps_for_others_is_unwrapped() -> None:
    data = tnef({0x1A: "IPM.Note", 0x37: "Report", 0x1000: "Wrapped words", 0x39: SENT}, {"letter.pdf": PDF})
    made = seen(data)
    assert made.kind == "tnef"
    assert "Wrapped words" in made.text
    assert made.parts == {"letter.pdf": PDF}


# Archives


def zipped(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_zip_archive_lists_its_files_and_hands_them_on(how: int) -> None:
    word = zipped({"[Content_Types].xml": b"", "word/document.xml": b"<w/>"}, zipfile.ZIP_STORED)
    files = {"Tom/report.docx": word, "Tom/letter.pdf": PDF, "../../evil.txt": b"x", "none.txt": b""}
    clutter = ("__MACOSX/Tom/._letter.pdf", "Tom/.DS_Store", "Tom/~$report.docx")
    made = seen(zipped({**files, **dict.fromkeys(clutter, b"x")}, how))
    assert made.kind == "zip"
    assert made.parts == {"report.docx": word, "letter.pdf": PDF, "evil.txt": b"x"}
    assert "Tom/report.docx Word document" in made.text
    assert "3 hidden or system files in it left out." in made.notices
    assert "1 file in it could not be taken out: the list says why." in made.notices


def test_a_locked_damaged_empty_or_swelling_archive_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "UNPACKED", 5 << 20)
    locked = bytearray(zipped({"letter.pdf": PDF}))
    for start in (6, locked.find(b"PK\x01\x02") + 8):
        locked[start] |= 1
    swelling = zipped({f"{number}.txt": bytes(1 << 20) for number in range(8)})
    for data, words in (
        (bytes(locked), "The zip archive is protected by a password. Unpack it yourself with the password"),
        (zipped({"a.txt": b"x" * 999})[:40], "damaged"),
        (zipped({"Thumbs.db": b"x"}), "There is no document in the zip archive."),
        (swelling, "grows too large"),
    ):
        made = seen(data)
        assert made.facts["outcome"] == "refused"
        assert words in whole(made.facts["why"])


# Damage

WHOLE = [
    bytes(with_letter()),
    outlook(attached=[{0x3707: "letter.pdf", 0x3701: PDF, 0x3705: 1}], properties={0x1009: rich(rb"{\rtf1 a}")}),
    tnef({0x37: "Report", 0x1000: "Words"}, {"letter.pdf": PDF}),
    zipped({"a/b.txt": b"hello", "c.pdf": PDF}),
]


@settings(max_examples=25)
@given(st.sampled_from(WHOLE), st.integers(0, 1 << 32))
def test_whatever_is_wrong_with_it_ends_in_an_outcome(whole: bytes, seed: int) -> None:
    kind, chance, data = detect(whole).id, random.Random(seed), bytearray(whole)  # noqa: S311 - damage that can be made again
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(8, len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 40)]
            case 2:
                data[at:at] = data[chance.randrange(len(data)) :][: chance.randint(1, 60)]
            case _:
                data[at : at + 8] = bytes(8)
    facts, blobs = intake.prepare(bytes(data), kind)
    assert facts["outcome"] in ("included", "cleaned", "refused")
    assert bool(blobs) == (facts["outcome"] != "refused")


@given(st.sampled_from(["eml", "msg", "tnef", "zip"]), st.binary(max_size=3000))
def test_any_bytes_end_in_an_outcome(kind: str, data: bytes) -> None:
    facts, _ = intake.prepare(data, kind)
    assert facts["outcome"] in ("included", "cleaned", "refused")


def test_a_message_nested_without_end_is_refused_or_cut_short() -> None:
    head = b"From: a@x.example\nTo: b@x.example\nMIME-Version: 1.0\n"
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(400))
    assert seen(head + deep).facts["outcome"] in ("cleaned", "refused")
