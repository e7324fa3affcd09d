"""Files of models: typed and checked as execution inputs are, all faults of all files at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tuning.execution_input.model import ModelFile
from tuning.execution_input.schema import MODEL_PATH, schema_text

from configuration.document import read_file
from configuration.faults import ConfigurationError
from configuration.models import Model, read_models
from configuration.settings import Settings
from configuration.watched_places import watched_places

ROOT = Path(__file__).parents[2]
FILES = [*sorted((ROOT / "models").glob("*.yaml")), *sorted((ROOT / "examples").glob("*.yaml"))]

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes files by name, with `-` for a dot, and returns their folder."""

    def write(**files: str) -> Path:
        for name, text in files.items():
            (tmp_path / name.replace("__", ".")).write_text(text)
        return tmp_path

    return write


def read(folder: Path, **settings: str) -> list[Model]:
    return read_models([folder], Settings.parse(settings))


def refusals(folder: Path) -> list[str]:
    with pytest.raises(ConfigurationError) as refused:
        read(folder)
    return [line.removeprefix(f"{folder}/") for line in str(refused.value).splitlines()]


def test_first_file_of_the_documentation_is_a_model(write: Write) -> None:
    text = (ROOT / "docs" / "models.md").read_text().split("```yaml")[1].split("```")[0]
    (model,) = read(write(churn__yaml=text))
    assert model.name == "churn"


def test_model_has_its_files_name_and_an_endpoint_of_its_own(write: Write) -> None:
    (model,) = read(write(bank__yaml="RandomSeed: 7\n"), name_prefix="ml")
    assert model.document == {
        "ModelName": "bank",
        "RetuneWhen": "DataChanged",
        "WarmStartConfig": {"ParentHyperParameterTuningJobs": "Auto"},
        "RandomSeed": 7,
        "Endpoint": {"EndpointName": "ml-bank"},
    }
    assert model.schedule is None


def test_schedule_is_no_part_of_the_execution_input(write: Write) -> None:
    (model,) = read(write(bank__yaml="Schedule: {Expression: rate(7 days)}\nOwner: risk\n"))
    assert model.schedule is not None
    assert model.schedule.time_zone == "UTC"
    assert model.schedule.state == "ENABLED"
    assert model.document["Owner"] == "risk"
    assert "Schedule" not in model.document


PASTED = """\
{"HyperParameterTuningJobConfig": {"Strategy": "Random",
  "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "validation:auc"},
  "ParameterRanges": {
    "ContinuousParameterRanges": [{"Name": "eta", "MinValue": "LOW", "MaxValue": "0.3"}]}},
 "TrainingJobDefinition": {
  "StaticHyperParameters": {"objective": "binary:logistic", "num_round": "9"},
  "AlgorithmSpecification": {"TrainingInputMode": "File",
   "TrainingImage": "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"},
  "OutputDataConfig": {"CompressionType": "PACKED"}},
 "Schedule": {"Expression": "rate(7 days)"}}
"""


def test_request_of_sagemaker_makes_a_model(write: Write) -> None:
    text = PASTED.replace("PACKED", "GZIP").replace("LOW", "0.01")
    (model,) = read(write(bank__json=text))
    assert model.schedule is not None
    assert model.document["Strategy"] == "Random"
    assert model.document["AlgorithmVersion"] == "1.7-1"
    assert not model.document.keys() & {"HyperParameterTuningJobConfig", "TrainingJobDefinition"}


def test_faults_of_a_request_have_the_lines_of_its_fields(write: Write) -> None:
    (line,) = refusals(write(bank__json=PASTED.replace("PACKED", "NONE").replace("LOW", "0.01")))
    assert line.startswith(
        "bank.json:9: TrainingJobDefinition.OutputDataConfig.CompressionType = 'NONE': "
    )
    (line,) = refusals(write(bank__json=PASTED.replace("PACKED", "GZIP").replace("LOW", "7")))
    assert line.startswith("bank.json:3: ParameterRanges.eta.")


def test_schedule_cannot_roll_back(write: Write) -> None:
    (line,) = refusals(write(bank__yaml="Rollback: {EndpointConfigName: old}\n"))
    assert "bank.yaml:1: Rollback = " in line
    assert "go back once: retune rollback bank." in line


def test_arrivals_are_no_part_of_the_execution_input_and_have_defaults(write: Write) -> None:
    (model,) = read(write(bank__yaml="Arrivals: {}\n"))
    assert model.arrivals is not None
    assert model.arrivals.quiet_in_seconds == 300
    assert model.arrivals.longest_wait_in_seconds == 3600
    assert "Arrivals" not in model.document


PREPARE = "Prepare: {Table: 's3://tables/bank/', Label: bought}\nArrivals: {}\n"


def test_model_that_starts_from_a_table_is_started_by_its_objects(write: Write) -> None:
    (model,) = read(write(bank__yaml=PREPARE))
    assert model.document["Prepare"] == {"Table": "s3://tables/bank/", "Label": "bought"}
    assert model.run is not None
    assert watched_places(model.run, "data-bucket") == {"tables": ["bank/"]}


def test_faults_of_prepare_have_their_lines(write: Write) -> None:
    (fault,) = refusals(write(bank__yaml="Prepare:\n  Table: s3://tables/bank/\n  Label: 7\n"))
    assert fault.startswith("bank.yaml:3: Prepare.Label = 7: ")


