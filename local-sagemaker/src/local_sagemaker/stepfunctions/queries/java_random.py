"""The random numbers of Java, which Step Functions gives for a seed."""

from __future__ import annotations

_MULTIPLIER = 0x5DEECE66D
_MASK = (1 << 48) - 1


def seeded_fraction(seed: int) -> float:
    """The first `nextDouble()` of `java.util.Random(seed)`: of [0, 1).

    `$random(42)` is 0.7275636800328681 on AWS.
    """
    state = (seed ^ _MULTIPLIER) & _MASK
    state = (state * _MULTIPLIER + 0xB) & _MASK
    high = state >> 22
    state = (state * _MULTIPLIER + 0xB) & _MASK
    low = state >> 21
    return ((high << 27) + low) / (1 << 53)
