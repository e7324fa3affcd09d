"""Two small pictures as SVG, which need no script."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tuning.report.formats import number
from tuning.report.html import html, join
from tuning.variables.answers import CalibrationPart, ResidualPart

SIZE, EDGE = 200, 24  # of the drawing, and of the space around it for its labels


def calibration_plot(parts: Sequence[CalibrationPart]) -> Markup:
    """A point a part; the axes begin at 0 and end where the largest of both does."""
    top = max([0.01, *(max(part.predicted, part.actual) for part in parts)])
    points = join(
        html(
            "<circle cx='{}' cy='{}' r='4' fill='currentColor'><title>{}</title></circle>",
            f"{EDGE + SIZE * part.predicted / top:.1f}",
            f"{EDGE + SIZE * (1 - part.actual / top):.1f}",
            f"{part.rows} rows: predicted {part.predicted:.1%}, of class 1 {part.actual:.1%}",
        )
        for part in parts
    )
    line = html(
        "<line x1='{}' y1='{}' x2='{}' y2='{}' stroke='currentColor' stroke-opacity='0.4'/>",
        *map(str, (EDGE, EDGE + SIZE, EDGE + SIZE, EDGE)),
    )
    said = "; ".join(f"{part.predicted:.0%} predicted, {part.actual:.0%} true" for part in parts)
    return _drawing(join([line, points]), f"Calibration: {said}", "0", f"{top:.0%} predicted")


def residual_plot(parts: Sequence[ResidualPart]) -> Markup:
    """A bar a part."""
    most = max(part.rows for part in parts) or 1
    width = SIZE / len(parts)
    bars = join(
        html(
            "<rect x='{}' y='{}' width='{}' height='{}' fill='currentColor' fill-opacity='0.6'>"
            "<title>{}</title></rect>",
            f"{EDGE + index * width:.1f}",
            f"{EDGE + SIZE * (1 - part.rows / most):.1f}",
            f"{width - 1:.1f}",
            f"{SIZE * part.rows / most:.1f}",
            f"{part.rows} rows from {number(part.low, 3)} to {number(part.high, 3)}",
        )
        for index, part in enumerate(parts)
    )
    said = "; ".join(f"{part.rows} from {number(part.low, 3)}" for part in parts)
    low, high = number(parts[0].low, 3), number(parts[-1].high, 3)
    return _drawing(bars, f"Rows by residual: {said}", low, high)


def _drawing(content: Markup, said: str, low: str, high: str) -> Markup:
    side = SIZE + 2 * EDGE
    base = str(EDGE + SIZE)
    return html(
        "<svg viewBox='0 0 {0} {0}' width='{0}' height='{0}' role='img' aria-label='{1}'>"
        "<line x1='{2}' y1='{3}' x2='{3}' y2='{3}' stroke='currentColor'/>{4}"
        "<text x='{2}' y='{5}' font-size='11' fill='currentColor'>{6}</text>"
        "<text x='{3}' y='{5}' font-size='11' fill='currentColor' text-anchor='end'>{7}</text>"
        "</svg>",
        str(side),
        said,
        str(EDGE),
        base,
        content,
        str(EDGE + SIZE + 16),
        low,
        high,
    )
