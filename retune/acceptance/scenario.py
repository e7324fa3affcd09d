"""What a scenario is, and what it has seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tuning.prices.offer import Usage

from retune.acceptance.stage import Stage


@dataclass(frozen=True)
class Observation:
    """What AWS did, beside what a claim says; `expected` and `seen` are words for a person."""

    claim: str
    expected: str
    seen: str
    holds: bool


def equals(claim: str, expected: object, seen: object) -> Observation:
    """The claim holds if both are the same."""
    return Observation(claim, str(expected), str(seen), expected == seen)


def contains(claim: str, words: str, text: str) -> Observation:
    """The claim holds if AWS's text has the words in it; an empty text is no refusal."""
    return Observation(claim, f"… {words} …", text or "no refusal", words in text)


def refusal(claim: str, code: str, subject: str, text: str) -> Observation:
    """The claim holds if AWS refuses with this error and names the subject, in any case.

    Without the subject a refusal for something else, such as a role, would prove the claim.
    """
    holds = text.startswith(f"{code}: ") and subject.lower() in text.lower()
    return Observation(claim, f"{code}: … {subject} …", text or "no refusal", holds)


@dataclass(frozen=True)
class Bound:
    """Hours of an instance type that a scenario uses at most; processing costs as training does."""

    usage: Usage
    instance_type: str
    hours: float


@dataclass(frozen=True)
class Scenario:
    """A story that shows some claims.

    `minutes` is how long it takes at most in an account; waits end after it. `settings` are those
    of the deployment it needs. What local AWS cannot show of it has a reason in `needs_account`.
    """

    name: str
    about: str
    claims: tuple[str, ...]
    minutes: int
    play: Callable[[Stage], Iterator[Observation]]
    bounds: tuple[Bound, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    needs_account: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_local_at_all(self) -> bool:
        """Whether local AWS can show any of its claims."""
        return not set(self.claims) <= self.needs_account.keys()
