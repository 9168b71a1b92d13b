"""A day, a council and a way to answer pages."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from forms.kit.authority import AuthorityProfile
from forms.kit.page import Answers, Context
from wizard.councils import council

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def essex() -> AuthorityProfile:
    return council("essex")


@pytest.fixture(scope="session")
def context(essex: AuthorityProfile) -> Context:
    return Context(essex, TODAY)


@pytest.fixture(scope="session")
def answers(context: Context) -> Callable[..., Answers]:
    """Make answers of raw pages: ``answers(route={...}, pupil={...})``."""

    def made(not_known: Mapping[str, str] | None = None, **pages: Any) -> Answers:
        return Answers(pages, context, not_known or {})

    return made
