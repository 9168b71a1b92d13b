"""Typefaces installed on this computer, for scripts that the bundled ones lack."""

import os
import re
import sys
from functools import cache
from pathlib import Path

import uharfbuzz as hb

_UNWANTED = re.compile(
    r"italic|oblique|bold|mono|condensed|light|thin|black|medium|lastresort|blank|display|looped|nastaliq|kufi|dejavumath",
    re.IGNORECASE,
)
_PREFERRED = (
    r"notosans(?!symbols|.*cjk)",
    r"segoeui\.|nirmala|malgun\.|msyh\.|yugothr|leelawui|ebrima|gadugi|mmrtext|javatext|himalaya|taile|phagspa",
    r"arial unicode|arialuni|geeza|kohinoor|applegothic|applesdgothicneo|hiragino|stheiti",
    r"notosanssymbols|seguisym|seguiemj",
    r"noto(?!sansmath)",
    r"dejavusans\.",
)
_LARGEST = 64 * 1024 * 1024


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # on Windows, in a process without an environment
        return Path()


def _folders() -> list[Path]:
    home = _home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local"))
        return [
            Path(os.environ.get("WINDIR") or os.environ.get("SYSTEMROOT", r"C:\Windows")) / "Fonts",
            Path(local) / "Microsoft" / "Windows" / "Fonts",
        ]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return [*shared, home / ".local" / "share" / "fonts", home / ".fonts"]


def _rank(file: Path) -> tuple[int, str, str]:
    name = file.name.lower()
    place = next((at for at, pattern in enumerate(_PREFERRED) if re.match(pattern, name)), len(_PREFERRED))
    return place, name, str(file)


@cache
def found() -> tuple[tuple[str, int], ...]:
    """Return font files as (path, index within a collection), the plainest sans serif faces first."""
    every = [file for folder in _folders() if folder.is_dir() for file in folder.rglob("*.tt[fc]")]
    plain = sorted((file for file in every if not _UNWANTED.search(file.name)), key=_rank)
    return tuple((str(file), 0) for file in plain)


def read(path: str, index: int) -> hb.Face | None:
    """Return the font in a file, or ``None`` where it is missing, far too large or not a font."""
    file = Path(path)
    try:
        if file.stat().st_size > _LARGEST:
            return None
        face = hb.Face(hb.Blob(file.read_bytes()), index)
    except (OSError, hb.HarfBuzzError):
        return None
    return face if face.glyph_count and {"OS/2", "cmap", "hmtx"} <= set(face.table_tags) else None


def name(path: str, index: int) -> str:
    """Return a name for the face that is safe inside a PDF."""
    stem = re.sub(r"[^A-Za-z0-9-]", "", Path(path).stem)
    return f"{stem}-{index}" if index else stem


def bold_sibling(path: str) -> str | None:
    """Return the bold file of the same family, where there is one."""
    file = Path(path)
    stem = file.stem.removesuffix("-Regular")
    candidates = (f"{stem}-Bold", f"{stem}b", f"{stem}bd", f"{stem} Bold")
    paths = (file.with_name(candidate + file.suffix) for candidate in candidates)
    return next((str(candidate) for candidate in paths if candidate.is_file()), None)
