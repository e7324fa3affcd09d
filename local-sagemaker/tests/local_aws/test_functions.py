"""Lambda functions run from their zip, and fail the way Lambda fails."""

from __future__ import annotations

import base64
import io
import stat
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function, invoke, zip_of, zip_of_files


def test_invoke_returns_what_the_handler_returns(local_aws: LocalAws) -> None:
    name = create_function(local_aws, "def handler(event, context): return {'got': event['a']}")
    response, payload = invoke(local_aws, name, {"a": 'quote " and \n line'})
    assert payload == {"got": 'quote " and \n line'}
    assert "FunctionError" not in response


def test_bytes_are_answered_as_they_are_and_within_json_as_text(local_aws: LocalAws) -> None:
    name = create_function(local_aws, "def handler(e, c): return b'{\"got\": 1}'")
    assert invoke(local_aws, name)[1] == {"got": 1}
    name = create_function(local_aws, "def handler(e, c): return {'got': b'text'}")
    assert invoke(local_aws, name)[1] == {"got": "text"}


def test_function_sees_its_environment_and_context(local_aws: LocalAws) -> None:
    source = """
    import os
    def handler(event, context):
        return {
            "variable": os.environ["GREETING"],
            "name": os.environ["AWS_LAMBDA_FUNCTION_NAME"],
            "endpoint": os.environ["AWS_ENDPOINT_URL"],
            "region": os.environ["AWS_REGION"],
            "arn": context.invoked_function_arn,
            "memory": context.memory_limit_in_mb,
            "remaining": context.get_remaining_time_in_millis(),
            "id": context.aws_request_id,
        }
    """
    environment = {"Variables": {"GREETING": "hello"}}
    name = create_function(local_aws, source, Environment=environment, MemorySize=256)
    _, payload = invoke(local_aws, name)
    assert payload["variable"] == "hello"
    assert payload["name"] == name
    assert payload["endpoint"] == local_aws.endpoint_url
    assert payload["arn"].endswith(f":function:{name}")
    assert payload["memory"] == "256"
    assert 9000 < payload["remaining"] <= 10000


def test_function_does_not_see_the_project_on_disk(local_aws: LocalAws) -> None:
    source = """
    def handler(event, context):
        import configuration
    """
    _, payload = invoke(local_aws, create_function(local_aws, source))
    assert payload["errorType"] == "ModuleNotFoundError"


def test_exception_is_reported_as_lambda_reports_it(local_aws: LocalAws) -> None:
    source = """
    class NoUsableTrial(Exception): pass
    def handler(event, context):
        raise NoUsableTrial("none\\nof them")
    """
    response, payload = invoke(local_aws, create_function(local_aws, source))
    assert response["FunctionError"] == "Unhandled"
    assert payload["errorType"] == "NoUsableTrial"
    assert payload["errorMessage"] == "none\nof them"
    assert payload["requestId"]
    assert payload["stackTrace"][0].startswith('  File "/var/task/index.py", line 4, in handler')


def test_bytes_in_a_result_are_text(local_aws: LocalAws) -> None:
    source = """
    def handler(event, context):
        return {"greeting": "Grüße".encode()}
    """
    _, payload = invoke(local_aws, create_function(local_aws, source))
    assert payload == {"greeting": "Grüße"}


def test_unknown_function_is_named_with_its_version(local_aws: LocalAws) -> None:
    with pytest.raises(ClientError, match=r"Function not found: arn:.*:function:none:\$LATEST"):
        local_aws.client("lambda").invoke(FunctionName="none")


