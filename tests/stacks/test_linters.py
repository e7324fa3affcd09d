"""cfn-lint, the CDK, cdk-nag and checkov find nothing that was not acknowledged with a reason."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stacks.findings import PAGE, acknowledged, of_cdk_nag, of_checkov, page

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CHECKOV = ROOT / ".venv-checkov" / "bin" / "checkov"
# What cfn-lint finds fault with though Step Functions takes it, and what stands for it here:
# cfn-lint wants to see arn:aws: and does not carry out DefinitionSubstitutions, and does not know
# JSONata in TimeoutSeconds (aws_stepfunctions.Timeout.jsonata) and in MaxConcurrency
# (aws_stepfunctions.MapBaseProps.jsonataMaxConcurrency).
FOR_CFN_LINT = {
    "${Partition}": "aws",
    '\\"{% $plan.ApprovalTimeoutInSeconds %}\\"': "60",
    '\\"{% $fleet.Concurrency %}\\"': "3",
}
Found = dict[str, set[str]]


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of both templates and of what cdk-nag and the CDK say of them."""
    folder = tmp_path_factory.mktemp("audited")
    synth = subprocess.run(
        [sys.executable, "-m", "tests.stacks.audited_app"],
        cwd=ROOT,
        env={**os.environ, "CDK_OUTDIR": str(folder), "CDK_VALIDATION": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (folder / "validation-report.json").exists(), synth.stderr
    return folder


@pytest.fixture(scope="module")
def found(assembly: Path) -> Found:
    """What checkov and cdk-nag find in each template."""
    by_stack: Found = defaultdict(set)
    for stack, finding in (*of_cdk_nag(assembly / "validation-report.json"), *checkov(assembly)):
        by_stack[stack].add(finding)
    return by_stack


def checkov(assembly: Path) -> Iterator[tuple[str, str]]:
    """It asks nobody: neither for guidelines nor whether there is a newer one."""
    if not CHECKOV.exists():
        pytest.skip("make .venv-checkov/.installed")
    templates = [
        part for name in ("default", "company") for part in ("-f", f"{name}.template.json")
    ]
    options = ("--framework", "cloudformation", "--skip-download", "--quiet", "--output", "json")
    checked = subprocess.run(
        [CHECKOV, *options, *templates],
        cwd=assembly,
        env={**os.environ, "CKV_SKIP_PACKAGE_UPDATE_CHECK": "true", "LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stdout.startswith("{"), checked.stderr
    return of_checkov(checked.stdout)


def test_cfn_lint_finds_nothing(assembly: Path, tmp_path: Path) -> None:
    text = json.dumps(json.loads((assembly / "default.template.json").read_text()))
    for written, read in FOR_CFN_LINT.items():
        assert written in text
        text = text.replace(written, read)
    path = tmp_path / "retune.template.json"
    path.write_text(text)
    # W3005: the CDK itself writes DependsOn beside GetAtt for roles and their policies.
    lint = subprocess.run(
        [
            *(Path(sys.executable).with_name("cfn-lint"), "--format", "json"),
            *("--ignore-checks", "W3005", "--", path),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [finding["Message"] for finding in json.loads(lint.stdout)] == []


def test_a_company_finds_nothing_that_was_not_accepted_with_a_reason(found: Found) -> None:
    assert found["company"] - acknowledged()["accepted"].keys() == set()


def test_a_reason_that_is_no_longer_needed_goes(found: Found) -> None:
    known = acknowledged()
    assert (
        found["default"] | found["company"] == known["accepted"].keys() | known["settings"].keys()
    )


def test_what_settings_do_away_with_is_found_with_the_defaults_alone(found: Found) -> None:
    settings = acknowledged()["settings"].keys()
    assert found["default"] >= settings
    assert found["company"] & settings == set()


def test_the_page_tells_every_reason() -> None:
    assert PAGE.read_text() == page(), "python -m tests.stacks.findings"
