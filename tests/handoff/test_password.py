"""A password is made, read out on the telephone, and read from a file."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import UnusableInput
from wizard.handoff import password as passwords
from wizard.handoff.password import generate_password, read_password_file, spell


def test_a_new_password_is_five_groups_of_four_that_cannot_be_misread() -> None:
    made = generate_password()
    groups = made.split("-")
    assert [len(group) for group in groups] == [4] * 5
    assert not set(made) & set("0oO1lI5sSbdpnaeiu")
    assert set("".join(groups)) <= set(passwords.ALPHABET)


def test_it_holds_as_much_chance_as_it_says() -> None:
    assert len(set(passwords.ALPHABET)) == len(passwords.ALPHABET)
    drawn = passwords.GROUPS * passwords.GROUP_LENGTH
    assert drawn * math.log2(len(passwords.ALPHABET)) == passwords.ENTROPY_BITS
    assert passwords.ENTROPY_BITS >= 75


def test_no_two_are_alike_and_every_character_comes_up() -> None:
    many = {generate_password() for _ in range(200)}
    assert len(many) == 200
    assert set("".join(many)) == set(passwords.ALPHABET) | {"-"}


def test_chance_comes_from_the_operating_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.choice", lambda letters: letters[0])
    assert generate_password() == "ffff-ffff-ffff-ffff-ffff"


def test_it_is_read_out_word_by_word() -> None:
    assert spell("fk7m-2x") == "foxtrot, kilo, seven, mike, dash, two, x-ray"
    assert spell("Oak é!") == "capital oscar, alfa, kilo, space, latin small letter e with acute, exclamation mark"


@given(st.text(st.characters(), max_size=20))
def test_anything_can_be_read_out(password: str) -> None:
    assert len(spell(password).split(", ")) == max(1, len(password))


def test_every_new_password_is_read_out_in_plain_words() -> None:
    assert all(word.replace("-", "").isalpha() for word in spell(generate_password()).split(", "))


@pytest.mark.parametrize(
    "written", [b"fk7m-2xrw", b"fk7m-2xrw\n", b"fk7m-2xrw\r\nsecond line\n", b"\xef\xbb\xbffk7m-2xrw"]
)
def test_the_first_line_of_a_file_is_the_password(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "password.txt").write_bytes(written)
    assert read_password_file(tmp_path / "password.txt") == "fk7m-2xrw"


def test_spaces_belong_to_it(tmp_path: Path) -> None:
    (tmp_path / "password.txt").write_text(" correct horse \n", encoding="utf-8")
    assert read_password_file(tmp_path / "password.txt") == " correct horse "


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (b"", "is empty"),
        (b"\nsecond line", "is empty"),
        (b"\xff\xfef\0k\0", "cannot be read"),
        (b"m" * 128, "too long"),
        ("é".encode() * 64, "too long"),
        (b"m" * 5_000_000, "too long"),
    ],
)
def test_a_file_without_a_usable_password_is_refused(tmp_path: Path, written: bytes, says: str) -> None:
    (tmp_path / "password.txt").write_bytes(written)
    with pytest.raises(UnusableInput, match=says) as refusal:
        read_password_file(tmp_path / "password.txt")
    assert "mmm" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.txt", tmp_path):
        with pytest.raises(UnusableInput, match="cannot be read"):
            read_password_file(path)
