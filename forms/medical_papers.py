"""Kinds of medical evidence, where a council weighs them (D69, D102, D103)."""

from typing import Annotated, ClassVar

from forms.health import EvidenceState, MedicalEvidence
from forms.kit.ask import Ask, Choice, YesNo
from forms.kit.page import Answers, Page


class PaperKind(Choice):
    """What a medical paper is; the first three are written for somebody who decides about school."""

    SPECIALIST = "specialist", "Report or letter of a consultant or specialist"
    MENTAL_HEALTH = "mental_health", "Report or letter of CAMHS or another mental health service"
    CLINICIAN = "clinician", "Letter of the GP, a nurse or a therapist"
    NOTES = "notes", "Notes of consultations, from the NHS App as well"
    PRESCRIPTION = "prescription", "Prescription"
    APPOINTMENT = "appointment", "Appointment card or letter"


class MedicalPapers(Page):
    """What the medical papers are, and what they say."""

    id: ClassVar[str] = "medical_papers"
    task: ClassVar[str] = "Kinds of medical evidence"
    question_set: ClassVar[str] = "medical_papers"
    heading: ClassVar[str] = "What medical evidence do you have about {pupil}?"
    intro: ClassVar[str] = "The council takes every kind. A letter that speaks of school helps most."

    kinds: Annotated[
        tuple[PaperKind, ...],
        Ask(
            "Kinds of evidence",
            hint="Choose all that you attach.",
            why="Cards and prescriptions show that there is care, but not what {pupil} can manage.",
        ),
    ]
    from_provider: Annotated[
        YesNo,
        Ask(
            "Does any of it come from {pupil}’s main healthcare provider?",
            hint="The doctor or service that looks after this need at present.",
        ),
    ]
    says_effect: Annotated[
        YesNo,
        Ask(
            "Does any of it say how health affects {pupil}’s access to school?",
            why="The council and providers need it to choose the right support and to keep {pupil} safe.",
        ),
    ]

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Where there are medical papers."""
        return bool(answers.value(MedicalEvidence, "available") == EvidenceState.ATTACHED)
