"""The charts of the page, drawn by Optuna from the trials."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import optuna.visualization as draw
import plotly.graph_objects as go
from optuna import Study
from optuna.study import StudyDirection
from plotly.colors import sample_colorscale

from tuning.report.search import Search
from tuning.report.search_space import NumericRange, Range
from tuning.report.study import make_study
from tuning.report.varied import choose_pair, shared_hyperparameters, varied_hyperparameters

FEW_DECADES = 4
# From early or poor to late or good; both ends show on a light page and on a dark one.
COLOURS = [[0, "#e39a2d"], [1, "#2a7fd4"]]


@dataclass(frozen=True)
class Figure:
    """A chart with a heading and a sentence on how to read it.

    Where the page has less than `least_rem`, the chart is scrolled instead of made smaller.
    """

    title: str
    caption: str
    plot: go.Figure
    wide: bool = True
    least_rem: int = 18


def draw_figures(search: Search, importances: dict[str, float]) -> list[Figure]:
    """As many charts as the trials can carry: one trial shows no relation of anything."""
    study, metric, ranges = make_study(search), search.metric_name, search.ranges
    varied, shared = varied_hyperparameters(search), shared_hyperparameters(search)
    pair = choose_pair(shared, list(importances))
    if not search.trials:
        return []
    return [
        _history(study, metric),
        *(_slice(study, ranges[name], metric) for name in varied),
        *([_contour(study, [ranges[name] for name in pair], metric)] if pair else []),
        *([_importances(importances)] if importances else []),
        *([_parallel(study, shared, metric)] if len(shared) > 1 else []),
    ]


def _history(study: Study, metric: str) -> Figure:
    plot = draw.plot_optimization_history(study, target_name=metric)
    for trace in plot.data:
        trace.x = [number + 1 for number in trace.x]  # SageMaker counts from 1
    plot.update_traces(line_shape="hv", selector={"mode": "lines"})
    plot.update_layout(
        legend={"orientation": "h", "y": 1.12, "x": 0},
        xaxis_title="training job, in the order of creation",
    )
    return Figure(
        "Optimisation history",
        "Each point is a training job; the line is the best value so far. When it is flat at "
        "the end, more jobs will likely bring little.",
        _plain(plot),
    )


def _slice(study: Study, searched: Range, metric: str) -> Figure:
    name = searched.name
    plot = draw.plot_slice(study, params=[name], target_name=metric)
    plot.update_traces(marker={"colorscale": COLOURS, "showscale": False, "size": 8})
    plot.update_xaxes(**_ticks(searched))
    return Figure(
        name,
        f"{metric} against {name}; orange came first, blue last.",
        _plain(plot, height=300),
        wide=False,
    )


def _contour(study: Study, pair: list[Range], metric: str) -> Figure:
    across, up = pair
    plot = draw.plot_contour(study, params=[across.name, up.name], target_name=metric)
    plot.update_xaxes(**_ticks(across)).update_yaxes(**_ticks(up))
    # The caption names the metric: a title as long as that is cut off on a phone.
    plot.update_traces(colorbar_title=None, selector={"type": "contour"})
    return Figure(
        f"{across.name} and {up.name} together",
        f"Colour is {metric}, points are training jobs. Between the points the colour is "
        "interpolated: trust it where points are close.",
        _plain(plot, height=460),
        least_rem=26,
    )


def _importances(importances: dict[str, float]) -> Figure:
    names = list(reversed(importances))
    bars = go.Bar(
        x=[importances[name] for name in names],
        y=names,
        orientation="h",
        text=[f"{importances[name]:.0%}" for name in names],
        textposition="auto",
    )
    return Figure(
        "Importance",
        "How much each hyperparameter decided whether a training job was among the best "
        "(PED-ANOVA). Evaluators disagree on a few dozen trials: take the order as a hint.",
        _plain(go.Figure(bars), height=100 + 40 * len(names)).update_layout(
            xaxis={"tickformat": ".0%", "range": [0, 1]}, yaxis={"automargin": True}
        ),
    )


def _parallel(study: Study, names: list[str], metric: str) -> Figure:
    plot = draw.plot_parallel_coordinate(study, params=names, target_name=metric)
    for line in plot.data[:-1]:  # the last trace is the colour bar
        height = line.y[0] if study.direction == StudyDirection.MAXIMIZE else 1 - line.y[0]
        line.update(line_color=sample_colorscale(COLOURS, [height])[0], opacity=0.7)
    of_bar = {"colorscale": COLOURS, "colorbar": {"title": None}}  # the first axis names the metric
    plot.update_traces(marker=of_bar, selector={"mode": "markers"})
    plot.update_annotations(font_color=None)
    return Figure(
        "Parallel coordinates",
        "A line is a training job, the bluer the better. Where blue lines meet on an axis, good "
        "training jobs agree on a value.",
        _plain(plot, height=420),
        least_rem=17 + 5 * len(names),
    )


def _ticks(searched: Range) -> dict[str, Any]:
    """Decades on a logarithmic axis, of a few 1, 2 and 5; Plotly would write every digit."""
    if not isinstance(searched, NumericRange) or searched.scaling != "Logarithmic":
        return {}
    decades = range(math.floor(math.log10(searched.low)), math.ceil(math.log10(searched.high)) + 1)
    steps = (1, 2, 5) if len(decades) <= FEW_DECADES else (1,)
    values = [step * 10.0**decade for decade in decades for step in steps]
    return {"tickvals": values, "ticktext": [f"{value:g}" for value in values]}


def _plain(plot: go.Figure, height: int = 360) -> go.Figure:
    """The page has the headings, and its colours show through."""
    return plot.update_layout(
        template="none",
        title=None,
        height=height,
        margin={"l": 64, "r": 24, "t": 24, "b": 56},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": "system-ui, sans-serif", "size": 13},
    )
