"""The account that handlers and tuning.aws talk to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws
from tuning.aws import clients, price_list_api, quotas
from tuning.report import importance

from tests.tuning.account import Account
from tests.tuning.plans import ENVIRONMENT, EXECUTION

VARIABLES = {
    "NAME_PREFIX": ENVIRONMENT.name_prefix,
    "BUCKET": ENVIRONMENT.bucket,
    "AWS_DEFAULT_REGION": EXECUTION.region,
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
}

OF_INTERVALS = ("tests.tuning.test_advice", "tests.tuning.test_report_statistics")


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """With an empty data bucket, and the functions' environment variables.

    The clients stay from test to test, since one takes long to make.
    """
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    if clients.client("s3").meta.region_name != EXECUTION.region:  # another test's
        clients.client.cache_clear()
        quotas.client.cache_clear()
    with mock_aws():
        region = {"LocationConstraint": EXECUTION.region}
        made = Account()
        made.client("s3").create_bucket(Bucket=made.bucket, CreateBucketConfiguration=region)
        made.list_quotas()
        monkeypatch.setattr(
            price_list_api, "api", price_list_api.PriceListApi(products=made.products)
        )
        yield made
        for take_back in made.refusals:
            take_back()


@pytest.fixture(autouse=True)
def few_resamples(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Importance takes most of a report's time; few tests are about its intervals."""
    if request.module.__name__ not in OF_INTERVALS:
        monkeypatch.setattr(importance, "RESAMPLES", 2)
