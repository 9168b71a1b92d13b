"""Good answers to the pages that only particular pupils need: a plan, a hospital, a unit, no school."""

from copy import deepcopy
from typing import Any

from tests.forms.anxious_pupil import ANXIOUS

EHCP: dict[str, Any] = {
    "council": "Essex",
    "plan_date": "2025-03-14",
    "section_f": "Twenty hours a week of support, speech therapy each half term.",
    "last_review": "2026-03-10",
    "caseworker": "Bea Lyle",
    "talked": "yes",
    "talk_date": "2026-11-09",
    "talk_officer": "Bea Lyle, SEND Operations",
    "talk_outcome": "Refer now, and hold the review before Christmas.",
    "review": "yes",
    "review_requested": "2026-11-09",
    "invited_on": "2026-11-10",
    "review_on": "2026-12-02",
    "officer_attends": "yes",
    "delayed": "no",
    "iass_told": "yes",
    "iass_date": "2026-11-09",
}
HOSPITAL: dict[str, Any] = {
    "hospital": "Children’s Hospital, Lanternfield",
    "admission": "2026-12-01",
    "discharge": "2026-12-18",
    "plan_known": "2026-11-12",
    "moving": "yes",
    "siblings_of_age": "yes",
    "siblings": [
        {"name": "Idris Karim", "born": "2017-05-02", "education": "Mill Lane Primary", "after_move": "not_known"}
    ],
}
UNIT: dict[str, Any] = {"unit": "St Aubyns", "teacher": "Nia Rowe", "discharge": "2026-12-04"}
REFERRER: dict[str, Any] = {
    "name": "Nia Rowe",
    "role": "Teacher in charge",
    "organisation": "St Aubyns",
    "phone": "01632 960300",
    "email": "nia.rowe@unit.example",
}
NO_SCHOOL: dict[str, Any] = {
    "teaching": "The parents, mathematics and English, an hour a day.",
    "application": "applied",
    "application_details": "Mill Lane High School, in October.",
    "fair_access": "yes",
    "fair_access_school": "Mill Lane High School",
    "fair_access_date": "2027-01-11",
}

NOT_KNOWN = {"no_school.former_school": "The family has just come to England."}


def pupil(**pages: dict[str, Any]) -> dict[str, Any]:
    """The anxious pupil's answers with some of them different, and further pages."""
    whole = deepcopy(ANXIOUS)
    for page, fields in pages.items():
        whole[page] = whole.get(page, {}) | fields
    return whole


WITH_EHCP = pupil(route={"sen": "ehcp", "anxiety": "yes"}, ehcp=EHCP)
IN_HOSPITAL = pupil(
    route={"need": "physical", "ebsa": "no", "unit_discharge": "no", "hospital": "planned"}, hospital=HOSPITAL
)
FROM_UNIT = pupil(route={"unit_discharge": "yes", "referrer": "unit"}, unit=UNIT, referrer=REFERRER)
NO_ROLL = pupil(
    route={"on_roll": "no", "home_educated": "no"},
    no_school=NO_SCHOOL,
    referrer=REFERRER | {"role": "Family worker", "organisation": "Lantern Families"},
)
HOME_EDUCATED = NO_ROLL | {"route": NO_ROLL["route"] | {"home_educated": "yes"}}
