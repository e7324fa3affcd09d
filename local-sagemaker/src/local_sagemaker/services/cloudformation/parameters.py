"""The values of a template's parameters: given, taken over, by default or from Parameter Store.

Source: "Parameters" of the CloudFormation user guide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.acting import acting_client
from local_sagemaker.services.cloudformation.errors import ValidationError
from local_sagemaker.services.cloudformation.functions import text_of

_FROM_STORE = "AWS::SSM::Parameter::Value<"
_MASK = "****"


@dataclass(frozen=True)
class Parameters:
    """`given` is text, as CloudFormation keeps it; `values` are what Ref gives: text, or a list.

    A Number is checked as one and is text wherever the template uses it.
    """

    declared: dict[str, Any]
    given: dict[str, str]
    values: dict[str, str | list[str]]

    def described(self) -> list[dict[str, str]]:
        """As DescribeStacks shows them."""
        shown = []
        for name, text in self.given.items():
            declared = self.declared[name]
            hidden = text_of(declared.get("NoEcho", False)).lower() == "true"
            one = {"ParameterKey": name, "ParameterValue": _MASK if hidden else text}
            if declared["Type"].startswith(_FROM_STORE):
                one["ResolvedValue"] = text_of(self.values[name])
            shown.append(one)
        return shown


def parameters_of(
    template: Mapping[str, Any],
    asked: Iterable[Mapping[str, Any]],
    previous: Mapping[str, str],
    region: str,
) -> Parameters:
    """`asked` as in a request; `previous` are the stack's own. Raises ValidationError."""
    declared = template.get("Parameters", {})
    given = _given(declared, asked, previous)
    texts = {
        name: given.get(name, text_of(parameter["Default"]) if "Default" in parameter else None)
        for name, parameter in declared.items()
    }
    missing = [name for name, text in texts.items() if text is None]
    if missing:
        raise ValidationError(f"Parameters: [{', '.join(missing)}] must have values")
    known = {name: text for name, text in texts.items() if text is not None}
    for name, text in known.items():
        _check(name, text, declared[name])
    values = {name: _value(text, declared[name]["Type"], region) for name, text in known.items()}
    return Parameters(declared, known, values)


def _given(
    declared: Mapping[str, Any], asked: Iterable[Mapping[str, Any]], previous: Mapping[str, str]
) -> dict[str, str]:
    given: dict[str, str] = {}
    for one in asked:
        name, value = one["ParameterKey"], one.get("ParameterValue")
        if not one.get("UsePreviousValue"):
            given[name] = text_of(value if value is not None else "")
        elif value:
            raise _previous_error(name, "and non empty value for a parameter")
        elif name not in previous:
            raise _previous_error(name, "for a parameter key not in the previous template")
        else:
            given[name] = previous[name]
    unknown = [name for name in given if name not in declared]
    if unknown:
        raise ValidationError(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    return given


def _previous_error(name: str, what: str) -> ValidationError:
    return ValidationError(
        f"Invalid input for parameter key {name}. Cannot specify usePreviousValue as true {what}"
    )


def _check(name: str, text: str, declared: Mapping[str, Any]) -> None:
    rule = _broken_rule(text, declared)
    if rule:
        said = declared.get("ConstraintDescription")
        words = f"Parameter {name} failed to satisfy constraint: {said}" if said else ""
        raise ValidationError(words or f"Parameter '{name}' {rule}")


def _broken_rule(text: str, declared: Mapping[str, Any]) -> str:
    kind = declared["Type"]
    items = text.split(",") if kind in ("CommaDelimitedList", "List<Number>") else [text]
    allowed = declared.get("AllowedValues")
    if allowed is not None and not set(items) <= {text_of(each) for each in allowed}:
        return "must be one of AllowedValues"
    if kind in ("Number", "List<Number>"):
        return next((rule for item in items if (rule := _broken_number_rule(item, declared))), "")
    if len(text) < int(declared.get("MinLength", 0)):
        return f"must contain at least {declared['MinLength']} characters"
    if len(text) > int(declared.get("MaxLength", len(text))):
        return f"must contain at most {declared['MaxLength']} characters"
    pattern = declared.get("AllowedPattern")
    if pattern is not None and not all(re.fullmatch(pattern, item) for item in items):
        return f"must match pattern {pattern}"
    return ""


def _broken_number_rule(text: str, declared: Mapping[str, Any]) -> str:
    try:
        number = float(text)
    except ValueError:
        return "must be a number"
    if number < float(declared.get("MinValue", number)):
        return f"must be a number not less than {declared['MinValue']}"
    if number > float(declared.get("MaxValue", number)):
        return f"must be a number not greater than {declared['MaxValue']}"
    return ""


def _value(text: str, kind: str, region: str) -> str | list[str]:
    if kind.startswith(_FROM_STORE):
        text, kind = _stored(text, region), kind.removeprefix(_FROM_STORE).removesuffix(">")
    if kind == "CommaDelimitedList" or kind.startswith("List<"):
        return [item.strip() for item in text.split(",")] if text else []
    return text


def _stored(name: str, region: str) -> str:
    try:
        found = acting_client("ssm", region).get_parameter(Name=name)
    except ClientError as error:
        raise ValidationError(
            f"Unable to fetch parameters [{name}] from parameter store for this account."
        ) from error
    value: str = found["Parameter"]["Value"]
    return value