def test_every_fault_of_every_file_is_named_with_its_line(write: Write) -> None:
    folder = write(
        bank__yaml="Owner: me\nParameterRanges:\n  eta:\n    MinValue: 0.5\n    MaxValue: 0.1\n"
        "Schedule:\n  Expression: daily\n",
        churn__json='{\n "Strategy": "Baysian"\n}',
        fraud__yml="Strategy: no\n",
        README__md="not a model",
    )
    assert [line.split(" = ")[0] for line in refusals(folder)] == [
        "bank.yaml:7: Schedule.Expression",
        "bank.yaml:4: ParameterRanges.eta.MinValue",
        "churn.json:2: Strategy",
        "fraud.yml:1: Strategy",
    ]


@pytest.mark.parametrize(
    ("expression", "rule"),
    [
        ("rate(0 days)", "A rate is a whole number"),
        ("rate(7 weeks)", "A rate is a whole number"),
        ("cron(0 6 * * MON)", "Cron has 6 fields"),
        ("cron(0 6 * * MON *)", "Exactly one of"),
        ("at(2027-02-30T00:00:00)", "A moment is written"),
        ("every week", "It must be rate(...), cron(...) or at(...)"),
    ],
)
def test_schedules_that_scheduler_would_refuse_are_refused(
    write: Write, expression: str, rule: str
) -> None:
    (line,) = refusals(write(bank__yaml=f"Schedule:\n  Expression: {expression}\n"))
    assert line.startswith(f"bank.yaml:2: Schedule.Expression = {expression!r}: {rule}")


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ("Schedule: {}", "Schedule.Expression is not given: It must be given."),
        ("Schedule: weekly", "Schedule = 'weekly': It must be a JSON object."),
        ("Schedule: {Expression: rate(1 day), State: false}", "Schedule.State = False"),
        ("Schedule: {Expression: rate(1 day), TimeZone: Mars}", "There is no such time zone"),
        ("Arrivals: 300", "Arrivals = 300: It must be a JSON object. Write it as {QuietInSeconds"),
        ("Arrivals: {QuietInSeconds: 0}", "Arrivals.QuietInSeconds = 0"),
        ("Arrivals: {MaxWaitInSeconds: 60}", "It must be at least QuietInSeconds."),
        ("Arrivals: {Quiet: 60}", "Arrivals.Quiet"),
        ("Arivals: {}", "Did you mean Arrivals?"),
        ("Shedule: {Expression: rate(1 day)}", "Did you mean Schedule?"),
        ("ModelName: other", "A model has its file's name, which is bank."),
        ("TrainingRoleArn: mine", "Write it as arn:aws:iam::123456789012:role/name."),
        ("- 1", "A model is an object of fields"),
        ("", "A model is an object of fields"),
    ],
)
def test_fields_of_a_model_alone_are_typed_too(write: Write, schedule: str, words: str) -> None:
    (line,) = refusals(write(bank__yaml=schedule))
    assert words in line


@pytest.mark.parametrize("name", ["Bank", "bank_2", "2bank", "sweep", "endpoint", "b" * 51, "a--b"])
def test_names_that_a_schedule_and_its_alarms_cannot_have_are_refused(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / f"{name}.yaml").write_text("RandomSeed: 7\n")
    (line,) = refusals(tmp_path)
    assert line.startswith(f"{name}.yaml:1: ModelName = {name!r}: It is the name of a schedule")


def test_longest_name_leaves_room_for_the_longest_prefix(tmp_path: Path) -> None:
    (tmp_path / f"{'b' * 50}.yaml").write_text("RandomSeed: 7\n")
    (model,) = read(tmp_path, name_prefix="p" * 12)
    assert len(model.endpoint) == 63


def test_two_models_with_one_endpoint_or_one_name_are_refused(write: Write) -> None:
    folder = write(
        bank__yaml="RandomSeed: 7\n",
        bank__json="{}",
        churn__yaml="RandomSeed: 1\nEndpoint:\n  EndpointName: retune-BANK\n",
    )
    by_name, by_endpoint = refusals(folder)
    assert by_name.startswith("bank.yaml:1: ModelName = 'bank':")
    assert by_endpoint.startswith("churn.yaml:3: Endpoint.EndpointName = 'retune-BANK': The model")


def test_images_are_judged_where_account_and_region_are_known(write: Write) -> None:
    folder = write(bank__yaml="Algorithm: xgboost\n")
    settings = {"account": "123456789012", "region": "nowhere-1"}
    with pytest.raises(ConfigurationError, match=r"bank.yaml:1: Algorithm"):
        read(folder, **settings)


def test_schema_in_docs_is_the_code() -> None:
    assert MODEL_PATH.read_text() == schema_text(ModelFile), (
        "run: cd lambda && python -m tuning.execution_input.schema"
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_model_of_the_project_is_accepted_by_the_checks_and_by_the_schema(path: Path) -> None:
    text = path.read_text()
    assert "# yaml-language-server: $schema=../docs/model.schema.json" in text
    assert (path.parent / "../docs/model.schema.json").resolve() == MODEL_PATH.resolve()
    read_models([path], Settings.parse({}))
    Draft202012Validator(json.loads(schema_text(ModelFile))).validate(read_file(path).value)
