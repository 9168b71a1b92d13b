"""A made-up referral, as the pages see it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from forms.catalogue import PAGES
from tests.forms.anxious_pupil import ANXIOUS
from wizard.case import Case, Signature
from wizard.councils import council
from wizard.pages.screen import PackMade, View
from wizard.validation.facts import Facts
from wizard.validation.requirements import judge, signers

TODAY = date(2026, 11, 20)


def case(answers: Mapping[str, Any] = ANXIOUS, **parts: Any) -> Case:
    return Case("essex", "1", answers, reference="R-7KQ4-2MX", **parts)


def signed(unsigned: Case, *roles: str) -> Case:
    """The referral with valid signatures in these roles."""
    given = tuple(
        Signature(role, f"Signer {role}", "typed", "2026-11-20T10:05+00:00", "It is true.", unsigned.signed_digest())
        for role in roles
    )
    return replace(unsigned, signatures=(*unsigned.signatures, *given))


def signed_by_all(unsigned: Case) -> Case:
    roles = [one.role for one in signers(Facts.of(unsigned, council("essex"), TODAY))]
    return signed(unsigned, *roles)


def view(of: Case, page: str, last_pack: PackMade | None = None) -> View:
    return View(judge(Facts.of(of, council("essex"), TODAY)), PAGES[page], last_pack)


def words(root: QWidget) -> str:
    return "\n".join(label.text() for label in root.findChildren(QLabel) if label.isVisibleTo(root))


def buttons(root: QWidget) -> dict[str, QAbstractButton]:
    """What can be pressed, by the name that a screen reader says."""
    return {one.accessibleName(): one for one in root.findChildren(QAbstractButton) if one.isVisibleTo(root)}
