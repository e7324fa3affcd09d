"""What CreatePipeline refuses of a condition."""

from __future__ import annotations

from typing import Any

from local_sagemaker.sagemaker.pipelines.expecting import expect_list, expect_object
from local_sagemaker.sagemaker.pipelines.faults import unparsable

COMPARISONS = (
    "Equals",
    "NotEquals",
    "GreaterThan",
    "GreaterThanOrEqualTo",
    "LessThan",
    "LessThanOrEqualTo",
)
_SIDES = {"LeftValue", "RightValue"}
# In: as the SDK writes it, and as the published JSON schema has it.
MEMBERSHIPS = ({"QueryValue", "Values"}, {"Value", "In"})


def check_condition(condition: Any) -> None:
    """Raises ValidationException for what is no condition."""
    kind = expect_object(condition).get("Type")
    given = set(condition) - {"Type"}
    if kind in COMPARISONS:
        _expect(condition, _SIDES)
    elif kind in ("In", "NotIn"):
        _expect(condition, next((each for each in MEMBERSHIPS if each & given), MEMBERSHIPS[0]))
        expect_list(condition["Values"] if "Values" in condition else condition["In"])
    elif kind == "Not":
        _expect(condition, {"Condition"})
        check_condition(condition["Condition"])
    elif kind == "Or":
        _expect(condition, {"Conditions"})
        for each in expect_list(condition["Conditions"]):
            check_condition(each)
    else:
        raise unparsable(
            f"Condition Type {kind!r} is none of {', '.join(COMPARISONS)}, In, NotIn, Not, Or."
        )


def _expect(condition: dict[str, Any], properties: set[str]) -> None:
    expect_object(condition, {"Type"} | properties)
    for name in sorted(properties - set(condition)):
        raise unparsable(f"Condition of Type {condition['Type']} needs {name}.")
