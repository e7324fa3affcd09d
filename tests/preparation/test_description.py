"""The description of a table's columns: what it holds, and that JSON keeps it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from preparation.description import (
    Boolean,
    Date,
    Description,
    Number,
    OneHot,
    Ranked,
)
from preparation.encoder import ORDERS, PARTS, Encoder

from tests.preparation.descriptions import description

names, values = st.text(), st.lists(st.text(), unique=True).map(tuple)
columns = st.one_of(
    st.builds(Number, names, st.sampled_from(".,")),
    st.builds(Boolean, names, st.just("yes"), st.just("no")),
    st.builds(OneHot, names, values),
    st.builds(Ranked, names, values),
    st.builds(Date, names, st.sampled_from([*ORDERS]), st.just(PARTS)),
)


@given(st.lists(columns, min_size=1))
def test_it_is_the_same_after_json_and_every_feature_has_a_name_of_its_own(
    given_columns: list[Number],
) -> None:
    written = description(*given_columns)
    assert Description.from_json(written.to_json()) == written
    assert len(set(written.features)) == len(written.features)
    assert Encoder(written.to_document()).features == written.features


def test_features_are_called_after_their_column_and_its_value_or_part() -> None:
    assert description().features == [
        "age", "price", "member", "job=admin", "job=chef", "city",
        "called.month", "called.weekday", "called.hour",
    ]  # fmt: skip


def test_a_name_that_is_taken_gets_a_number() -> None:
    made = description(OneHot("a", ("b",)), Number("a=b"), Number("a=b (2)"))
    assert made.features == ["a=b", "a=b (2)", "a=b (2) (2)"]


WITHOUT_LABEL = json.dumps({**description().to_document(), "label": None})
UNREADABLE = [
    ("{", "is no JSON: "),
    ("[]", "has version None, and version 1 is read here"),
    ('{"version": 2}', "has version 2, and version 1 is read here"),
    ('{"version": 1}', "is no description as `retune prepare` writes it"),
    (WITHOUT_LABEL, "is no description as `retune prepare` writes it"),
    (description().to_json().replace("ranked", "hashed"), "is no description as"),
]


@pytest.mark.parametrize(("text", "rule"), UNREADABLE, ids=[rule for _, rule in UNREADABLE])
def test_what_is_no_description_is_refused_in_a_sentence(text: str, rule: str) -> None:
    with pytest.raises(ValueError, match=r"retune\.preparation\.json") as refused:
        Description.from_json(text)
    assert rule in str(refused.value)
