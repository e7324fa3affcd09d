"""Files that are no saved state, or a trap: refused in words, and nothing of it happens."""

from __future__ import annotations

import io
import json
import os
import pickle
import re
import socket
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.config import Config
from local_sagemaker.local_aws import BusyError, LocalAws, RefusedError

from tests.local_aws.function_zip import create_function
from tests.local_aws.machine import finish, start
from tests.saving.servers import new_server

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    """One that stays empty, whatever it is asked to load."""
    with new_server(tmp_path_factory.mktemp("empty")) as local_aws:
        yield local_aws


@pytest.fixture(scope="module")
def saved(server: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that can be loaded."""
    file = tmp_path_factory.mktemp("saved") / "state.zip"
    server.save(file)
    return file


def changed(saved: Path, change: Change, packed: int = zipfile.ZIP_STORED) -> bytes:
    """The file with another state.json."""
    with zipfile.ZipFile(saved) as archive:
        state = json.loads(archive.read("state.json"))
    change(state)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packed) as archive:
        archive.writestr("state.json", json.dumps(state))
    return content.getvalue()


def with_nodes(*written: Any) -> Change:
    """The state as it was, with these nodes in it; in them, "@3" is the third of them."""

    def change(state: dict[str, Any]) -> None:
        first = len(state["nodes"])
        text = re.sub(r'"@(\d+)"', lambda found: f"[{first + int(found[1])}]", json.dumps(written))
        state["nodes"] += json.loads(text)
        state["nodes"][0] += ["more", [first]]

    return change


def refusal(server: LocalAws, file: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        server.load(file)
    return str(refused.value)


class Trap:
    """As a pickle it makes a directory when it is loaded."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self._directory),)


def test_a_pickle_is_not_unpickled(server: LocalAws, tmp_path: Path) -> None:
    file, sprung = tmp_path / "state.zip", tmp_path / "sprung"
    file.write_bytes(pickle.dumps(Trap(sprung)))
    assert "is no saved state, or is not whole" in refusal(server, file)
    assert not sprung.exists()


@pytest.mark.parametrize("length", [0, 100, -1])
def test_a_file_that_was_cut_off_is_refused(
    server: LocalAws, saved: Path, tmp_path: Path, length: int
) -> None:
    file = tmp_path / "cut.zip"
    file.write_bytes(saved.read_bytes()[:length])
    assert refusal(server, file).startswith(f"{file} is no saved state, or is not whole: ")


def test_a_file_that_is_not_there_is_named(server: LocalAws, tmp_path: Path) -> None:
    file = tmp_path / "none.zip"
    assert refusal(server, file) == f"{file} cannot be read: No such file or directory."
    assert refusal(server, tmp_path) == f"{tmp_path} cannot be read: Is a directory."


def test_another_version_is_named(server: LocalAws, saved: Path, tmp_path: Path) -> None:
    file = tmp_path / "old.zip"
    written_by = {"written by": "local-sagemaker 0.1.0 with moto 4.0.0"}
    file.write_bytes(changed(saved, lambda state: state.update(written_by)))
    refused = refusal(server, file)
    assert refused.startswith(f"{file} was written by local-sagemaker 0.1.0 with moto 4.0.0; this ")
    assert refused.endswith("A state is loaded by the version that has saved it.")


OBJECTS = [
    ["object", "subprocess:Popen", "args", "touch sprung"],
    ["object", "builtins:object"],
    ["object", "os:_wrap_close"],
    ["object", "threading:Thread"],
    ["object", "moto.batch.models:Job", "daemon", True],  # a thread
    ["object", "local_sagemaker.services.object_contents:ObjectContent", "_path", "/etc/passwd"],
    ["object", "local_sagemaker.sagemaker.hosting.serving_process:ServingProcess",
     "_directory", "/home"],
    ["object", "moto.s3.models:os.path"],
    ["object", "moto.s3.models:S3Backend.__init__"],
    ["object", "moto.s3.responses:S3Response"],
    ["object", "local_sagemaker.process.background:StartError"],
    ["enum", "moto.s3.models:FakeKey", "name"],
    ["function", "os:system"],
    ["class", "moto.s3.models:FakeKey"],
    ["reduce", "os:system", "touch sprung"],
    ["anchor", "sagemaker eu-west-9"],
    ["content", "/etc/passwd"],
    ["content", "state.json/../../x"],
    ["defaultdict", "system"],
    ["tuple", "@0"],
    ["list", [1_000_000]],
    ["list", [-1]],
    ["list", [0, 0]],
    ["dict", 1],
    ["dict", [0], 1],
    ["object"],
    ["object", 7],
    ["datetime", "yesterday", None],
    ["private key", "bm9uZQ=="],
    [],
    7,
]  # fmt: skip


@pytest.mark.parametrize("node", OBJECTS, ids=json.dumps)
def test_nothing_is_made_but_data(server: LocalAws, saved: Path, tmp_path: Path, node: Any) -> None:
    file = tmp_path / "trap.zip"
    file.write_bytes(changed(saved, with_nodes(node)))
    assert refusal(server, file).startswith(f"{file} is no saved state, or is not whole: ")


def test_what_is_packed_is_refused(server: LocalAws, saved: Path, tmp_path: Path) -> None:
    """It could fill the memory or the disk."""
    file = tmp_path / "packed.zip"
    file.write_bytes(changed(saved, lambda state: None, zipfile.ZIP_DEFLATED))
    assert "state.json is packed" in refusal(server, file)


def test_nesting_without_end_is_refused(server: LocalAws, saved: Path, tmp_path: Path) -> None:
    deep = [["tuple", f"@{number + 1}"] for number in range(100_000)]
    file = tmp_path / "deep.zip"
    file.write_bytes(changed(saved, with_nodes(*deep, ["tuple"])))
    assert "it is nested too deeply" in refusal(server, file)


def test_after_all_refusals_the_good_file_is_loaded(tmp_path: Path) -> None:
    with new_server(tmp_path / "server") as server:
        server.save(tmp_path / "good.zip")
        for change in (with_nodes(["none"]), lambda state: state.update(root=1)):
            (tmp_path / "bad.zip").write_bytes(changed(tmp_path / "good.zip", change))
            refusal(server, tmp_path / "bad.zip")
        assert server.load(tmp_path / "good.zip") == {}


def test_what_runs_is_named_and_can_be_waited_for(tmp_path: Path) -> None:
    wait = {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 100, "End": True}}}
    file = tmp_path / "state.zip"
    with new_server(tmp_path / "server") as server:
        execution = start(server, wait)
        with pytest.raises(BusyError, match=f"before that ends: execution {execution}\\.$"):
            server.save(file)
        assert not file.exists()
        server.save(file, wait=True)
        assert finish(server, execution)["status"] == "SUCCEEDED"
    assert file.exists()


