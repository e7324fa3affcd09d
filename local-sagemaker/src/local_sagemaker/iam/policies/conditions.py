"""Conditions of statements: operators, IfExists, and keys with several values."""

from __future__ import annotations

from dataclasses import dataclass

from local_sagemaker.iam.policies.comparisons import COMPARISONS, NEGATIONS
from local_sagemaker.iam.policies.variables import Context, resolved

_IF_EXISTS = "ifexists"
_NULL = "null"


class UnknownOperator(ValueError):
    """A policy names an operator that IAM does not have."""


@dataclass(frozen=True)
class Condition:
    """One key of one operator with the values of which one has to match.

    `quantifier` is forallvalues, foranyvalue or empty; `comparison` is the operator without its
    negation, or null.
    """

    key: str
    values: tuple[str, ...]
    comparison: str
    negated: bool = False
    quantifier: str = ""
    if_exists: bool = False

    @classmethod
    def read(cls, operator: str, key: str, values: tuple[str, ...]) -> Condition:
        """Raises UnknownOperator."""
        quantifier, _, name = operator.lower().rpartition(":")
        if_exists = name.endswith(_IF_EXISTS)
        name = name.removesuffix(_IF_EXISTS)
        comparison = NEGATIONS.get(name, name)
        is_known = comparison in COMPARISONS or (comparison == _NULL and not if_exists)
        if not is_known or quantifier not in ("", "forallvalues", "foranyvalue"):
            raise UnknownOperator(operator)
        return cls(key.lower(), values, comparison, name in NEGATIONS, quantifier, if_exists)

    def holds(self, context: Context) -> bool:
        """Whether the request fulfils it.

        A key that the request does not have fulfils negated operators, ...IfExists and
        ForAllValues ("Multivalued context keys"), and no other.
        """
        given = context.get(self.key, ())
        if self.comparison == _NULL:
            return any((value.lower() == "true") == (not given) for value in self.values)
        if not given:
            if self.quantifier:
                return self.if_exists or self.quantifier == "forallvalues"
            return self.if_exists or self.negated
        wanted = [each for value in self.values if (each := resolved(value, context)) is not None]
        if self.quantifier == "forallvalues":
            return all(self._fits(wanted, value) for value in given)
        if self.quantifier == "foranyvalue" or not self.negated:
            return any(self._fits(wanted, value) for value in given)
        return all(self._fits(wanted, value) for value in given)

    def _fits(self, wanted: list[str], given: str) -> bool:
        compare = COMPARISONS[self.comparison]
        return any(compare(each, given) for each in wanted) != self.negated
