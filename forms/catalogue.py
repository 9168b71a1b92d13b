"""All forms, in the order of the task list and of the pack: those of every council, and with them a council's own."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from forms.after import Decision, Partnership, Receipt
from forms.attendance import Attendance
from forms.attendance_difficulties import AttendanceDifficulties
from forms.care_decisions import CareDecisions
from forms.clinical_advice import ClinicalAdvice
from forms.consent import Consent, Declarations
from forms.curriculum import Curriculum, Exams, PrimaryTests
from forms.ehcp import Ehcp
from forms.family import Family
from forms.finish import Check, Evidence, Send, Sign
from forms.full_time import FullTime
from forms.funding import Funding
from forms.graduated import EbsaGuidance, GraduatedApproach
from forms.health import HealthNeeds, MedicalEvidence
from forms.health_lead import HealthLead, NamedOfficer
from forms.health_plan import HEALTH_PLAN
from forms.health_plan_review import HealthPlanReview
from forms.hospital import HospitalStay
from forms.kit.authority import AuthorityProfile
from forms.kit.own import OwnPage
from forms.kit.page import Form, Page
from forms.lets_talk import LetsTalk
from forms.medical_papers import MedicalPapers
from forms.named_person import NamedPerson
from forms.no_school import NoSchool, ReferrerPage
from forms.notification import Notification, Planning
from forms.own import Mistake, build, mistakes
from forms.placement import Handover, ReturnPlan, Reviews
from forms.plan_services import PlanServices
from forms.plans import OnePage, OnePlan, Provision
from forms.professionals import Consultations, Professionals
from forms.pupil import Care, Pupil
from forms.pupil_consent import PupilConsent
from forms.request import Request
from forms.risk_profile import RiskProfile
from forms.route import Route
from forms.safeguarding import Chronology, Risks
from forms.school import School
from forms.school_calendar import Calendar
from forms.support import Adjustments, AdvicePage, Tpp
from forms.timetable_notice import TimetableNotice
from forms.unit import Unit
from forms.voice import ParentsViews, PupilViews
from forms.wishes import Panel, Wishes

FORMS: tuple[Form, ...] = (
    Form("start", "Before you start", (Route, ClinicalAdvice)),
    Form("pupil", "The pupil", (Pupil, Care, CareDecisions, Family, Ehcp, PlanServices)),
    Form(
        "school",
        "School and referrer",
        (School, NamedPerson, Calendar, NoSchool, HealthLead, ReferrerPage, NamedOfficer),
    ),
    Form("attendance", "Attendance", (Attendance, TimetableNotice)),
    Form(
        "health",
        "Health",
        (HealthNeeds, HospitalStay, Unit, Professionals, Consultations, MedicalEvidence, MedicalPapers),
    ),
    Form(
        "support",
        "What school has tried",
        (
            *(Notification, Planning, Adjustments, Tpp, AdvicePage, GraduatedApproach, EbsaGuidance),
            *(OnePlan, OnePage, Provision, *HEALTH_PLAN, HealthPlanReview),
        ),
    ),
    Form("curriculum", "Learning and exams", (Curriculum, PrimaryTests, Exams)),
    Form("lets_talk", "Let’s Talk – We Miss You", (LetsTalk, RiskProfile, AttendanceDifficulties)),
    Form("voice", "Voices", (PupilViews, ParentsViews)),
    Form("request", "The request", (Request, FullTime, Wishes, Panel, Funding)),
    Form("consent", "Consent and declarations", (Consent, PupilConsent, Declarations)),
    Form("safeguarding", "Keeping {pupil} safe", (Chronology, Risks), restricted=True),
    Form("evidence", "Evidence", (Evidence,), printed=False),
    Form("finish", "Check and sign", (Check, Sign, Send), printed=False),
    Form(
        "after",
        "After sending",
        (Receipt, Decision, Partnership, ReturnPlan, Handover, Reviews),
        printed=False,
        after=True,
    ),
)
"""The forms that every council has."""

PAGES: Mapping[str, type[Page]] = {page.id: page for form in FORMS for page in form.pages}
"""Their pages by id."""

_CARRIED = frozenset(form.id for form in FORMS if any(page.carried for page in form.pages))
"""Forms of which a later referral of the pupil takes anything over; in the others everything is given anew."""

AFTER = frozenset(page.id for form in FORMS if form.after for page in form.pages)
"""Pages that are filled in once the pack has gone; councils add none to them."""


def forms_of(authority: AuthorityProfile) -> tuple[Form, ...]:
    """The forms of a referral to this council: its own pages stand last in their form."""
    return _catalogue(authority.pages)[0] if authority.pages else FORMS


def pages_of(authority: AuthorityProfile) -> Mapping[str, type[Page]]:
    """Their pages by id."""
    return _catalogue(authority.pages)[1] if authority.pages else PAGES


def own_mistakes(authority: AuthorityProfile) -> Iterator[Mistake]:
    """What is wrong with the pages that a council adds, each with its place in the file."""
    takers = tuple(form.id for form in FORMS if form.printed)
    return mistakes(authority.pages, authority.id, PAGES, takers)


@lru_cache(maxsize=16)
def _catalogue(own: tuple[OwnPage, ...]) -> tuple[tuple[Form, ...], Mapping[str, type[Page]]]:
    pages = dict(PAGES)
    for page in own:
        pages[page.id] = build(page, pages)
        pages[page.id].carried = page.form in _CARRIED
    added = {form.id: tuple(pages[page.id] for page in own if page.form == form.id) for form in FORMS}
    forms = tuple(replace(form, pages=(*form.pages, *added[form.id])) for form in FORMS)
    return forms, {page.id: page for form in forms for page in form.pages}


def form_of(page_id: str, forms: tuple[Form, ...] = FORMS) -> Form:
    """The form that a page belongs to; raises ``KeyError`` for a page that there is not."""
    for form in forms:
        if any(page.id == page_id for page in form.pages):
            return form
    raise KeyError(page_id)
