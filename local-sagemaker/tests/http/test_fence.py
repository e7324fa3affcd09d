"""What a browser sends for pages that are not local AWS's own is refused."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.http.fence import Fence
from local_sagemaker.process.options import NOBODY_ELSE, Admitted
from werkzeug.test import Client
from werkzeug.wrappers import Response

OWN = "localhost:4566"


def behind_the_fence(environ: dict[str, Any], start_response: Any) -> Any:
    return Response("answered")(environ, start_response)


def ask(
    path: str = "/", *, method: str = "POST", admitted: Admitted = NOBODY_ELSE, **headers: str
) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    client = Client(Fence(behind_the_fence, admitted))
    return client.open(path, method=method, headers={"Host": OWN, **named})


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:4566", "127.0.0.1:4566", "[::1]:4566", "bucket.localhost:4566",
     "bucket.s3.localhost:4566", "LOCALHOST:4566"],
)  # fmt: skip
def test_names_of_this_machine_are_answered(host: str) -> None:
    assert ask(Host=host).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:4566", "localhost.evil.example", "evillocalhost", "0.0.0.0:4566",
     "127.0.0.1.evil.example:4566", "[::2]:4566", "169.254.169.254", "", "localhost@evil.example",
     "localhost:4566.evil.example", "[::1", "evil.example#.localhost", "evil.example?.localhost",
     "evil.example\\.localhost", ".localhost", "a..localhost"],
)  # fmt: skip
def test_a_name_that_came_to_mean_this_machine_is_refused(host: str) -> None:
    refused = ask(Host=host)
    assert refused.status_code == 403
    assert b"--host-name" in refused.data


def test_a_name_that_was_given_is_answered() -> None:
    admitted = Admitted(host_names=("laptop.example",))
    assert ask(Host="laptop.example:4566", admitted=admitted).status_code == 200
    assert ask(Host="sub.laptop.example:4566", admitted=admitted).status_code == 403


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost:3000", "http://localhost",
     "https://localhost:4566", "http://127.0.0.1:4566", "http://bucket.localhost:4566"],
)  # fmt: skip
def test_pages_of_other_origins_are_refused(origin: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        refused = ask(method=method, Origin=origin)
        assert refused.status_code == 403
        assert origin in refused.text
        assert not [name for name, _ in refused.headers if name.startswith("Access-Control")]


def test_own_pages_and_addresses_that_somebody_typed_are_answered() -> None:
    assert ask(Origin=f"http://{OWN}", Sec_Fetch_Site="same-origin").status_code == 200
    assert ask(method="GET", Sec_Fetch_Site="none").status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "SAME-ORIGIN", "none, cross-site"])
def test_requests_from_other_sites_are_refused_without_an_origin_too(site: str) -> None:
    assert ask(method="GET", Sec_Fetch_Site=site).status_code == 403


def test_an_origin_that_was_let_in_can_read_what_it_asks_for() -> None:
    page = "http://localhost:3000"
    admitted = Admitted(origins=(page,))
    answered = ask(admitted=admitted, Origin=page, Sec_Fetch_Site="same-site")
    assert answered.data == b"answered"
    assert answered.headers["Access-Control-Allow-Origin"] == page
    preflight = ask(
        admitted=admitted,
        method="OPTIONS",
        Origin=page,
        Access_Control_Request_Headers="authorization,x-amz-date",
    )
    assert (preflight.status_code, preflight.data) == (204, b"")
    assert preflight.headers["Access-Control-Allow-Headers"] == "authorization,x-amz-date"
    assert ask(admitted=admitted, Origin="http://localhost:3001").status_code == 403


@pytest.mark.parametrize("path", ["/moto-api", "/moto-api/", "/moto-api/reset"])
def test_motos_own_interface_is_closed(path: str) -> None:
    assert ask(path).status_code == 403
