"""A run on libsvm: its transform jobs, and whether the model looks at labels of rows."""

from __future__ import annotations

from collections.abc import Iterator

from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.acceptance.stage import INSTANCE, SMALL_RUN, Stage, table


def play(stage: Stage) -> Iterator[Observation]:
    channels = {}
    for seed, (channel, rows) in enumerate({"train": 400, "validation": 200, "test": 200}.items()):
        key = f"acceptance/libsvm/{channel}/rows"
        channels[channel] = stage.upload(key, _libsvm(table(rows, seed))).rpartition("/")[0] + "/"
    name = stage.name("libsvm")
    run = stage.run(
        {
            **SMALL_RUN,
            "ContentType": "text/libsvm",
            "Channels": channels,
            "Endpoint": {"EndpointName": name},
        }
    )
    reached = run.output.get("Outcome", f"{run.error}: {run.cause}")
    yield equals("empty-data-processing", "Deployed", reached)
    answers = {
        stage.client("sagemaker-runtime")
        .invoke_endpoint(EndpointName=name, ContentType="text/libsvm", Body=f"{label} 0:1 2:-0.5")[
            "Body"
        ]
        .read()
        for label in (0, 1)
    }
    yield equals("labels-of-libsvm-rows", 1, len(answers))


def _libsvm(rows: str) -> str:
    lines = []
    for row in rows.splitlines():
        label, *features = row.split(",")
        cells = " ".join(f"{number}:{value}" for number, value in enumerate(features))
        lines.append(f"{label} {cells}")
    return "\n".join(lines)


SCENARIO = Scenario(
    name="libsvm",
    about="a run on libsvm",
    claims=("empty-data-processing", "labels-of-libsvm-rows"),
    minutes=60,
    play=play,
    bounds=(Bound("Training", INSTANCE, 1), Bound("Hosting", INSTANCE, 1)),
)
