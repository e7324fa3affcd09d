"""No refusal shows a value of Environment, however the field is written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tuning.checks.check_input import check_input
from tuning.errors import Fault, InvalidInput
from tuning.variables.predictions import Predictions

from tests.tuning.refusals import refusal

PASSWORD = "marker-7f3a"
VARIABLES = {"DB_PASSWORD": PASSWORD}
REFUSED: dict[str, Any] = {
    "for another field": {"Environment": VARIABLES, "StrategyX": 1},
    "a name that is none": {"Environment": {**VARIABLES, "BAD KEY": PASSWORD}},
    "the value in the name": {"Environment": {f"DB_PASSWORD={PASSWORD}": ""}},
    "the value in a name of YAML": {"Environment": {f"DB_PASSWORD: {PASSWORD}": ""}},
    "the value behind another sign": {"Environment": {f"DB_PASSWORD {PASSWORD}": ""}},
    "the value instead of a name": {"Environment": {f"!{PASSWORD}": ""}},
    "a list of texts": {"Environment": [f"DB_PASSWORD={PASSWORD}"]},
    "a list of objects": {"Environment": [{"Name": "DB_PASSWORD", "Value": PASSWORD}]},
    "a text": {"Environment": f"DB_PASSWORD={PASSWORD}"},
    "a list as value": {"Environment": {"DB_PASSWORD": [PASSWORD]}},
    "an object as value": {"Environment": {"DB_PASSWORD": {"Value": PASSWORD}}},
    "too long": {"Environment": {"DB_PASSWORD": PASSWORD * 100}},
    "too many": {"Environment": {f"V{number}": PASSWORD for number in range(49)}},
    "misspelt": {"Enviroment": VARIABLES},
    "misspelt otherwise": {"Evnironment": VARIABLES},
    "lower case": {"environment": VARIABLES},
    "abbreviated": {"Env": VARIABLES},
    "with more words": {"environment_variables": VARIABLES},
    "of the container": {"ContainerEnvironment": VARIABLES},
    "by a name of nothing": {"Variables": VARIABLES},
    "flat": VARIABLES,
    "in another field": {"ResourceConfig": {"Environment": VARIABLES}},
    "deep in another field": {"Channels": {"train": {"Options": {"Env": VARIABLES}}}},
    "in a range": {"eta": {"MinValue": 0, "MaxValue": 1, "Environment": VARIABLES}},
    "in a definition": {
        "TrainingJobDefinitions": [{"DefinitionName": "a", "Enviroment": VARIABLES}]
    },
    "in definitions by name": {"TrainingJobDefinitions": {"a": {"Environment": VARIABLES}}},
    "in a document in a list": [{"Environment": VARIABLES}],
    "in a document as text": json.dumps({"Environment": VARIABLES}),
    "in a document as text in a field": {"Channels": json.dumps({"Environment": VARIABLES})},
    "in one word": {"ENVIRONMENTVARIABLES": VARIABLES},
    "abbreviated in one word": {"envvars": VARIABLES},
    "cut off": {"Enviro": VARIABLES},
    "abbreviated and misspelt": {"Evn": VARIABLES},
    "a text of name and value": json.dumps({"Name": "Environment", "Value": PASSWORD}),
    "a text that is misspelt": f"nvironment: {PASSWORD}",
    "a text as for a command": f"--env A={PASSWORD}",
    "by a name of nothing in another field": {"Endpoint": {"Variables": VARIABLES}},
    "on a command line": {"AlgorithmSpecification": {"ContainerEntrypoint": ["-p", PASSWORD]}},
    "by a name that says so": {"StaticHyperParameters": {"num_round": 9, "db_password": PASSWORD}},
    "deep by a name that says so": {
        "AlgorithmSpecification": {"TrainingImageConfig": {"Auth": {"Credentials": PASSWORD}}}
    },
    "in a name of the input": {f"DB_PASSWORD={PASSWORD}": ""},
    "in a name in another field": {"Endpoint": {f"DB_PASSWORD: {PASSWORD}": ""}},
    "in a URI": {"Channels": {"train": f"s3://user:{PASSWORD}@bucket/"}},
    "a text alone": f"DB_PASSWORD={PASSWORD}",
}


@pytest.mark.parametrize("document", REFUSED.values(), ids=REFUSED.keys())
def test_no_refusal_holds_a_value_of_environment(document: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_input(document, name_prefix="retune")
    assert PASSWORD not in str(refused.value)
    assert PASSWORD not in repr(refused.value.faults)


def test_number_in_environment_is_not_shown_either() -> None:
    fault = refusal({"Environment": {"DB_PIN": 735_146}})
    assert str(fault).startswith("Environment.DB_PIN = (not shown): It must be text. Name")


def test_other_values_are_shown() -> None:
    fault = refusal({"Endpoint": {"EndpointName": "retune-env"}, "RandomSeed": -1})
    assert str(fault) == "RandomSeed = -1: It must be greater than or equal to 0. Use 0 or more."
    assert "'Randam'" in str(refusal({"Strategy": "Randam"}))


def test_misspelt_field_that_is_no_secret_shows_what_was_given() -> None:
    assert str(refusal({"Stratgy": "Random"})).startswith("Stratgy = 'Random': There is no such")


def test_number_that_python_does_not_write_is_refused_by_its_length() -> None:
    fault = refusal({"StaticHyperParameters": {"num_round": 10**5000}})
    assert str(fault).startswith("StaticHyperParameters = 'a number of thousands of digits': No")
    fault = Fault("status", 10**5000, "It is no text.", "Give one.")
    assert str(fault).startswith("status = 'a number of 16610 bits': It is no text.")


def test_fault_forgets_a_secret_at_once() -> None:
    fault = Fault("Environment.DB_PASSWORD", PASSWORD, "It is wrong.", "Mend it.")
    assert PASSWORD not in repr(fault)
    assert Fault("Environment", None, "It must be given.", "").value is None


def test_variable_that_cannot_be_read_is_not_quoted() -> None:
    """What a function logs when it fails would hold it."""
    with pytest.raises(ValueError, match="Rows") as unread:
        Predictions.parse({"EndpointName": "e", "Rows": PASSWORD})
    assert PASSWORD not in str(unread.value)
