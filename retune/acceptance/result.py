"""What became of each claim in an acceptance run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from retune.acceptance.claims import Claim
from retune.acceptance.progress import Played
from retune.acceptance.scenario import Scenario


class Status(StrEnum):
    """The last three say nothing against a claim."""

    HOLDS = "holds"
    REFUTED = "refuted"
    FAULT = "fault"  # the scenario came to no end, or has not shown the claim
    NOT_TRIED = "not tried"
    NEEDS_ACCOUNT = "needs an account"
    BY_HAND = "by hand"


@dataclass(frozen=True)
class Result:
    """`text` is what was seen, beside what was expected if that is something else."""

    claim: Claim
    status: Status
    text: str = ""

    @property
    def is_red(self) -> bool:
        return self.status in (Status.REFUTED, Status.FAULT)

    def as_document(self) -> dict[str, str | None]:
        """For programs."""
        return {
            "Claim": self.claim.id,
            "Status": self.status.value,
            "Scenario": self.claim.scenario,
            "Text": self.text,
        }


def results(
    claims: Iterable[Claim],
    scenarios: Mapping[str, Scenario],
    played: Mapping[str, Played],
    *,
    local: bool,
) -> Iterator[Result]:
    """One for each claim, in their order."""
    for claim in claims:
        if claim.scenario is None:
            yield Result(claim, Status.BY_HAND, claim.by_hand or "")
            continue
        reason = scenarios[claim.scenario].needs_account.get(claim.id) if local else None
        if reason:
            yield Result(claim, Status.NEEDS_ACCOUNT, reason)
        elif claim.scenario in played:
            yield _seen(claim, played[claim.scenario])
        else:
            yield Result(claim, Status.NOT_TRIED)


def _seen(claim: Claim, played: Played) -> Result:
    """A claim that was looked at several times holds if it held each time."""
    own = [each for each in played.observations if each.claim == claim.id]
    broken = [each for each in own if not each.holds]
    if broken:
        text = "; ".join(f"expected {each.expected}, seen {each.seen}" for each in broken)
        return Result(claim, Status.REFUTED, text)
    if played.fault or not own:
        return Result(claim, Status.FAULT, played.fault or "The scenario did not look at it.")
    return Result(claim, Status.HOLDS, "; ".join(each.seen for each in own))