@pytest.mark.parametrize(
    ("source", "settings", "error_type", "message"),
    [
        ("import nothing_here", {}, "Runtime.ImportModuleError", "Unable to import module 'index'"),
        ("x = (", {}, "Runtime.UserCodeSyntaxError", "Syntax error in module 'index': '('"),
        ("x = 1", {}, "Runtime.HandlerNotFound", "Handler 'handler' missing on module 'index'"),
        ("x = 1", {"Handler": "index"}, "Runtime.MalformedHandlerName", "Bad handler 'index'"),
        ("def handler(e, c): return {1, 2}", {}, "Runtime.MarshalError", "Unable to marshal"),
        ("import os\ndef handler(e, c): os._exit(3)", {}, "Runtime.ExitError", "exit status 3"),
        ("x = [0] * 1000000\ndef handler(e, c): return 'x' * 7000000", {},
         "Function.ResponseSizeTooLarge", "exceeded maximum allowed payload size"),
        ("import time\ndef handler(e, c):\n x = b'1' * 300000000\n time.sleep(5)",
         {"MemorySize": 128}, "Runtime.OutOfMemory", "signal: killed"),
    ],
    ids=["import", "syntax", "handler", "handler-name", "marshal", "exit", "response-size",
         "memory"],
)  # fmt: skip
def test_runtime_failures_have_lambdas_names(
    local_aws: LocalAws, source: str, settings: dict[str, Any], error_type: str, message: str
) -> None:
    response, payload = invoke(local_aws, create_function(local_aws, source, **settings))
    assert response["FunctionError"] == "Unhandled"
    assert payload["errorType"] == error_type
    assert message in payload["errorMessage"]


def test_timeout_ends_the_function_and_the_next_event_is_answered(local_aws: LocalAws) -> None:
    source = """
    import time
    def handler(event, context):
        time.sleep(event["seconds"])
        return "done"
    """
    name = create_function(local_aws, source, Timeout=1)
    _, payload = invoke(local_aws, name, {"seconds": 30})
    assert payload["errorType"] == "Sandbox.Timedout"
    assert payload["errorMessage"].endswith("Task timed out after 1.00 seconds")
    assert invoke(local_aws, name, {"seconds": 0})[1] == "done"


def test_process_stays_warm_until_the_code_changes(local_aws: LocalAws) -> None:
    source = "import os\ndef handler(event, context): return [os.getpid(), {0}]"
    name = create_function(local_aws, source.format(1))
    first, second = invoke(local_aws, name)[1], invoke(local_aws, name)[1]
    local_aws.client("lambda").update_function_code(
        FunctionName=name, ZipFile=zip_of(source.format(2))
    )
    third = invoke(local_aws, name)[1]
    assert first == second
    assert third[1] == 2
    assert third[0] != first[0]


def test_log_goes_to_the_functions_log_group_and_to_the_tail(local_aws: LocalAws) -> None:
    source = """
    import logging
    def handler(event, context):
        print("printed")
        logging.warning("logged")
    """
    name = create_function(local_aws, source)
    response, _ = invoke(local_aws, name, LogType="Tail")
    tail = base64.b64decode(response["LogResult"]).decode()
    logs = local_aws.client("logs")
    events = logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
    messages = [event["message"] for event in events]
    assert messages[0].startswith("START RequestId: ")
    assert messages[1] == "printed"
    assert messages[2].startswith("[WARNING]")
    assert messages[-1].startswith("REPORT RequestId: ")
    assert tail.splitlines() == messages


def test_event_invocation_answers_at_once_and_runs(local_aws: LocalAws) -> None:
    name = create_function(local_aws, "def handler(event, context): print('ran', event['a'])")
    response, _ = invoke(local_aws, name, {"a": 7}, InvocationType="Event")
    assert response["StatusCode"] == 202
    assert "ran 7" in _log_when_written(local_aws, name)


def test_functions_can_call_local_aws_with_boto3(local_aws: LocalAws) -> None:
    source = """
    import boto3
    def handler(event, context):
        return boto3.client("sts").get_caller_identity()["Account"]
    """
    assert invoke(local_aws, create_function(local_aws, source))[1] == "123456789012"


def test_other_runtimes_are_refused(local_aws: LocalAws) -> None:
    words = "runs Python functions only, and this one is nodejs22.x"
    with pytest.raises(ClientError, match=words) as refused:
        create_function(local_aws, "", Runtime="nodejs22.x")
    assert refused.value.response["Error"]["Code"] == "InvalidParameterValueException"
    name = create_function(local_aws, "")
    with pytest.raises(ClientError, match=words):
        local_aws.client("lambda").update_function_configuration(
            FunctionName=name, Runtime="nodejs22.x"
        )


def test_layers_of_other_accounts_are_taken_and_missing_ones_of_this_refused(
    local_aws: LocalAws,
) -> None:
    layer = "arn:aws:lambda:us-east-1:{}:layer:Powertools:1"
    name = create_function(local_aws, "def handler(event, context): return 1",
                           Layers=[layer.format("017000801446")])  # fmt: skip
    assert invoke(local_aws, name)[1] == 1
    with pytest.raises(ClientError, match="One or more LayerVersion does not exist"):
        create_function(local_aws, "", Layers=[layer.format("123456789012")])


