"""Which part of the execution input a path leads to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from tuning.execution_input.sagemaker_model import SageMakerModel


def model_at(root: type[SageMakerModel], path: Sequence[int | str]) -> type[SageMakerModel]:
    """The model of the object at a path of pydantic's; of several, as of a range, the first.

    Parts that are no member, such as the branch of a union, are passed over.
    """
    here: list[Any] = [root]
    for part in path:
        here = [inner for type_ in here for inner in _below(type_, part)] or here
    models: Iterator[type[SageMakerModel]] = filter(_is_model, here)
    return next(models)


def _below(type_: Any, part: int | str) -> Iterator[Any]:
    if _is_model(type_):
        for field in type_.model_fields.values():
            if field.alias == part:
                yield from _types(field.annotation)
    elif get_origin(type_) in (dict, list):
        yield from _types(get_args(type_)[-1])


def _types(annotation: Any) -> Iterator[Any]:
    """The alternatives of an annotation."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _types(arguments[0])
    elif origin in (Union, UnionType):
        for argument in arguments:
            yield from _types(argument)
    else:
        yield annotation


def _is_model(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, SageMakerModel)
