"""Whatever lies in a channel: a plan, or a refusal in a few sentences, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tuning.errors import MAX_MESSAGE_LENGTH, InvalidInput, MissingData

from tests.odd_data import contents
from tests.tuning.channel_store import ChannelStore, store
from tests.tuning.plans import make_plan

CONTENT_TYPES = ("text/csv", "text/libsvm", "application/x-recordio-protobuf", "text/csv;x=y", "pq")
OBJECTIVES = ("binary:logistic", "multi:softprob", "count:poisson", "rank:ndcg", "survival:cox")
NAMES = ("rows.csv", "part 0", ".hidden", "_SUCCESS", "a/b/c", "=x")

inputs = st.fixed_dictionaries(
    {},
    optional={
        "ContentType": st.sampled_from(CONTENT_TYPES),
        "Algorithm": st.sampled_from(["xgboost", "linear-learner"]),
        "StaticHyperParameters": st.sampled_from(OBJECTIVES).map(
            lambda objective: {"objective": objective, "num_round": 9, "num_class": 3}
        ),
    },
)
channels = st.dictionaries(st.sampled_from(NAMES), contents, max_size=2)


def refusal(document: dict[str, Any], data: ChannelStore) -> str:
    """Empty for what can be planned."""
    try:
        make_plan(document, data=data)
    except (InvalidInput, MissingData) as refused:
        return str(refused)
    return ""


@given(inputs, channels, channels, channels)
def test_any_content_is_planned_or_refused(
    document: dict[str, Any],
    train: dict[str, bytes],
    validation: dict[str, bytes],
    test: dict[str, bytes],
) -> None:
    files = {"train": train, "validation": validation, "test": test}
    data = ChannelStore(
        {
            f"s3://data-bucket/data/{channel}/{name}": content
            for channel, named in files.items()
            for name, content in named.items()
        }
    )
    assert len(refusal(document, data)) <= MAX_MESSAGE_LENGTH


manifests = st.one_of(
    contents,
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["prefix", "x"]), inner, max_size=2)
        ),
        max_leaves=8,
    ).map(lambda document: json.dumps(document).encode()),
    st.lists(st.sampled_from(["rows.csv", "../x", "//x", "\0", "x" * 2000, ""]), max_size=3).map(
        lambda keys: json.dumps([{"prefix": "s3://data-bucket/data/train/"}, *keys]).encode()
    ),
)


@given(manifests)
def test_any_manifest_is_read_or_refused(manifest: bytes) -> None:
    data = store()
    data.objects["s3://data-bucket/lists/train.manifest"] = manifest
    channel = {"S3Uri": "s3://data-bucket/lists/train.manifest", "S3DataType": "ManifestFile"}
    document = {"Channels": {"train": channel, "validation": "s3://data-bucket/data/validation/"}}
    assert len(refusal(document, data)) <= MAX_MESSAGE_LENGTH
