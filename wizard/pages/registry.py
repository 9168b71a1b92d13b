"""Which class shows which kind of page; each is imported when such a page is first shown."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizard.pages.screen import BuildScreen, Screen, View


def _later(module: str, name: str) -> "BuildScreen":
    def build(view: "View") -> "Screen":
        screen: Screen = getattr(import_module(f"wizard.pages.{module}"), name)(view)
        return screen

    return build


SCREENS: "dict[str, BuildScreen]" = {
    "questions": _later("question", "QuestionScreen"),
    "route": _later("route", "RouteScreen"),
    "register": _later("register", "RegisterScreen"),
    "profile": _later("profile", "ProfileScreen"),
    "evidence": _later("evidence", "EvidenceScreen"),
    "check": _later("check", "CheckScreen"),
    "sign": _later("sign", "SignScreen"),
    "send": _later("send", "SendScreen"),
    "receipt": _later("receipt", "ReceiptScreen"),
}
"""A page's ``screen`` and what builds it."""
