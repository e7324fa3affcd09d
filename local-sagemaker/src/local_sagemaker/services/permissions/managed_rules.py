"""Whether a state machine's role may have the rules made that tell of the ends of its tasks."""

from __future__ import annotations

from local_sagemaker.iam.needs.managed_rules import managed_rule_needs
from local_sagemaker.services.permissions.decisions import verdict_of
from local_sagemaker.services.permissions.identities import of_session

_SESSION = "StepFunctions"


def lacks_rules(role: str, definition: str, region: str) -> bool:
    """Whether the role's policies do not let Step Functions make the rules of a definition."""
    identity = of_session(role, _SESSION)
    needs = managed_rule_needs(definition, region, identity.principal.account)
    return not all(verdict_of(identity, need, {}).is_allowed for need in needs)
