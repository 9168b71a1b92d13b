"""What the pupil and the parents say."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, YesNo
from forms.kit.page import Page
from forms.kit.shown import chosen
from forms.kit.types import Line, LongText, PastDay

_GATHERED = chosen("gathered", "yes")
_NOT_GATHERED = chosen("gathered", "no")


class PupilViews(Page):
    """The pupil's own words (E133)."""

    id: ClassVar[str] = "pupil_views"
    task: ClassVar[str] = "The pupil’s views"
    heading: ClassVar[str] = "What does {pupil} say?"

    gathered: Annotated[
        YesNo,
        Ask(
            "Have you been able to ask for {pupil}’s views?",
            hint="Talking, writing, drawing and messages all count.",
            why="Pupils have a part in deciding how they are taught. Their words carry weight with a panel.",
        ),
    ]
    how: Annotated[
        Line | None,
        Ask("How?", hint="For example a talk at home, a drawing, a message.", when=_GATHERED, needed=True),
    ] = None
    by: Annotated[Line | None, Ask("By whom?", hint="Name and role.", when=_GATHERED, needed=True)] = None
    date: Annotated[PastDay | None, Ask("When?", when=_GATHERED, needed=True)] = None
    own_words: Annotated[
        LongText | None,
        Ask(
            "What did {pupil} say?",
            hint="In the pupil’s own words where you can: what is hard, what helps, what should happen next.",
            when=_GATHERED,
            needed=True,
        ),
    ] = None
    hinders: Annotated[
        LongText | None,
        Ask(
            "What gets in the way at school?",
            hint="Others have named noise, no quiet place, being alone, not fitting in, uniform, not being believed.",
            when=_GATHERED,
        ),
    ] = None
    helps: Annotated[
        LongText | None,
        Ask(
            "What would help?",
            hint="Others have named somebody to go to, being noticed early, and being shown ways to cope.",
            when=_GATHERED,
        ),
    ] = None
    why_not: Annotated[
        LongText | None,
        Ask("Why not, and how will you try again?", when=_NOT_GATHERED, needed=True),
    ] = None


class ParentsViews(Page):
    """The parents' own words (E67)."""

    id: ClassVar[str] = "parents_views"
    task: ClassVar[str] = "The parents’ views"
    heading: ClassVar[str] = "What do {pupil}’s parents say?"

    gathered: Annotated[
        YesNo,
        Ask(
            "Have the parents given their views?",
            why="The council asks parents before it decides, and parents know most about the time at home.",
        ),
    ]
    who: Annotated[Line | None, Ask("Whose views are these?", hint="Names.", when=_GATHERED, needed=True)] = None
    how: Annotated[
        Line | None,
        Ask(
            "How were they given?",
            hint="For example at a meeting or in writing.",
            when=_GATHERED,
            needed=True,
        ),
    ] = None
    date: Annotated[PastDay | None, Ask("When?", when=_GATHERED, needed=True)] = None
    views: Annotated[
        LongText | None,
        Ask(
            "What do they say?",
            hint="What they see at home, what helps, what worries them, what they wish for.",
            when=_GATHERED,
            needed=True,
        ),
    ] = None
    why_not: Annotated[
        LongText | None,
        Ask("Why not, and how will you try again?", when=_NOT_GATHERED, needed=True),
    ] = None
