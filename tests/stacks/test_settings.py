"""A wrong deployment setting is refused at synth, with the key, the value and the rule."""

import re
from pathlib import Path

import pytest

from configuration.faults import ConfigurationError
from configuration.settings import Settings

DOCUMENT = Path(__file__).parents[2] / "docs" / "deployment.md"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name_prefix": "a-much-too-long-prefix"}, ["retune:name_prefix", "12"]),
        ({"name_prefix": "Upper"}, ["retune:name_prefix", "Upper"]),
        ({"log_retention_days": "8"}, ["retune:log_retention_days", "8", "one of"]),
        ({"account": "1234"}, ["retune:account = '1234'", "12 digits"]),
        ({"tags": {"aws:x": "y"}}, ["retune:tags.aws:x", "Only AWS gives tags"]),
        ({"bootstrap_qualifier": "Own"}, ["retune:bootstrap_qualifier = 'Own'", "a-z and 0-9"]),
        ({"data_bucket": "s3://mine"}, ["retune:data_bucket = 's3://mine'", "Name of a bucket"]),
        ({"training_role_arn": "mine"}, ["retune:training_role_arn = 'mine'", "ARN of a role"]),
        ({"permissions_boundary": "x"}, ["retune:permissions_boundary = 'x'", "ARN of the policy"]),
        ({"training_instance_type": "m5.large"}, ["retune:training_instance_type", "m5.large"]),
        ({"nmae_prefix": "x"}, ["retune:nmae_prefix", "not a setting", "mean name_prefix?"]),
        ({"log_retention_days": "long"}, ["retune:log_retention_days = 'long': CloudWatch"]),
        ({"history_kms_key": "alias/mine"}, ["retune:history_kms_key = 'alias/mine'", "ARN"]),
        ({"notification_kms_key": "alias/mine"}, ["retune:notification_kms_key", "ARN"]),
        ({"kms_key": "alias/mine"}, ["retune:kms_key = 'alias/mine'", "ARN of a KMS key"]),
        ({"tags": {"retune:owner": "y"}}, ["retune:tags.retune:owner", "Retune gives tags"]),
        ({"vpc_subnets": "net"}, ["retune:vpc_subnets.0", "'net'", "Subnets of a VPC"]),
        ({"vpc_subnets": "subnet-0123abcd"}, ["retune:vpc_security_groups", "go together"]),
        ({"vpc_security_groups": "sg-0123abcd"}, ["retune:vpc_security_groups", "go together"]),
        ({"function_role_arn": "mine"}, ["retune:function_role_arn = 'mine'", "ARN of a role"]),
        ({"reserved_concurrency": "0"}, ["retune:reserved_concurrency = '0'", "not exceed"]),
        ({"vpc_access": "maybe"}, ["retune:vpc_access = 'maybe': It must be true or false"]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_settings_refuse_what_cannot_work(values: dict[str, str], words: list[str]) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Settings.parse(values)
    for word in words:
        assert word in str(refused.value)


def test_deployment_document_lists_every_setting_and_its_default() -> None:
    rows = dict(
        re.findall(r"^\| `retune:(\w+)` \|\s*`?([^|`]*?)`?\s*\|", DOCUMENT.read_text(), re.M)
    )
    assert set(rows) == set(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        shown = "" if field.default in (None, [], {}) else str(field.default)
        assert rows[name].lower() == shown.lower(), name
