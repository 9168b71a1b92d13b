"""Layers of a PDF (optional content): what those that are switched off hold is taken out; in the child process.

A pack has no layers of its own, so what a layer hides would show there. Which layers are off is what the document's
default configuration says for looking at it (ISO 32000-2, 8.11).
"""

from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Pdf,
    Stream,
)

Instruction = ContentStreamInstruction | ContentStreamInlineImage
_PAINTS: Final = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_SHOWS: Final = frozenset({"Tj", "TJ", "Do", "sh", "INLINE IMAGE"})
_DEEPEST: Final = 16


def flatten(source: Pdf) -> int:
    """Take out what hidden layers hold, and all layers with it; give how many were hidden."""
    layers = source.Root.get(Name.OCProperties)
    if not isinstance(layers, Dictionary):
        return 0
    hidden = _hidden(layers)
    del source.Root[Name.OCProperties]
    if hidden:
        taken_out = _TakenOut(source, hidden)
        for page in source.pages:
            taken_out.of_page(page.obj)
    return len(hidden)


def _hidden(layers: Dictionary) -> set[tuple[int, int]]:
    """Object numbers of the layers that are off as the document opens."""
    every = [layer for layer in _list(layers.get(Name.OCGs)) if isinstance(layer, Dictionary)]
    told = layers.get(Name.D)
    if not isinstance(told, Dictionary):
        return set()
    on, off = ({one.objgen for one in _list(told.get(key))} for key in (Name.ON, Name.OFF))
    if told.get(Name.BaseState) == Name.OFF:
        off = {layer.objgen for layer in every} - on
    for layer in every:
        state = _state_for_looking(layer, told)
        if state == Name.OFF:
            off.add(layer.objgen)
        if state == Name.ON or Name.View not in _list(layer.get(Name.Intent, Name.View)):
            off.discard(layer.objgen)
    return off


def _state_for_looking(layer: Dictionary, told: Dictionary) -> object:
    for rule in _list(told.get(Name.AS)):
        if not isinstance(rule, Dictionary) or rule.get(Name.Event) != Name.View:
            continue
        if layer.objgen in {one.objgen for one in _list(rule.get(Name.OCGs))}:
            look = layer.get(Name.Usage, Dictionary()).get(Name.View, Dictionary())
            return look.get(Name.ViewState)
    return None


def _list(value: object) -> list[Any]:
    """What an array holds, or the one thing that stands in its place; numbers and words are no layers."""
    held = list(value) if isinstance(value, Array) else [value]
    return [one for one in held if isinstance(one, Object)]


