"""Conditions that bind rights to what carries this deployment's tag.

Names alone do not: bank-*, which the deployment `bank` may touch, are names of `bank-prod` too.
AWS's own policy AmazonSageMakerHyperPodInferenceAccess binds the same actions on models, endpoint
configs and endpoints by the same keys.
"""

from tuning.tags import PREFIX_TAG

Conditions = dict[str, dict[str, str | list[str]]]


class TagConditions:
    """Of a deployment, by its name prefix, which is the value of the tag retune:prefix."""

    def __init__(self, name_prefix: str) -> None:
        self._prefix = name_prefix

    @property
    def own(self) -> Conditions:
        """Only what this deployment has made."""
        return {"StringEquals": {f"aws:ResourceTag/{PREFIX_TAG}": self._prefix}}

    @property
    def not_of_others(self) -> Conditions:
        """Also what has no such tag, since a person has made it; nothing of another deployment."""
        return {"StringEqualsIfExists": {f"aws:ResourceTag/{PREFIX_TAG}": self._prefix}}

    @property
    def made_with_it(self) -> Conditions:
        """Nothing is made without the tag: it could be neither stopped nor deleted."""
        return {"StringEquals": {f"aws:RequestTag/{PREFIX_TAG}": self._prefix}}


def as_it_is_made(operation: str) -> Conditions:
    """Tags are put on nothing that is there: what carries the tag of another keeps it."""
    return {"StringEquals": {"sagemaker:TaggingAction": operation}}
