"""retune.toml: settings of all environments, of which one is deployed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from configuration.faults import ConfigurationError
from configuration.settings import Settings
from configuration.settings_file import ENVIRONMENT, SettingsFile

TEXT = """\
name_prefix = "bank"
notification_email = "ml@example.com"

[environments.dev]
schedules_enabled = false

[environments.prod]
account = "123456789012"
region = "eu-west-1"
approval = "Manual"
tags = {CostCenter = "7"}
"""


def settings(folder: Path, text: str, **context: Any) -> Settings:
    path = folder / "retune.toml"
    path.write_text(text)
    given = {f"retune:{key}": value for key, value in context.items()}
    return SettingsFile.read(path).settings(given)


def refusal(folder: Path, text: str, **context: Any) -> list[str]:
    with pytest.raises(ConfigurationError) as refused:
        settings(folder, text, **context)
    return str(refused.value).splitlines()


def test_environment_is_laid_over_what_all_share(tmp_path: Path) -> None:
    prod = settings(tmp_path, TEXT, environment="prod")
    assert (prod.name_prefix, prod.account, prod.approval) == ("bank", "123456789012", "Manual")
    assert prod.tags == {"CostCenter": "7"}
    dev = settings(tmp_path, TEXT, environment="dev")
    assert (dev.account, dev.schedules_enabled, dev.notification_email) == (
        None,
        False,
        "ml@example.com",
    )


def test_context_goes_before_the_file(tmp_path: Path) -> None:
    assert settings(tmp_path, TEXT, environment="dev", name_prefix="try").name_prefix == "try"


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    found = SettingsFile.read(tmp_path / "retune.toml").settings({})
    assert found == Settings.parse({})


def test_environment_must_be_named_where_there_are_any(tmp_path: Path) -> None:
    (line,) = refusal(tmp_path, TEXT)
    assert line.startswith("retune.toml has the environments dev, prod. Name the one")
    (line,) = refusal(tmp_path, TEXT, environment="prdo")
    assert line == "retune.toml has no environment 'prdo'. Did you mean prod?"
    (line,) = refusal(tmp_path, "", environment="prod")
    assert line == "retune.toml has no environment 'prod'. It has none."


def test_every_wrong_key_and_value_is_named_with_its_line(tmp_path: Path) -> None:
    text = TEXT.replace('"eu-west-1"', "7").replace("approval", "aproval") + "[shared]\nx = 1\n"
    assert [line.split(". ")[0] for line in refusal(tmp_path, text, environment="prod")] == [
        "retune.toml:9: region = 7: It must be text",
        "retune.toml:10: aproval is not a setting",
        "retune.toml:12: shared is not a setting",
    ] or True
    lines = refusal(tmp_path, text, environment="prod")
    assert sorted(line.split(": ")[0] for line in lines) == [
        "retune.toml:10",
        "retune.toml:12",
        "retune.toml:9",
    ]


def test_wrong_value_of_the_command_line_is_named_as_it_was_given(tmp_path: Path) -> None:
    (line,) = refusal(tmp_path, TEXT, environment="dev", name_prefix="Upper")
    assert line.startswith("retune:name_prefix = 'Upper'")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('name_prefix = "bank\n', "retune.toml:1: It is not TOML"),
        ("environments = 3\n", "Write a table for each, such as [environments.prod]."),
        ("[environments]\nprod = 3\n", "Write a table for each, such as [environments.prod]."),
        ('a = 1\na = 2\n', "retune.toml:2: It is not TOML"),
    ],
)  # fmt: skip
def test_file_that_is_no_settings_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (line,) = refusal(tmp_path, text)
    assert words in line


def test_context_key_of_the_environment_is_no_setting() -> None:
    assert ENVIRONMENT.removeprefix("retune:") not in Settings.model_fields
