"""The draft that takes a pack to the council."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import UnusableInput
from wizard.handoff.message import Covering, draft, safe_file_name

CLOCK = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
PACK = b"%PDF-1.7\r\n\x00\xff not really\n%%EOF\n" * 20
COVERING = Covering(
    to="medical@council.example",
    reference="R-7KQ4-2M",
    school="Lanternfield Academy",
    sender="Priya Nair, SENCO",
)


def written(covering: Covering = COVERING, *, pack_name: str = "Section-19-referral-R-7KQ4-2M.pdf") -> bytes:
    return draft(covering, PACK, pack_name=pack_name, when=CLOCK, seed="case 12, first draft")


def opened(eml: bytes) -> EmailMessage:
    message = message_from_bytes(eml, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(eml: bytes) -> str:
    body = opened(eml).get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text.replace("\r\n", "\n")


@pytest.mark.policy("E63")
def test_it_opens_as_an_unsent_message_to_the_council_with_the_pack() -> None:
    message = opened(written())
    assert message["X-Unsent"] == "1"
    assert message["To"] == "medical@council.example"
    assert message["Subject"] == "Section 19 referral, reference R-7KQ4-2M, Lanternfield Academy"
    assert message["Date"].datetime == CLOCK
    assert message["From"] is None
    assert message["Cc"] is message["Bcc"] is None
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == "Section-19-referral-R-7KQ4-2M.pdf"
    assert attached.get_content() == PACK


@pytest.mark.policy("E66")
def test_it_asks_for_confirmation_and_names_the_sender() -> None:
    text = text_of(written())
    assert "Please confirm that the pack has arrived and that you can open it." in text
    assert "we shall also contact you ourselves on the next school day" in text
    assert text.endswith("Kind regards,\nPriya Nair, SENCO\nLanternfield Academy\n")


def test_the_password_travels_another_way() -> None:
    assert "tell you the password by telephone, not by e-mail" in text_of(written())
    assert "password" not in text_of(written(replace(COVERING, locked=False, sealed=False)))


def test_it_speaks_of_the_seal_only_where_there_is_one() -> None:
    assert "The pack carries a seal" in text_of(written())
    assert "seal" not in text_of(written(replace(COVERING, sealed=False)))


def test_initials_stand_in_the_subject_only_when_asked_for() -> None:
    subject = opened(written(replace(COVERING, initials="A. B.")))["Subject"]
    assert subject == "Section 19 referral, reference R-7KQ4-2M, Lanternfield Academy, pupil A. B."
    assert "A. B." not in text_of(written(replace(COVERING, initials="A. B.")))


def test_every_line_ends_as_mail_demands() -> None:
    eml = written()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", eml)
    assert max(map(len, eml.split(b"\r\n"))) <= 998
    eml.decode("ascii")


def test_the_same_draft_is_the_same_file() -> None:
    assert written() == written()
    other = draft(COVERING, PACK, pack_name="pack.pdf", when=CLOCK, seed="case 12, second draft")
    assert opened(other)["Message-ID"] != opened(written())["Message-ID"]
    assert b"case 12" not in other


def test_names_from_everywhere_arrive() -> None:
    covering = replace(COVERING, school="Ysgol Tŷ Gwyn", sender="Łucja Nguyễn-Đặng, SENCO")
    message = opened(written(covering, pack_name="Überweisung.pdf"))
    assert message["Subject"] == "Section 19 referral, reference R-7KQ4-2M, Ysgol Tŷ Gwyn"
    assert "Łucja Nguyễn-Đặng, SENCO\nYsgol Tŷ Gwyn\n" in text_of(written(covering))
    assert next(message.iter_attachments()).get_filename() == "Überweisung.pdf"


@pytest.mark.parametrize("saint", ["Edith", "Ælfgifu"])
def test_a_long_name_of_a_school_arrives(saint: str) -> None:
    for more in range(60):
        school = f"The Federation of Saint Botolph's and Saint {saint}'s Church of England Primary Schools"[
            : -more or None
        ]
        expected = f"Section 19 referral, reference R-7KQ4-2M, {school.strip()}"
        assert opened(written(replace(COVERING, school=school)))["Subject"] == expected


@given(*[st.text(st.characters(), max_size=250)] * 5)
def test_nothing_typed_becomes_a_header(school: str, sender: str, reference: str, initials: str, name: str) -> None:
    covering = Covering(to=COVERING.to, reference=reference, school=school, sender=sender, initials=initials)
    message = opened(written(covering, pack_name=name))
    assert message.keys() == ["X-Unsent", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    assert message["To"] == COVERING.to
    assert not any(unicodedata.category(character)[0] == "C" for character in message["Subject"])
    assert " ".join(message["Subject"].split()) == message["Subject"]
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "application/pdf"]
    (attached,) = message.iter_attachments()
    assert attached.get_content() == PACK
    assert " ".join(attached.get_filename("").split()) == attached.get_filename("")
    assert attached.keys() == [
        "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version",
    ]  # fmt: skip


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\0", "\x0b", "\x85", "\u2028", "\ud800"])
def test_a_second_recipient_cannot_be_slipped_in(break_: str) -> None:
    trick = f"Academy{break_}Bcc: stranger@elsewhere.example{break_}{break_}Hello"
    message = opened(written(replace(COVERING, school=trick, sender=trick, initials=trick), pack_name=trick))
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Section 19 referral, reference R-7KQ4-2M, Academy Bcc: stranger@")


@pytest.mark.parametrize(
    "to",
    [
        " ", "council", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", "A <a@b.example>", "a b@c.example",
        "a@b", "a@-", "é@b.example", "a@b.example\n",
    ],
)  # fmt: skip
def test_only_one_plain_address_will_do(to: str) -> None:
    with pytest.raises(UnusableInput, match="e-mail address"):
        written(replace(COVERING, to=to))


def test_without_an_address_the_draft_names_nobody() -> None:
    message = opened(written(replace(COVERING, to="")))
    assert [message[name] for name in ("To", "Cc", "Bcc")] == [None, None, None]


def test_the_file_name_holds_the_reference_and_nothing_else() -> None:
    assert safe_file_name("R-7KQ4-2M") == "Section-19-referral-R-7KQ4-2M.pdf"
    assert safe_file_name("R-7KQ4-2M", ".eml") == "Section-19-referral-R-7KQ4-2M.eml"
    assert safe_file_name("../../etc/passwd\0") == "Section-19-referral-etc-passwd.pdf"
    assert safe_file_name("") == "Section-19-referral.pdf"


@given(st.text(st.characters(), max_size=300))
def test_any_reference_makes_a_file_name(reference: str) -> None:
    assert re.fullmatch(r"Section-19-referral[A-Za-z0-9-]{0,41}\.pdf", safe_file_name(reference))
