"""How the program looks: typeface, colours and the one style sheet, at any size of text, light or dark."""

import re
from importlib import resources
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

BODY = 11
"""Points of running text at 100 %."""
SIZES = (100, 125, 150, 200, 250, 300)
"""Sizes of text to choose from, in per cent."""

ROOMIEST = 130
"""Per cent up to which distances grow with the text: beyond, the window needs the room for words."""

KEPT = "window.ini"
"""File in the home folder with the size of text that somebody chose; nothing else is in it."""

_CHOSEN = "text/per_cent"

LIGHT = {
    "ink": "#0B0C0C", "paper": "#FFFFFF", "secondary": "#505A5F", "rail": "#F3F4F6", "line": "#B1B4B6",
    "hairline": "#D8DADC", "action": "#0F5E9C", "action_hover": "#0B4A7C", "on_action": "#FFFFFF",
    "quiet": "#F3F4F6", "quiet_hover": "#E6E8EB", "done": "#0B6E4F", "done_soft": "#E5F2EC",
    "attention": "#8A4B00", "attention_soft": "#FFF4E0", "error": "#B3261E", "error_soft": "#FCEDEC",
    "focus": "#FFDD00", "focus_ink": "#0B0C0C",
}  # fmt: skip
DARK = {
    "ink": "#F3F4F6", "paper": "#16181A", "secondary": "#B4BAC0", "rail": "#212427", "line": "#7B8389",
    "hairline": "#3A3F44", "action": "#8CC4F5", "action_hover": "#B5DAFA", "on_action": "#0B0C0C",
    "quiet": "#2B2F33", "quiet_hover": "#363B40", "done": "#6FD3AE", "done_soft": "#16302A",
    "attention": "#F2B766", "attention_soft": "#33260F", "error": "#FF9C94", "error_soft": "#3A1B19",
    "focus": "#FFDD00", "focus_ink": "#0B0C0C",
}  # fmt: skip


class Look(QObject):
    """Dresses the program, and again whenever the system's colours or the size of text change."""

    def __init__(self, app: QApplication, home: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._home = app, home
        self._settings = QSettings(str(home / KEPT), QSettings.Format.IniFormat)
        chosen = str(self._settings.value(_CHOSEN, ""))
        self.per_cent = next((size for size in SIZES if str(size) == chosen), 100)
        _load_typeface()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_scheme)
        self.dress()

    def _on_scheme(self) -> None:
        self.dress()

    def dress(self, per_cent: int | None = None) -> None:
        """Put typeface, palette and style sheet on."""
        self.per_cent = self.per_cent if per_cent is None else per_cent
        colours = palette_of(self._app)
        self._app.setFont(QFont("Atkinson Hyperlegible", round(BODY * self.per_cent / 100)))
        self._app.setPalette(_qt_palette(colours))
        self._app.setProperty("colours", colours)
        self._app.setProperty("per_cent", self.per_cent)
        self._app.setStyleSheet(sheet(colours, self.per_cent))

    def larger(self) -> None:
        """Set the text a step larger, from now on."""
        self._choose(next((size for size in SIZES if size > self.per_cent), SIZES[-1]))

    def smaller(self) -> None:
        """Set the text a step smaller, from now on."""
        self._choose(next((size for size in reversed(SIZES) if size < self.per_cent), SIZES[0]))

    def _choose(self, per_cent: int) -> None:
        self.dress(per_cent)
        if self._home.is_dir():  # Qt would make one that others may look into
            self._settings.setValue(_CHOSEN, per_cent)


def palette_of(app: QApplication) -> dict[str, str]:
    """The colours that suit the system's setting."""
    hints = app.styleHints()
    return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT


def sheet(colours: dict[str, str], per_cent: int) -> str:
    """The style sheet in these colours at this size of text; what surrounds the text grows less than it."""
    text = (resources.files("resources") / "style" / "wizard.qss").read_text(encoding="utf-8")
    grown = {"pt": per_cent, "px": min(per_cent, ROOMIEST)}
    scaled = re.sub(
        r"(\d+)(px|pt)\b", lambda m: f"{max(round(int(m[1]) * grown[m[2]] / 100), int(m[1]) and 1)}{m[2]}", text
    )
    return Template(scaled).substitute(colours)


def space(length: int) -> int:
    """A distance of the design in pixels, which grows with the text up to `ROOMIEST` per cent only."""
    app = QApplication.instance()
    return round(length * min(app.property("per_cent") or 100, ROOMIEST) / 100) if app else length


def px(length: int) -> int:
    """A length of the design in pixels at the present size of text."""
    app = QApplication.instance()
    return round(length * (app.property("per_cent") or 100) / 100) if app else length


def colour(name: str) -> str:
    """A colour of the design, as it is now."""
    app = QApplication.instance()
    colours = app.property("colours") if app else None
    return str((colours or LIGHT)[name])


def mark(widget: QWidget, name: str, value: object) -> None:
    """Change a property that the style sheet looks at, and show it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        for one in (widget, *widget.findChildren(QWidget)):
            one.style().unpolish(one)
            one.style().polish(one)


def _load_typeface() -> None:
    import fontpkg_atkinson_hyperlegible as atkinson

    for file in sorted((Path(atkinson.__file__).parent / "files").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def _qt_palette(colours: dict[str, str]) -> QPalette:
    """For the native parts that the style sheet leaves alone: menus, ticks, selections."""
    palette = QPalette()
    role = QPalette.ColorRole
    wanted = {
        role.Window: "paper", role.Base: "paper", role.AlternateBase: "rail", role.Button: "quiet",
        role.WindowText: "ink", role.Text: "ink", role.ButtonText: "ink", role.Highlight: "action",
        role.HighlightedText: "on_action", role.Link: "action", role.LinkVisited: "action",
        role.PlaceholderText: "secondary", role.ToolTipBase: "paper", role.ToolTipText: "ink",
    }  # fmt: skip
    for one, name in wanted.items():
        palette.setColor(one, QColor(colours[name]))
    return palette
