"""When `retune deploy` bootstraps, and how: by the app's cloud assembly and by AWS's answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from configuration.settings import Settings
from retune.deployment import bootstrap
from retune.errors import FailedError, InputError

BOUNDARY = "arn:aws:iam::123456789012:policy/teams/bounded"
Bootstrap = Callable[..., list[str]]


def parameter(qualifier: str) -> str:
    return f"/cdk-bootstrap/{qualifier}/version"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bootstrap:
    """The CDK command that is run, empty for none; `answer` is the code of SSM's error."""

    def run(
        qualifier: str,
        answer: str | None,
        *,
        old: dict[str, Any] | None = None,
        forbidden: bool = False,
        **settings: str,
    ) -> list[str]:
        commands: list[str] = []
        named = {"properties": {"bootstrapStackVersionSsmParameter": parameter(qualifier)}}
        manifest = {"artifacts": {"retune": named}}
        (tmp_path / "manifest.json").write_text(json.dumps(manifest))

        def get_parameter(Name: str) -> None:
            assert Name == parameter(qualifier)
            if answer:
                raise ClientError({"Error": {"Code": answer}}, "GetParameter")

        def run_cdk(*arguments: str, folder: Path) -> None:
            commands.extend(arguments)
            if forbidden:
                raise FailedError("`cdk bootstrap` ended with code 1; see above.")

        monkeypatch.setattr(bootstrap, "run_cdk", run_cdk)
        ssm = SimpleNamespace(get_parameter=get_parameter)
        aws: Any = SimpleNamespace(client=lambda name: ssm, environment_name="aws://1/eu-west-1")
        bootstrap.bootstrap_if_missing(aws, tmp_path, Settings.parse(settings), old or {})
        return commands

    return run


@pytest.mark.parametrize("qualifier", ["hnb659fds", "mlops01"])
def test_what_is_there_is_used_whatever_its_stack_is_called(run: Bootstrap, qualifier: str) -> None:
    assert run(qualifier, None) == []


def test_what_is_missing_is_made(run: Bootstrap) -> None:
    assert run("hnb659fds", "ParameterNotFound") == ["bootstrap", "aws://1/eu-west-1"]


def test_with_a_qualifier_beside_the_cdks_own_and_bounded_as_the_app_is(run: Bootstrap) -> None:
    assert run("mlops01", "ParameterNotFound", permissions_boundary=BOUNDARY)[2:] == [
        "--qualifier",
        "mlops01",
        "--toolkit-stack-name",
        "CDKToolkit-mlops01",
        "--custom-permissions-boundary",
        "teams/bounded",
    ]


def test_who_may_not_look_deploys_all_the_same(
    run: Bootstrap, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("hnb659fds", "AccessDeniedException") == []
    assert "Whether /cdk-bootstrap/hnb659fds/version is there" in capsys.readouterr().err


def test_another_fault_is_none_of_a_missing_bootstrap(run: Bootstrap) -> None:
    with pytest.raises(ClientError):
        run("hnb659fds", "ThrottlingException")


def test_deployed_stack_keeps_its_bootstrap(run: Bootstrap) -> None:
    old = {"Parameters": {"BootstrapVersion": {"Default": parameter("mlops01")}}}
    with pytest.raises(InputError, match='bootstrap_qualifier = "mlops01" into retune'):
        run("hnb659fds", "ParameterNotFound", old=old)


def test_who_may_not_bootstrap_hears_what_to_do(run: Bootstrap) -> None:
    with pytest.raises(FailedError, match=r"see above\. Who may, bootstraps aws://1/eu-west-1\."):
        run("hnb659fds", "ParameterNotFound", forbidden=True)
