"""Whether what is deployed is what this tree would deploy."""

from __future__ import annotations

from collections.abc import Iterator

from retune.deployment.cdk import synthesized
from retune.deployment.deployed_template import Template, synthesized_template
from retune.doctor.finding import Finding, ok, warn
from retune.doctor.patient import Patient

_SHOWN = 3


def drift(patient: Patient) -> Iterator[Finding]:
    """By resources of the two templates; what somebody has changed by hand is not seen here."""
    with synthesized(patient.context) as assembly:
        new = synthesized_template(assembly, patient.stack_name)
    changed = _changed(patient.template, new)
    if not changed:
        yield ok("version", "What is deployed is what this tree would deploy.")
        return
    more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
    yield warn(
        "version",
        f"This tree would change {', '.join(changed[:_SHOWN])}{more}. Run `retune deploy`.",
    )


def _changed(old: Template, new: Template) -> list[str]:
    before, after = old.get("Resources", {}), new.get("Resources", {})
    names = {*before, *after}
    kinds = {name: (before.get(name) or after.get(name))["Type"] for name in names}
    return sorted(
        name
        for name in names
        if before.get(name) != after.get(name) and kinds[name] != "AWS::CDK::Metadata"
    )
