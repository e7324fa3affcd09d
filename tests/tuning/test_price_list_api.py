"""What the Price List API tells of an instance, and that without it a price is only unknown."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, NoCredentialsError
from botocore.stub import Stubber
from tuning.aws import price_list_api
from tuning.aws.price_list_api import PriceListApi
from tuning.prices.offer import Usage

from tests.tuning.price_answers import product

REGION, KIND = "eu-central-1", "ml.m7i.large"
TRAINING, HOSTING = product(f"EUC1-Train:{KIND}", "0.1400"), product(f"EUC1-Host:{KIND}", "0.1600")


def amount(products: list[Any], usage: Usage = "Training") -> float | None:
    told = PriceListApi(lambda region, kind: products).hour(REGION, usage, KIND)
    return told.amount if told else None


def test_price_is_told_with_its_currency_and_where_it_is_from() -> None:
    told = PriceListApi(lambda region, kind: [TRAINING, HOSTING]).hour(REGION, "Training", KIND)
    assert told is not None
    assert (told.amount, told.currency) == (0.14, "EUR")
    assert "EUR by the prices for eu-central-1 of the Price List API on 20" in str(told)


def test_training_and_hosting_have_prices_of_their_own() -> None:
    assert amount([TRAINING, HOSTING]) == 0.14
    assert amount([TRAINING, HOSTING], "Hosting") == 0.16
    assert amount([TRAINING], "Hosting") is None


def test_of_several_prices_the_dearest_counts() -> None:
    assert amount([TRAINING, product(f"EUC1-Train:{KIND}", "0.1500")]) == 0.15


@pytest.mark.parametrize(
    "other",
    [
        product(f"EUC1-TrainWarmPool:{KIND}", "9"),
        product(f"EUC1-Notebk:{KIND}", "9"),
        product("EUC1-Train:ml.m7i.xlarge", "9"),
        product(f"USE1-Train:{KIND}", "9", region="us-east-1"),
        product(f"EUC1-Train:{KIND}", "13.57", unit="Quantity"),
        product(f"EUC1-Train:{KIND}", "0.0000000000"),
        product(f"EUC1-Train:{KIND}", "Infinity"),
    ],
    ids=["usage", "notebook", "instance", "region", "fee", "free tier", "no number"],
)
def test_price_of_something_else_is_none_of_it(other: str) -> None:
    assert amount([other]) is None
    assert amount([other, TRAINING]) == 0.14


def test_two_currencies_are_no_price() -> None:
    assert amount([TRAINING, product(f"EUC1-Train:{KIND}", "0.1500", currency="USD")]) is None


@pytest.mark.parametrize(
    "answer",
    [
        ["no JSON"],
        ["[]"],
        ["{}"],
        [json.loads(TRAINING)],
        [TRAINING.replace('"0.1400"', '"much"')],
        [TRAINING.replace('"0.1400"', "null")],
        [TRAINING.replace("priceDimensions", "prices")],
        [TRAINING.replace("terms", "offers")],
        None,
    ],
)
def test_answer_of_another_form_is_no_price(answer: Any) -> None:
    assert amount(answer) is None


def raising(error: Exception) -> Callable[[str, str], list[str]]:
    def products(region: str, instance_type: str) -> list[str]:
        asked.append(instance_type)
        raise error

    asked: list[str] = []
    products.asked = asked  # type: ignore[attr-defined]
    return products


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "No."}}, "GetProducts")


@pytest.mark.parametrize(
    "error",
    [
        refusal("AccessDeniedException"),
        refusal("UnknownOperationException"),
        refusal("ThrottlingException"),
        ConnectTimeoutError(endpoint_url="https://api.pricing.eu-central-1.amazonaws.com"),
        NoCredentialsError(),
    ],
    ids=["denied", "unknown operation", "throttled", "no network", "no credentials"],
)
def test_refusal_or_silence_is_no_price_and_nothing_is_asked_for_a_minute(
    error: Exception,
) -> None:
    now, products = [100.0], raising(error)
    api = PriceListApi(products, clock=lambda: now[0])
    for kind in (KIND, KIND, "ml.m7i.xlarge"):
        assert api.hour(REGION, "Training", kind) is None
    assert products.asked == [KIND]  # type: ignore[attr-defined]
    now[0] += 61
    api.products = lambda region, kind: [TRAINING]
    assert api.hour(REGION, "Training", KIND)


def test_one_call_answers_for_the_life_of_the_function() -> None:
    asked: list[tuple[str, str]] = []

    def products(*wanted: str) -> list[str]:
        asked.append((wanted[0], wanted[1]))
        return [TRAINING] if wanted == (REGION, KIND) else []

    api = PriceListApi(products)
    for _ in range(2):
        assert api.hour(REGION, "Training", KIND)
        assert api.hour(REGION, "Hosting", KIND) is None
        assert api.hour("eu-west-1", "Training", KIND) is None
    assert asked == [(REGION, KIND), ("eu-west-1", KIND)]


@pytest.mark.parametrize(
    ("region", "endpoint"),
    [
        ("eu-north-1", "https://api.pricing.eu-central-1.amazonaws.com"),
        ("ap-southeast-2", "https://api.pricing.ap-south-1.amazonaws.com"),
        ("us-west-2", "https://api.pricing.us-east-1.amazonaws.com"),
        ("sa-east-1", "https://api.pricing.us-east-1.amazonaws.com"),
        ("cn-north-1", "https://api.pricing.cn-northwest-1.amazonaws.com.cn"),
    ],
)
def test_request_goes_to_the_nearest_endpoint_and_asks_for_one_instance_type(
    region: str, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    price_list_api.client.cache_clear()
    client = price_list_api.client(endpoint.split(".")[2])
    expected = {
        "ServiceCode": "AmazonSageMaker",
        "Filters": [
            {"Type": "TERM_MATCH", "Field": "regionCode", "Value": region},
            {"Type": "TERM_MATCH", "Field": "instanceName", "Value": KIND},
        ],
        "FormatVersion": "aws_v1",
        "MaxResults": 100,
    }
    with Stubber(client) as stub:
        stub.add_response("get_products", {"PriceList": [TRAINING]}, expected)
        assert price_list_api.get_products(region, KIND) == [TRAINING]
    assert client.meta.endpoint_url == endpoint
    assert client.meta.config.retries["total_max_attempts"] == 1
    assert client.meta.config.connect_timeout + client.meta.config.read_timeout <= 5
    price_list_api.client.cache_clear()