class _TakenOut:
    """Rewrites what pages draw, without what hidden layers hold."""

    def __init__(self, source: Pdf, hidden: set[tuple[int, int]]) -> None:
        self._source, self._hidden = source, hidden
        self._forms: set[tuple[int, int]] = set()

    def of_page(self, page: Object) -> None:
        boxes = page.get(Name.Annots)
        if isinstance(boxes, Array):
            shown = [box for box in boxes if not (isinstance(box, Dictionary) and self._is_off(box.get(Name.OC)))]
            page.Annots = Array(shown)
            for box in shown:
                self._of_looks(box)
        resources = page.get(Name.Resources)
        if isinstance(resources, Dictionary) and self._layered(resources):
            kept = list(self._kept(page, resources))
            page.Contents = self._source.make_stream(pikepdf.unparse_content_stream(kept))
        self._within(resources, 0)

    def _of_looks(self, box: object) -> None:
        looks = box.get(Name.AP) if isinstance(box, Dictionary) else None
        if isinstance(looks, Dictionary):
            self._within(
                Dictionary(XObject=Dictionary({key: form for key, form in looks.items() if _is_form(form)})), 0
            )

    def _within(self, resources: object, depth: int) -> None:
        held = resources.get(Name.XObject) if isinstance(resources, Dictionary) else None
        for form in held.values() if isinstance(held, Dictionary) and depth < _DEEPEST else ():
            if not _is_form(form) or form.objgen in self._forms:
                continue
            self._forms.add(form.objgen)
            inner = form.get(Name.Resources)
            if isinstance(inner, Dictionary) and self._layered(inner):
                form.write(pikepdf.unparse_content_stream(list(self._kept(form, inner))))
            self._within(inner, depth + 1)

    def _layered(self, resources: Dictionary) -> bool:
        """Whether anything that is drawn with these resources may be of a hidden layer."""
        named, drawn = _entries(resources, Name.Properties), _entries(resources, Name.XObject)
        return any(self._is_off(thing) for thing in (*named.values(), *map(_layer_of, drawn.values())))

    def _kept(self, drawing: Object, resources: Dictionary) -> Iterator[Instruction]:
        named, drawn = _entries(resources, Name.Properties), _entries(resources, Name.XObject)
        marks: list[bool] = []  # of what is marked here: whether that is of a hidden layer
        for instruction in pikepdf.parse_content_stream(drawing):
            name = str(instruction.operator)
            if name in {"BMC", "BDC"}:
                marks.append(self._is_off(named.get(_layer_named(instruction))))
            if any(marks):
                yield from _unpainted(instruction)
            elif not (name == "Do" and self._is_off(_layer_of(drawn.get(str(instruction.operands[0]))))):
                yield instruction
            if name == "EMC" and marks:
                marks.pop()

    def _is_off(self, group: object, depth: int = 0) -> bool:
        """Whether a layer, or a membership of several, is switched off."""
        if not isinstance(group, Dictionary) or depth > _DEEPEST:
            return False
        if group.get(Name.Type) != Name.OCMD:
            return group.objgen in self._hidden
        if isinstance(rule := group.get(Name.VE), Array) and len(rule):
            return not self._holds(rule, depth + 1)
        on = [not self._is_off(one, depth + 1) for one in _list(group.get(Name.OCGs)) if isinstance(one, Dictionary)]
        policy = group.get(Name.P, Name.AnyOn)
        shown = {"/AllOn": all(on), "/AnyOff": not all(on), "/AllOff": not any(on)}.get(str(policy), any(on))
        return bool(on) and not shown

    def _holds(self, rule: object, depth: int) -> bool:
        if not isinstance(rule, Array):
            return not self._is_off(rule, depth)
        if depth > _DEEPEST or not len(rule):
            return True
        held = [self._holds(rule[at], depth + 1) for at in range(1, len(rule))]
        return not all(held) if rule[0] == Name.Not else any(held) if rule[0] == Name.Or else all(held)


def _entries(resources: Dictionary, key: Name) -> dict[str, Any]:
    held = resources.get(key)
    return dict(held.items()) if isinstance(held, Dictionary) else {}


def _layer_named(instruction: Instruction) -> str:
    """The name by which marked content says its layer; empty where it is marked as something else."""
    mark, *named = instruction.operands
    return str(named[0]) if mark == Name.OC and named and isinstance(named[0], Name) else ""


def _layer_of(thing: object) -> object:
    return thing.get(Name.OC) if isinstance(thing, Stream) else None


def _is_form(thing: object) -> bool:
    return isinstance(thing, Stream) and thing.get(Name.Subtype) == Name.Form


def _unpainted(instruction: Instruction) -> Iterator[Instruction]:
    """What is left of an instruction where nothing may be painted: clips, colours, places and typefaces count on."""
    name = str(instruction.operator)
    if name in _PAINTS:
        yield _plain("n")
    elif name == "'":
        yield _plain("T*")
    elif name == '"':
        words, letters, _ = instruction.operands
        yield from (_plain("Tw", words), _plain("Tc", letters), _plain("T*"))
    elif name not in _SHOWS:
        yield instruction


def _plain(operator: str, *operands: Any) -> Instruction:  # noqa: ANN401 - whatever stood there
    return ContentStreamInstruction(operands, Operator(operator))
