"""The app as the checkers see it: with the settings' defaults, and with all that a company sets."""

from __future__ import annotations

from typing import Any

from aws_cdk import App, Validations
from cdk_nag import (
    AwsSolutionsChecks,
    HIPAASecurityChecks,
    NIST80053R5Checks,
    PCIDSS321Checks,
)

from configuration.settings import Settings
from stacks.retune_stack import RetuneStack

COMPANY = {
    "access_log_bucket": "access-logs-of-the-company",
    "kms_key": "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "network_isolation": True,
    "reserved_concurrency": 10,
    "vpc_security_groups": "sg-0123abcd",
    "vpc_subnets": "subnet-0123abcd,subnet-1123abcd",
}
STACKS: dict[str, dict[str, Any]] = {"default": {}, "company": COMPANY}
# A model that a schedule and new data start, so that nothing is left out.
MODEL = {"ModelName": "bank", "Schedule": {"Expression": "rate(7 days)"}, "Arrivals": {}}


def main() -> None:
    app = App()
    Validations.of(app).add_plugins(
        AwsSolutionsChecks(app),
        HIPAASecurityChecks(app),
        NIST80053R5Checks(app),
        PCIDSS321Checks(app),
    )
    for name, settings in STACKS.items():
        RetuneStack(app, name, settings=Settings.parse(settings), models=[MODEL])
    app.synth()


if __name__ == "__main__":
    main()
