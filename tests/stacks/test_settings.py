"""A wrong deployment setting is refused at synth, with the key, the value and the rule."""

import re
from pathlib import Path

import pytest
from aws_cdk import App

from stacks.retune_stack import RetuneStack
from stacks.settings import Settings, SettingsError

DOCUMENT = Path(__file__).parents[2] / "docs" / "deployment.md"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name_prefix": "a-much-too-long-prefix"}, ["retune:name_prefix", "12"]),
        ({"name_prefix": "Upper"}, ["retune:name_prefix", "Upper"]),
        ({"log_retention_days": "8"}, ["retune:log_retention_days", "8", "one of"]),
        ({"schedule_expression": "daily"}, ["retune:schedule_expression", "daily", "rate(...)"]),
        ({"training_instance_type": "m5.large"}, ["retune:training_instance_type", "m5.large"]),
        ({"nmae_prefix": "x"}, ["retune:nmae_prefix", "not a setting", "retune:name_prefix"]),
        (
            {"default_input": "no/such/file.json"},
            ["retune:default_input", "/no/such/file.json: No such file"],
        ),
        ({"default_input": "README.md"}, ["retune:default_input", "It is not JSON"]),
        ({"log_retention_days": "long"}, ["retune:log_retention_days = 'long': CloudWatch"]),
        ({"history_kms_key": "alias/mine"}, ["retune:history_kms_key = 'alias/mine'", "ARN"]),
        ({"notification_kms_key": "alias/mine"}, ["retune:notification_kms_key", "ARN"]),
        ({"vpc_access": "maybe"}, ["retune:vpc_access = 'maybe': It must be true or false"]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_settings_refuse_what_cannot_work(values: dict[str, str], words: list[str]) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.parse(values)
    for word in words:
        assert word in str(refused.value)


def test_document_in_the_place_of_a_path_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.parse({"default_input": '{"Environment": {"DB_PASSWORD": "marker-7f3a"}}'})
    assert "retune:default_input = (not shown)" in str(refused.value)
    assert "marker-7f3a" not in str(refused.value)


def test_schedule_input_is_checked_as_plan_tuning_would() -> None:
    settings = Settings.parse(
        {"schedule_input": {"ParameterRanges": {"max_dept": {"MinValue": "3", "MaxValue": "9"}}}}
    )
    with pytest.raises(SettingsError, match=r"retune:schedule_input.*\n.*max_dept"):
        RetuneStack(App(), "retune", settings=settings)


def test_deployment_document_lists_every_setting_and_its_default() -> None:
    rows = dict(
        re.findall(r"^\| `retune:(\w+)` \|\s*`?([^|`]*?)`?\s*\|", DOCUMENT.read_text(), re.M)
    )
    assert set(rows) == set(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        shown = "" if field.default in (None, [], {}) else str(field.default)
        assert rows[name].lower() == shown.lower(), name
