"""The JSON Schema of ``referral.json``, derived from the questions: answers as typed, not as judged."""

from collections.abc import Iterable
from typing import Any

from forms.catalogue import PAGES, pages_of
from forms.kit.ask import Card, Fields, Question, Widget, questions
from forms.kit.authority import AuthorityProfile
from forms.own import OWN_ID, is_own
from wizard.case import FORMAT

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer"}
_DATE: Schema = {
    "oneOf": [
        {"type": "string", "format": "date"},
        {
            "type": "object",
            "properties": {"day": _TEXT, "month": _TEXT, "year": _TEXT},
            "additionalProperties": False,
        },
    ]
}


def referral_schema(councils: Iterable[AuthorityProfile] = ()) -> Schema:
    """The schema, draft 2020-12, with the pages that these councils add; of other councils' pages it knows the ids."""
    own = [page for council in councils for page in pages_of(council).values() if is_own(page.id)]
    pages = {page.id: _fields(page) for page in (*PAGES.values(), *own)}
    texts = {"type": "object", "additionalProperties": _TEXT}
    authority = {
        "type": "object",
        "properties": {"id": _TEXT, "version": _TEXT, "known": {"type": "object"}},
        "required": ["id"],
    }
    properties = {
        "format": {"const": FORMAT},
        "reference": _TEXT,
        "authority": authority,
        "answers": {
            "type": "object",
            "properties": pages,
            "patternProperties": {OWN_ID: {"type": "object"}},
            "additionalProperties": False,
        },
        "not_known": {**texts, "description": "“page.field” to the reason why it is not known"},
        "reasons": {**texts, "description": "requirement id to the reason for going on without it"},
        "signatures": {"type": "array", "items": _record("role", "name", "method", "when", "statement", "digest")},
        "evidence": {"type": "array", "items": _evidence()},
        "diary": {"type": "array", "items": {"type": "object"}},
        "origins": {
            "type": "object",
            "additionalProperties": _record("source", "kind", "confirmed"),
            "description": "“page.field” to where an answer came from that nobody typed, and when it was confirmed",
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Section 19 referral",
        "type": "object",
        "required": ["format", "authority", "answers"],
        "properties": properties,
        "additionalProperties": False,
    }


def _fields(model: type[Fields]) -> Schema:
    properties = {q.name: {**_answer(q), "title": q.ask.label} for q in questions(model)}
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    task = getattr(model, "task", "")
    return {**schema, "title": task} if task and not issubclass(model, Card) else schema


def _answer(question: Question) -> Schema:
    choices = {"enum": [str(choice) for choice in question.choices]}
    if question.card is not None:
        return {"type": "array", "items": _fields(question.card)}
    if question.widget is Widget.CHECKBOXES:
        return {"type": "array", "items": choices}
    if question.choices:
        return choices
    if question.widget is Widget.DATE:
        return _DATE
    if question.widget is Widget.NUMBER:
        return {"type": ["string", "number"]}
    if question.widget is Widget.REGISTER:
        return _register()
    return _TEXT


def _register() -> Schema:
    texts = {"type": "array", "items": _TEXT}
    names = ("possible", "attended", "authorised", "unauthorised")
    totals = {"type": "object", "properties": dict.fromkeys(names, _NUMBER), "additionalProperties": False}
    properties = {"file": _TEXT, "sessions": _sessions(), "totals": totals, "not_understood": texts, "notices": texts}
    return {"type": "object", "properties": properties, "required": ["sessions"]}


def _sessions() -> Schema:
    session = {"date": {"type": "string", "format": "date"}, "session": {"enum": ["AM", "PM"]}, "code": _TEXT}
    return {"type": "array", "items": {"type": "object", "properties": session, "required": sorted(session)}}


def _record(*required: str) -> Schema:
    return {"type": "object", "properties": dict.fromkeys(required, _TEXT), "required": list(required)}


def _treatment() -> Schema:
    part = {"type": "number", "minimum": 0, "maximum": 1}
    four = {"type": "array", "items": part, "minItems": 4, "maxItems": 4}
    area = {"type": "object", "properties": {"page": {"type": "integer", "minimum": 1}, "box": four}}
    properties = {
        "crop": four,
        "straighten": {"type": "number", "minimum": -45, "maximum": 45},
        "areas": {"type": "array", "items": area | {"required": ["page", "box"]}},
        "words": {"type": "array", "items": _TEXT},
    }
    return {"type": "object", "properties": properties}


def _evidence() -> Schema:
    page, turn = {"type": "integer", "minimum": 1}, {"enum": [0, 90, 180, 270]}
    numbers = {"type": "array", "items": page}
    turned = {"type": "object", "properties": {"page": page, "degrees": turn}, "required": ["page", "degrees"]}
    properties = {
        "file": _TEXT,
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "answers": {"type": "array", "items": _TEXT},
        "title": _TEXT,
        "date": {"type": "string", "format": "date"},
        "rotate": turn | {"description": "degrees clockwise by which every page is turned"},
        "turned": {"type": "array", "items": turned, "description": "pages that are turned otherwise"},
        "omit": numbers,
        "order": numbers,
        "within": _TEXT,
        "cleared": {"type": "array", "items": _TEXT},
        "kind": _TEXT,
        "why": _TEXT,
        "treatment": _treatment(),
    }
    return {"type": "object", "properties": properties, "required": ["file"]}
