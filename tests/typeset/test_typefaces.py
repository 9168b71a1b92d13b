"""Typefaces found on a computer: the plain ones first, what cannot be used passed over."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from wizard.typeset import fonts, machine_fonts
from wizard.typeset.fonts import face_for, main_face


def make_font(file: Path, letters: str, *, permissions: int = 0, outlined: bool = True) -> None:
    """Write a font whose letters are all squares."""
    names = [".notdef", *(f"g{ord(letter):x}" for letter in letters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): name for letter, name in zip(letters, names[1:], strict=True)})
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, 700), (650, 700), (650, 0)):
        pen.lineTo(point)
    pen.closePath()
    square, nothing = pen.glyph(), TTGlyphPen(None).glyph()
    builder.setupGlyf({name: square if outlined else nothing for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (700, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": file.stem, "styleName": "Regular"})
    builder.setupOS2(fsType=permissions)
    builder.setupPost()
    builder.save(file)


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A computer with no typefaces but those that a test puts there."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setattr(machine_fonts, "_folders", lambda: [folder, tmp_path / "missing"])
    caches = (machine_fonts.found, fonts._machine_face, fonts.face_for)
    for cached in caches:
        cached.cache_clear()
    yield folder
    for cached in caches:
        cached.cache_clear()


def test_a_typeface_of_the_computer_is_used_for_a_script_that_ours_lack(computer: Path) -> None:
    make_font(computer / "NotoSansVaiExtra-Regular.ttf", "ꔀꔁ")
    make_font(computer / "NotoSansVaiExtra-Bold.ttf", "ꔀꔁ")
    plain, bold = face_for("ꔀ", bold=False), face_for("ꔀ", bold=True)
    assert plain is not None
    assert bold is not None
    assert (plain.name, bold.name) == ("NotoSansVaiExtra-Regular", "NotoSansVaiExtra-Bold")
    assert face_for("Amira", bold=False) is main_face(bold=False)


def test_the_plainest_typeface_comes_first(computer: Path) -> None:
    for name in ("Zierlich", "NotoSerifVai-Regular", "NotoSansVai-Regular", "SomethingItalic"):
        make_font(computer / f"{name}.ttf", "ꔀ")
    found = [Path(path).stem for path, _ in machine_fonts.found()]
    assert found == ["NotoSansVai-Regular", "NotoSerifVai-Regular", "Zierlich"]


def test_what_may_not_be_embedded_or_shows_nothing_or_is_no_font_is_passed_over(
    computer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_font(computer / "Aforbidden.ttf", "ꔀ", permissions=2)
    make_font(computer / "Bempty.ttf", "ꔀ", outlined=False)
    (computer / "Cbroken.ttf").write_bytes(b"not a font at all")
    (computer / "Dempty.ttf").write_bytes(b"")
    assert face_for("ꔀ", bold=False) is None
    make_font(computer / "Elast.ttf", "ꔀ")
    monkeypatch.setattr(machine_fonts, "_LARGEST", 10)
    assert machine_fonts.read(str(computer / "Elast.ttf"), 0) is None
    assert machine_fonts.read(str(computer / "Gone.ttf"), 0) is None


def test_bold_falls_back_to_the_plain_weight(computer: Path) -> None:
    make_font(computer / "Lonely.ttf", "ꔀ")
    face = face_for("ꔀ", bold=True)
    assert face is not None
    assert face.name == "Lonely"


@pytest.mark.parametrize(("platform", "expected"), [("win32", "Fonts"), ("darwin", "Library"), ("linux", ".fonts")])
def test_every_system_has_its_folders(
    platform: str, expected: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("WINDIR", r"C:\Windows")
    assert any(expected in str(folder) for folder in machine_fonts._folders())


def test_names_are_safe_in_a_pdf() -> None:
    assert machine_fonts.name("/x/Arial Unicode (MS)#1.ttf", 0) == "ArialUnicodeMS1"
    assert machine_fonts.name("/x/msyh.ttc", 2) == "msyh-2"


def test_a_subset_is_small_static_and_keeps_its_numbers() -> None:
    import uharfbuzz as hb

    face = face_for("ễ", bold=True)
    assert face is not None
    glyph = face.font.get_nominal_glyph(ord("ễ"))
    made = hb.Face(hb.Blob(face.subset({glyph, 0})))
    assert "fvar" not in made.table_tags
    assert "GSUB" not in made.table_tags
    assert hb.Font(made).get_glyph_h_advance(glyph) == face.font.get_glyph_h_advance(glyph)
    assert made.glyph_count == glyph + 1
