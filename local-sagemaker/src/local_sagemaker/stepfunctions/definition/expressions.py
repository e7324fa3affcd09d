"""What Step Functions refuses of JSONata at creation.

An expression is parsed, and has no context item to read: its input is `$states.input`. So a name
at the top level is refused, and of `$states` a member that the field does not have. A name that is
looked for in what a step before has found (`$states.input.items[price > 3]`) is another matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.queries.jsonata.syntax import inner, is_expression, parse
from local_sagemaker.stepfunctions.queries.reader import QuerySyntaxError

INVALID = "INVALID_JSONATA_EXPRESSION"
UNSUPPORTED = "UNSUPPORTED_JSONATA_EXPRESSION"
EVERYWHERE = frozenset({"input", "context"})

_OF_CONTEXT = ("name", "wildcard", "descendant")
_CHILDREN = ("lhs", "rhs", "expression", "condition", "then", "_else", "body", "procedure")
_LISTS = ("expressions", "arguments")
_OF_A_STEP = ("pattern", "update", "delete")


def expression_faults(
    text: str, place: Place, members: frozenset[str] = EVERYWHERE
) -> Iterator[Fault]:
    """Faults of a string that begins with `{%`; `members` are those that `$states` has there."""
    if not is_expression(text):
        yield place.fault("JSONata string must start with {% and end with %}")
        return
    try:
        found = _references(inner(text))
    except QuerySyntaxError as fault:
        yield place.fault(str(fault), INVALID)
        return
    for name in found:
        if name == "$$":
            yield place.fault("Reference to '$$' is not supported.", UNSUPPORTED)
        elif not name.startswith("$states."):
            message = f"Reference to '{name}' at the top level is not supported."
            yield place.fault(message, UNSUPPORTED)
        elif name.removeprefix("$states.") not in members:
            yield place.fault(f"Field '{name}' does not exist.", UNSUPPORTED)


@lru_cache(maxsize=2048)
def _references(expression: str) -> tuple[str, ...]:
    """What it reads of the top level, `$$` and members of `$states`, each once and in order."""
    return tuple(dict.fromkeys(_read(parse(expression).ast, True)))


def _read(node: Any, at_top: bool) -> Iterator[str]:
    """`at_top` says whether a name is looked for in the context item, of which there is none."""
    if node is None:
        return
    if node.type == "path":
        yield from _read_path(node, at_top)
    elif node.type in _OF_CONTEXT and at_top:
        yield str(node.value)
    elif node.type == "variable" and (node.value == "$" or (node.value == "" and at_top)):
        yield f"${node.value}"
    if node.type != "path":
        yield from _read_inside(node, at_top)
    for stage in [*(node.predicate or ()), *(node.stages or ())]:
        yield from _read(stage.expr, False)
    for pair in node.group.lhs_object if node.group else ():
        for part in pair:
            yield from _read(part, False)


def _read_path(path: Any, at_top: bool) -> Iterator[str]:
    first, *later = path.steps
    yield from _read(first, at_top)
    is_states = first.type == "variable" and first.value == "states"
    if is_states and later and later[0].type == "name":
        yield f"$states.{later[0].value}"
    for step in later:
        yield from _read(step, False)
        for term in step.terms or ():
            yield from _read(term.expression, False)


def _read_inside(node: Any, at_top: bool) -> Iterator[str]:
    for name in _CHILDREN:
        child = getattr(node, name, None)
        if hasattr(child, "type") and not (name == "lhs" and node.type == "bind"):
            yield from _read(child, at_top)
    for name in _LISTS if node.type != "lambda" else ():
        for child in getattr(node, name, None) or ():
            yield from _read(child, at_top)
    for pair in node.lhs_object or () if node.type == "unary" else ():
        for part in pair:
            yield from _read(part, at_top)
    for name in _OF_A_STEP if node.type == "transform" else ():
        yield from _read(getattr(node, name, None), False)
