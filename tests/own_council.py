"""A council that adds questions of its own: every kind, hanging on each other and on pages that all councils have."""

from pathlib import Path

from forms.kit.authority import AuthorityProfile
from wizard import councils
from wizard.councils import parse

WESSEX = """
id = "wessex"
name = "Wessex Council"
version = "2026-11-01"
policy = "Wessex policy"
policy_title = "Health needs"
pack_title = "Health needs referral"
in_full = "section 1"
in_full_id = "W1"

[recipient]
name = "Inclusion"
email = "inclusion@wessex.example"
checked = 2026-11-01

[[signers]]
role = "head"
title = "Headteacher"
statement = "I agree with this referral."

[[requirements]]
id = "E16"
title = "A pupil plan is attached"
level = "must"
override = true
satisfied_by = [{ name = "attached" }]
source = "section 2"
page = "evidence"
todo = "Attach the pupil plan."
evidence = "Pupil plan"

[[requirements]]
id = "W2"
title = "The transport was looked at"
level = "should"
satisfied_by = [{ name = "is", page = "wessex-transport", fields = ["way"], values = ["bus", "taxi"] }]
source = "section 3"
page = "wessex-transport"
todo = "Say how {pupil} comes to school."

[[pages]]
id = "wessex-transport"
form = "school"
task = "Transport"
heading = "How does {pupil} come to school?"
intro = "{council} arranges transport with the place."

[[pages.questions]]
name = "way"
label = "How does {pupil} travel?"
hint = "On most days."
why = "The way there is planned together with the place."
kind = "choice"
choices = { bus = "By bus", taxi = "By taxi", other = "Another way" }

[[pages.questions]]
name = "pass"
label = "Number of the bus pass"
not_known = true
when = { question = "way", answers = ["bus"] }

[[pages.questions]]
name = "pass_until"
label = "Until when does it hold?"
kind = "date"
required = false
when = { question = "pass" }

[[pages.questions]]
name = "escort"
label = "Does somebody go with {pupil}?"
kind = "yes_no"

[[pages.questions]]
name = "journeys"
label = "Journeys in a week"
kind = "table"
required = false

[[pages.questions.columns]]
name = "from_place"
label = "From"

[[pages.questions.columns]]
name = "minutes"
label = "Minutes"
kind = "number"
not_known = true

[[pages]]
id = "wessex-plan"
form = "support"
task = "Plan and transport"
heading = "What does the plan say?"
when = [{ page = "route", question = "sen", answers = ["ehcp"] }, { page = "wessex-transport", question = "escort" }]

[[pages.questions]]
name = "words"
label = "What the plan says of transport"
kind = "text"
"""
"""Its file. One of its ids is that of another council's row too: the two know nothing of each other."""


def wessex(*changes: tuple[str, str]) -> AuthorityProfile:
    """The council, with these changes to its file."""
    return parse(changed(*changes))


def changed(*changes: tuple[str, str]) -> str:
    """Its file, with words of it replaced by others."""
    text = WESSEX
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def install(home: Path, text: str = WESSEX) -> None:
    """Put its file into this home folder, and have the program look there."""
    folder = home / "authorities"
    folder.mkdir(exist_ok=True)
    (folder / "wessex.toml").write_text(text, encoding="utf-8")
    councils.look_in(lambda: home)
