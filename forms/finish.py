"""Pages whose state is not in questions: evidence, checking, signing and sending."""

from typing import ClassVar

from forms.kit.page import Page


class Evidence(Page):
    """The documents that go with the referral."""

    id: ClassVar[str] = "evidence"
    task: ClassVar[str] = "Evidence"
    heading: ClassVar[str] = "Which documents go with this referral?"
    intro: ClassVar[str] = "Attach what is needed, and anything else that helps. Originals stay as they are."
    screen: ClassVar[str] = "evidence"


class Check(Page):
    """Everything as it will be sent."""

    id: ClassVar[str] = "check"
    task: ClassVar[str] = "Check your answers"
    heading: ClassVar[str] = "Check your answers"
    intro: ClassVar[str] = "This is what the council will read. You can change anything from here."
    screen: ClassVar[str] = "check"


class Sign(Page):
    """Who signs what."""

    id: ClassVar[str] = "sign"
    task: ClassVar[str] = "Sign"
    heading: ClassVar[str] = "Who signs this referral?"
    intro: ClassVar[str] = "Sign when everything is in place. A later change to what was signed undoes that signature."
    screen: ClassVar[str] = "sign"


class Send(Page):
    """The pack, and how it goes."""

    id: ClassVar[str] = "send"
    task: ClassVar[str] = "Send"
    heading: ClassVar[str] = "Send the pack"
    intro: ClassVar[str] = "Make the pack, send it, and then make sure that the council has it."
    screen: ClassVar[str] = "send"
