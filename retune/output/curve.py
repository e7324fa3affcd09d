"""A curve in one line of text."""

from collections.abc import Sequence

_HEIGHTS = "▁▂▃▄▅▆▇█"


def curve(values: Sequence[float], columns: int) -> str:
    """A block for each value, or for so many of them as there are columns, the last among them."""
    step = max(1, -(-len(values) // columns))
    shown = values[::-1][::step][::-1]
    low, high = min(shown), max(shown)
    if low == high:
        return _HEIGHTS[0] * len(shown)
    top = len(_HEIGHTS) - 1
    return "".join(_HEIGHTS[round((value - low) / (high - low) * top)] for value in shown)
