"""The form of a resource type's ARN: which ARNs have it, and how one is made of names.

arn:${Partition}:sagemaker:${Region}:${Account}:endpoint/${EndpointName}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from string import Template

from local_sagemaker.protocol.account import partition_of

_VARIABLE = re.compile(r"\$\{(\w+)\}")
_GIVEN = ("Partition", "Region", "Account")


@dataclass(frozen=True)
class ArnFormat:
    """A form with its variables."""

    text: str

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The variables which a call's parameters have to give."""
        return tuple(name for name in _VARIABLE.findall(self.text) if name not in _GIVEN)

    def matches(self, arn: str) -> bool:
        return self._pattern.fullmatch(arn) is not None

    def arns(
        self, region: str, account: str, values: Mapping[str, tuple[str, ...]]
    ) -> Iterator[str]:
        """An ARN for each combination of values; a variable without any is `*`."""
        given = {"Partition": partition_of(region), "Region": region, "Account": account}
        names = self.variables
        for chosen in product(*(values.get(name) or ("*",) for name in names)):
            known = given | dict(zip(names, chosen, strict=True))
            yield Template(self.text).substitute(known)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Names may have slashes, but no colons: those of log groups, secrets and parameters do."""
        parts = _VARIABLE.split(self.text)
        literals = [re.escape(part) for part in parts[::2]]
        names = [r"[^:/]*" if name in _GIVEN else r"[^:]+?" for name in parts[1::2]]
        return re.compile("".join(a + b for a, b in zip(literals, [*names, ""], strict=True)))


@cache
def arn_format(text: str) -> ArnFormat:
    return ArnFormat(text)
