"""Draws the state machines: `make pictures`, or `python -m stacks.picture`.

The graph is read from statemachine/*.asl.json and laid out by Graphviz, which @viz-js/viz brings as
WebAssembly. A test holds the committed pictures equal to the definitions.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from stacks.picture_edges import Edge, edges, inner_scopes, state_names, without_choices

ROOT = Path(__file__).parent.parent
_SHAPES = {
    "Choice": 'shape=hexagon, fillcolor="#f4f4f4"',
    "Wait": 'shape=ellipse, fillcolor="#f4f4f4"',
    "Succeed": 'fillcolor="#e3f4e3", color="#4a8a4a"',
    "Fail": 'fillcolor="#fbe4e4", color="#b04a4a"',
}
_STYLE = """
  bgcolor=white; compound=true; nodesep=0.15; ranksep=0.25; fontname=Helvetica; fontsize=11;
  node [shape=box, style="rounded,filled", fillcolor=white, color="#556", fontname=Helvetica,
        fontsize=12, height=0.32, margin="0.1,0.04"];
  edge [color="#556", arrowsize=0.6, fontname=Helvetica, fontsize=9, fontcolor="#556"];
"""


def pictures() -> dict[Path, str]:
    """Each picture's file, and its SVG as the definitions ask for it."""
    docs, found = ROOT / "docs", {}
    for path in sorted((ROOT / "statemachine").glob("*.asl.json")):
        definition = json.loads(path.read_text())
        found[docs / f"{path.name.removesuffix('.asl.json')}.svg"] = svg(definition)
    workflow = json.loads((ROOT / "statemachine" / "retune.asl.json").read_text())
    return found | {docs / "workflow.svg": svg(workflow, overview=True)}


def svg(definition: dict[str, Any], *, overview: bool = False) -> str:
    """The graph of a machine; an overview leaves out the box's Choice and Wait states."""
    drawing = [str(Path(sys.executable).with_name("node")), str(ROOT / "stacks" / "draw.mjs")]
    asked = dot(definition, overview=overview)
    return subprocess.run(drawing, input=asked, text=True, check=True, capture_output=True).stdout


def dot(definition: dict[str, Any], *, overview: bool = False) -> str:
    """The graph in Graphviz's language."""
    drawn = edges(definition)
    if overview:
        drawn = without_choices(definition, drawn)
    shown = {name for edge in drawn for name in (edge.source, edge.target)}
    place = {name: number for number, name in enumerate(state_names(definition))}
    arrows = (_arrow(edge, up=place[edge.target] < place[edge.source]) for edge in drawn)
    lines = [*_nodes(definition, shown), *arrows]
    return f"digraph {{{_STYLE}  " + "\n  ".join(lines) + "\n}\n"


def _nodes(scope: dict[str, Any], shown: set[str]) -> Iterator[str]:
    for name, state in scope["States"].items():
        inner = inner_scopes(state)
        if inner:
            yield f'subgraph "cluster_{name}" {{ label="{name}"; style=rounded; color="#99a";'
            for each in inner:
                yield from _nodes(each, shown)
            yield "}"
        elif name in shown:
            yield f'"{name}" [{_SHAPES.get(state["Type"], "")}];'


def _arrow(edge: Edge, *, up: bool) -> str:
    """One that goes back `up` is given from its head: the graph keeps the order of the file."""
    given = {"label": edge.label, "ltail": edge.leaves, "lhead": edge.enters}
    if up:
        edge = replace(edge, source=edge.target, target=edge.source)
        given |= {"ltail": edge.enters, "lhead": edge.leaves, "dir": "back"}
    attributes = [f"{name}={json.dumps(value)}" for name, value in given.items() if value]
    attributes += ["style=dashed"] if edge.on_error else [f"weight={3 if edge.plain else 1}"]
    return f'"{edge.source}" -> "{edge.target}" [{", ".join(attributes)}];'


def main() -> None:
    for path, drawing in pictures().items():
        path.write_text(drawing)


if __name__ == "__main__":
    main()