def _log_when_written(local_aws: LocalAws, name: str) -> list[str]:
    logs = local_aws.client("logs")
    for _ in range(100):
        groups = logs.describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{name}")["logGroups"]
        if groups:
            events = logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
            if events:
                return [event["message"] for event in events]
        time.sleep(0.1)
    return []


def test_function_has_the_variables_that_python_reads_as_it_starts(local_aws: LocalAws) -> None:
    source = "import sys\ndef handler(event, context): return sys.flags.dev_mode"
    variables = {"Variables": {"PYTHONDEVMODE": "1"}}
    assert invoke(local_aws, create_function(local_aws, source, Environment=variables))[1] is True
    assert invoke(local_aws, create_function(local_aws, source))[1] is False


def test_function_runs_the_boto3_that_it_brings(local_aws: LocalAws) -> None:
    source = "import boto3\ndef handler(event, context): return boto3.__version__"
    own = {"index.py": source, "boto3/__init__.py": "__version__ = 'of the function'"}
    name = create_function(local_aws, source, Code={"ZipFile": zip_of_files(own)})
    assert invoke(local_aws, name)[1] == "of the function"


def test_function_counts_time_in_the_zone_of_its_variables(local_aws: LocalAws) -> None:
    source = "import time\ndef handler(event, context): return time.localtime(0).tm_hour"
    variables = {"Variables": {"TZ": "XYZ-5"}}
    assert invoke(local_aws, create_function(local_aws, source, Environment=variables))[1] == 5
    assert invoke(local_aws, create_function(local_aws, source))[1] == 0


def bomb() -> bytes:
    """A zip of 300 KB that holds 300 MB."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"zeros{number}", bytes(100 * 2**20))
    return content.getvalue()


def of_kind(kind: int) -> bytes:
    """A zip whose one member is a link, or another thing that is no file."""
    content, member = io.BytesIO(), zipfile.ZipInfo("index.py")
    member.create_system, member.external_attr = 3, (kind | 0o777) << 16
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(member, "/etc/passwd")
    return content.getvalue()


def crowded() -> bytes:
    return zip_of_files({f"module{number}.py": "" for number in range(100_001)})


def damaged(part: bytes, by: bytes, *, flag: int | None = None) -> bytes:
    """A zip whose list of members is as it was; `flag` is the place of a flag in that list."""
    content = zip_of("x = 1").replace(part, by)
    if flag is None:
        return content
    place = content.index(part) + flag
    return content[:place] + b"\x01" + content[place + 1 :]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (lambda: b"no zip", "Could not unzip"),
        (lambda: zip_of("x = 1", "../evil.py"), "Could not unzip"),
        (lambda: of_kind(stat.S_IFLNK), "'index.py' is neither a file nor a folder"),
        (lambda: of_kind(stat.S_IFIFO), "'index.py' is neither a file nor a folder"),
        (crowded, "more than 100,000 members"),
        (bomb, "smaller than 262144000 bytes"),
        (lambda: damaged(b"x = 1", b"x = 2"), "Could not unzip"),
        (lambda: zip_of("x = 1")[:-10], "Could not unzip"),
        (lambda: damaged(b"PK\x01\x02", b"PK\x01\x02", flag=8), "Could not unzip"),
    ],
    ids=[
        "no zip",
        "leaves its directory",
        "link",
        "pipe",
        "crowded",
        "too large",
        "wrong checksum",
        "cut off",
        "encrypted",
    ],
)
def test_code_that_cannot_be_unpacked_is_refused_and_what_was_there_stays(
    local_aws: LocalAws, code: Callable[[], bytes], words: str
) -> None:
    with pytest.raises(ClientError, match=words):
        create_function(local_aws, "", Code={"ZipFile": code()})
    name = create_function(local_aws, "def handler(event, context): return 'as before'")
    with pytest.raises(ClientError, match=words):
        local_aws.client("lambda").update_function_code(FunctionName=name, ZipFile=code())
    assert invoke(local_aws, name)[1] == "as before"