def test_a_function_that_nobody_waits_for_is_work(tmp_path: Path) -> None:
    with new_server(tmp_path / "server") as server:
        function = create_function(server, "import time\ndef handler(*_): time.sleep(5)")
        server.client("lambda").invoke(FunctionName=function, InvocationType="Event")
        with pytest.raises(BusyError, match=f"before that ends: function {function}\\.$"):
            server.save(tmp_path / "state.zip")


def test_a_file_that_cannot_be_written_leaves_the_old_one(server: LocalAws, tmp_path: Path) -> None:
    missing = tmp_path / "missing" / "state.zip"
    with pytest.raises(RefusedError, match=f"^{missing} cannot be written: No such file"):
        server.save(missing)


def test_clients_that_break_off_are_no_work(server: LocalAws, tmp_path: Path) -> None:
    """They reset the connection as soon as they have the answer."""
    s3 = server.client("s3", config=Config(signature_version="s3v4"))
    url = urlsplit(s3.generate_presigned_url("list_buckets"))
    request = f"GET {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n".encode()
    for _ in range(10):
        with socket.create_connection((url.hostname, url.port)) as connection:
            connection.sendall(request)
            answer = part = connection.recv(4096)
            while part and b"</ListAllMyBucketsResult>" not in answer:
                answer += (part := connection.recv(4096))
            assert part, answer
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    server.save(tmp_path / "state.zip")
