"""What weighs on pupils who find school hard, and what helps: lists from published work on EBSA.

Three domains of risk and three of resilience, as English councils' guides to EBSA have them; our words.
"""

from forms.kit.ask import Choice


class SchoolRisk(Choice):
    """What may weigh on a pupil at school."""

    BULLYING = "bullying", "Bullying"
    SUBJECT = "subject", "Difficulty in one subject"
    TRANSITION = "transition", "Move to a new school, key stage or class"
    DAY = "day", "The way the day is organised"
    DEMANDS = "demands", "Academic demands and pressure to perform"
    EXAMS = "exams", "Tests and exams"
    JOURNEY = "journey", "The journey to school"
    PEERS = "peers", "Friendships, or being alone"
    STAFF = "staff", "Relationships with staff"
    SEN_SUPPORT = "sen_support", "Support for special needs that does not work"
    ACTIVITIES = "activities", "Activities that are hard to manage, such as PE or performing"
    OTHER = "other", "Something else"


class ChildRisk(Choice):
    """What may weigh on the child."""

    TEMPERAMENT = "temperament", "Holds back from new people and places"
    FAILURE = "failure", "Fear of failure, low confidence"
    ILLNESS = "illness", "Physical illness"
    AGE = "age", "An age at which difficulties peak: 5 to 6, 11 to 12, 13 to 14"
    UNMET = "unmet", "A learning or developmental need, or autism, not yet recognised or supported"
    SEPARATION = "separation", "Worry about leaving a parent or carer"
    TRAUMA = "trauma", "Frightening or harmful experiences"
    MENTAL_HEALTH = "mental_health", "Anxiety, low mood or another mental health need"
    BODY = "body", "Strong reaction to bodily feelings or to not knowing what comes next"
    EMOTION = "emotion", "Difficulty in naming or steadying feelings"
    SEND = "send", "Special educational needs or a disability"
    OTHER = "other", "Something else"


class FamilyRisk(Choice):
    """What may weigh on the family."""

    CHANGE = "change", "Separation, divorce or another change at home"
    PARENT_HEALTH = "parent_health", "Physical or mental illness of a parent"
    PROTECTIVE = "protective", "Parents who shield the child from difficulties"
    STRAIN = "strain", "Strained relationships at home"
    YOUNGEST = "youngest", "Being the youngest child"
    LOSS = "loss", "Loss or bereavement"
    CONFLICT = "conflict", "Conflict or violence at home"
    STRESS = "stress", "High stress in the family, money worries included"
    HISTORY = "history", "Others in the family found school hard to attend"
    CARER = "carer", "Caring for somebody at home"
    SIBLINGS = "siblings", "Brothers or sisters who are at home in the day"
    CULTURE = "culture", "Settling into another culture or language"
    OTHER = "other", "Something else"


class SchoolStrength(Choice):
    """What may help at school."""

    ROUTINES = "routines", "Safe and predictable routines"
    WELCOME = "welcome", "A warm welcome"
    STAFF = "staff", "A good relationship with a member of staff"
    INTEREST = "interest", "Staff take a real interest in the child"
    TEACHING = "teaching", "Good teaching"
    FAMILY_LINK = "family_link", "School works well with the family"
    PEERS = "peers", "Good friendships"
    SUCCESS = "success", "Success at school"
    FLEXIBLE = "flexible", "School can be flexible"
    OTHER = "other", "Something else"


class ChildStrength(Choice):
    """What may help in the child."""

    INTERESTS = "interests", "Strengths and interests"
    AWARENESS = "awareness", "Knows what helps and what does not"
    STRATEGIES = "strategies", "Has ways to become calm again"
    AMBITION = "ambition", "Has plans for the future"
    MOTIVATION = "motivation", "Wants things to change"
    CONFIDENCE = "confidence", "Growing confidence"
    SAFE = "safe", "Feels safe somewhere at school"
    ACHIEVEMENT = "achievement", "Has known success"
    HEARD = "heard", "Feels listened to"
    GROUP = "group", "Belongs to a group"
    OTHER = "other", "Something else"


class FamilyStrength(Choice):
    """What may help in the family."""

    RELATIONSHIPS = "relationships", "Good relationships in family or neighbourhood"
    WILLING = "willing", "Ready to work with school and services"
    PARENTING = "parenting", "Confident, warm parenting"
    UNDERSTANDING = "understanding", "Understands what the child needs"
    OPEN = "open", "Open to new ways of doing things"
    OTHER = "other", "Something else"


SAFEGUARDING_RISKS = frozenset(
    {SchoolRisk.BULLYING, ChildRisk.TRAUMA, FamilyRisk.CONFLICT, FamilyRisk.CARER},
)
"""Risks that the designated safeguarding lead should look at."""


class Strength(Choice):
    """How strongly a factor is felt."""

    NONE = "none", "Not there"
    SOME = "some", "Some"
    STRONG = "strong", "Strong"
    NOT_KNOWN = "not_known", "Not known"


class Says(Choice):
    """Whose word a factor rests on."""

    PUPIL = "pupil", "The pupil"
    PARENT = "parent", "A parent or carer"
    STAFF = "staff", "School staff"
    PROFESSIONAL = "professional", "A professional"


class Priority(Choice):
    """How soon a factor should be worked on."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Confidence(Choice):
    """How sure the school is of what staying away does for the pupil."""

    SURE = "sure", "Quite sure: several people say the same"
    LIKELY = "likely", "Likely"
    GUESS = "guess", "A first guess"


class Function(Choice):
    """What staying away does for the pupil, in plain words."""

    AVOID = "avoid", "Keeps away bad feelings that school brings up"
    ESCAPE = "escape", "Keeps away from people, judgement or being watched"
    ATTENTION = "attention", "Keeps close to somebody who matters"
    REWARD = "reward", "Makes time for something better outside school"
    UNCLEAR = "unclear", "Not clear yet"
