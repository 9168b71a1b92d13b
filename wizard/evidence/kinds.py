"""The kinds of files: what each is called, what to do about one that cannot be taken in, and the endings of its name.

Which of them a file is, `detection` tells in the child process. Kinds without a reader (see `readers`) are known by
name, too, so that a refusal can say what the file is and what to do about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_SAVE: Final = "Save it as a PDF and add that."
_UNLOCK: Final = "Open it with its password, save it as a PDF, and add that."
_MAIL: Final = "Print the message to a PDF, save what is attached to it, and add these one by one."
_UNPACK: Final = "Unpack it and add the files in it one by one."
_MEDIA: Final = "A pack holds pages only: write down what matters, or ask the council how to send a recording."
_STRANGE: Final = "Open it in the program that made it, save it as a PDF, and add that."


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name with article, what to do when it is refused, and the endings that its name may have."""

    id: str
    a_name: str
    remedy: str
    endings: frozenset[str]


def _kinds(*rows: tuple[str, str, str, str]) -> Mapping[str, Kind]:
    return MappingProxyType(
        {id: Kind(id, name, remedy, frozenset(endings.split())) for id, name, remedy, endings in rows}
    )


KINDS: Final = _kinds(
    ("pdf", "a PDF", "", "pdf"),
    ("jpeg", "a JPEG picture", "", "jpg jpeg jpe jfif mpo"),
    ("png", "a PNG picture", "", "png"),
    ("docx", "a Word document", "", "docx docm dotx dotm"),
    ("doc", "an older Word document", "", "doc dot"),
    ("xlsx", "an Excel workbook", "", "xlsx xlsm xltx xlsb"),
    ("xls", "an older Excel workbook", "", "xls"),
    ("pptx", "a PowerPoint presentation", "", "pptx pptm ppsx potx"),
    ("ppt", "an older PowerPoint presentation", "", "ppt pps"),
    ("office-locked", "an Office document protected by a password", _UNLOCK, "docx xlsx pptx docm xlsm xlsb"),
    ("ole", "an older Office file", _SAVE, "doc xls ppt msg pub vsd"),
    ("odt", "an OpenDocument text", "", "odt"),
    ("ods", "an OpenDocument spreadsheet", "", "ods"),
    ("odp", "an OpenDocument presentation", "", "odp"),
    ("rtf", "a rich text document", "", "rtf doc"),
    ("pages", "a document of Apple Pages, Numbers or Keynote", _SAVE, "pages numbers key"),
    ("epub", "an electronic book", _SAVE, "epub"),
    ("html", "a web page", "", "html htm xhtml mht mhtml"),
    ("xml", "an XML file", _SAVE, "xml xps svg"),
    ("svg", "an SVG drawing", _SAVE, "svg"),
    ("ps", "a PostScript file", _SAVE, "ps eps ai"),
    ("text", "a plain text file", "", "txt csv tsv log md text json ini"),
    ("msg", "an Outlook message", _MAIL, "msg"),
    ("eml", "an e-mail message", _MAIL, "eml emlx mht mhtml mbox txt"),
    ("tnef", "an Outlook attachment (winmail.dat)", _MAIL, "dat"),
    ("calendar", "a calendar entry", "", "ics"),
    ("contact", "a contact card", "", "vcf"),
    ("heic", "a HEIC photo", "", "heic heif hif"),
    ("avif", "an AVIF picture", "", "avif"),
    ("gif", "a GIF picture", "", "gif"),
    ("tiff", "a TIFF picture", "", "tif tiff"),
    ("bmp", "a bitmap picture", "", "bmp dib"),
    ("webp", "a WebP picture", "", "webp"),
    ("jp2", "a JPEG 2000 picture", "", "jp2 j2k jpx"),
    ("psd", "a Photoshop picture", "", "psd"),
    ("photos", "a bundle of photos", "", "zip"),
    ("zip", "a zip archive", _UNPACK, "zip"),
    ("archive", "an archive", _UNPACK, "7z rar gz tar bz2 xz cab"),
    ("video", "a video", _MEDIA, "mp4 m4v mov avi mkv webm wmv mpg mpeg 3gp"),
    ("sound", "a sound recording", _MEDIA, "mp3 m4a wav ogg flac wma amr aac"),
    ("program", "a program", "Do not open it. Ask whoever sent it what it is.", "exe dll msi com scr"),
    ("shortcut", "a shortcut to a file elsewhere", "Add the file that it leads to.", "lnk url webloc"),
    ("apple-double", "a hidden helper file of a Mac", "Add the document of the same name without “._”.", ""),
    ("empty", "an empty file", "It may not be downloaded in full. Open it once, then add it again.", ""),
    ("unknown", "a file of an unknown kind", _STRANGE, ""),
)
"""Every kind by its id."""


def disagreement(kind: Kind, ending: str) -> str:
    """A sentence when the ending of the name (such as ".jpg") belongs to another kind; empty otherwise."""
    ending = ending.casefold().removeprefix(".")
    if ending in kind.endings or not any(ending in other.endings for other in KINDS.values()):
        return ""
    return f"The name ends in .{ending}, but the file is {kind.a_name} and was taken as one."
