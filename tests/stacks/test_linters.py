"""cfn-lint and cdk-nag's AwsSolutions find nothing that was not acknowledged with a reason."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from aws_cdk.assertions import Template

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
# What cfn-lint finds fault with though Step Functions takes it, and what stands for it here:
# cfn-lint wants to see arn:aws: and does not carry out DefinitionSubstitutions, and does not know
# JSONata in TimeoutSeconds (aws_stepfunctions.Timeout.jsonata) and in MaxConcurrency
# (aws_stepfunctions.MapBaseProps.jsonataMaxConcurrency).
FOR_CFN_LINT = {
    "${Partition}": "aws",
    '\\"{% $plan.ApprovalTimeoutInSeconds %}\\"': "60",
    '\\"{% $fleet.Concurrency %}\\"': "3",
}
ACKNOWLEDGED = Path(__file__).with_name("acknowledged_findings.json")


def test_cfn_lint_finds_nothing(template: Template, tmp_path: Path) -> None:
    path, text = tmp_path / "retune.template.json", json.dumps(template.to_json())
    for written, read in FOR_CFN_LINT.items():
        assert written in text
        text = text.replace(written, read)
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


def test_cdk_nag_finds_exactly_what_was_acknowledged_with_a_reason(tmp_path: Path) -> None:
    """AwsSolutions reports each wildcard by itself; a reason that is no longer needed fails too."""
    script = """
from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks
from stacks.retune_stack import RetuneStack
from configuration.settings import Settings
app = App()
Validations.of(app).add_plugins(AwsSolutionsChecks(app))
RetuneStack(app, "retune", settings=Settings.parse({}))
app.synth()
"""
    nag = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "CDK_OUTDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    report = tmp_path / "validation-report.json"
    assert report.exists(), nag.stderr
    plugins = json.loads(report.read_text())["pluginReports"]
    found = {violation["ruleName"] for plugin in plugins for violation in plugin["violations"]}
    assert found == set(json.loads(ACKNOWLEDGED.read_text()))
