"""InputDataConfig of a pasted request, as the channels of an execution input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tuning.errors import Fault

CHANNELS = "InputDataConfig"
_SOURCE, _S3 = "DataSource", "S3DataSource"
_S3_FIX = "Give DataSource.S3DataSource.S3Uri, such as s3://bucket/folder/."

Listed = Sequence[Mapping[str, Any]]


def check_channels(listed: Any) -> Iterator[Fault]:
    """Faults by which InputDataConfig would be no channels by name, with one content type."""
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        yield Fault(CHANNELS, listed, "It must be a list of objects.", "Give ChannelName in each.")
        return
    names = [each.get("ChannelName") for each in listed]
    for index, (name, channel) in enumerate(zip(names, listed, strict=True)):
        field = f"{CHANNELS}.{index}"
        if not isinstance(name, str):
            yield Fault(
                f"{field}.ChannelName", name, "It must be a text.", "Give train, for example."
            )
        elif name in names[:index]:
            rule = "Another channel has this name."
            yield Fault(f"{field}.ChannelName", name, rule, "Give each a name of its own.")
        if not isinstance(_s3(channel), Mapping):
            rule = "Channels lie in S3."
            yield Fault(f"{field}.{_SOURCE}.{_S3}", _s3(channel), rule, _S3_FIX)
    yield from _check_content_types(listed)


def _check_content_types(listed: Listed) -> Iterator[Fault]:
    for index, channel in enumerate(listed):
        given, first = channel.get("ContentType"), listed[0].get("ContentType")
        field = f"{CHANNELS}.{index}.ContentType"
        if given is None:
            rule = "What an algorithm takes data for without it differs: XGBoost reads libsvm."
            yield Fault(field, None, rule, "Give it, text/csv for example.")
        elif index and first is not None and given != first:
            rule = "All channels have one content type, and the first one has another."
            yield Fault(field, given, rule, "Give all channels data of one format.")


def channels(listed: Listed, input_mode: Any) -> dict[str, Any]:
    """The channels by name; `input_mode` is that of the algorithm, where the input has no place
    for it but the channels."""
    mode = {} if input_mode in (None, "File") else {"InputMode": input_mode}
    return {each["ChannelName"]: mode | _channel(each) for each in listed}


def content_type(listed: Listed) -> Any:
    """The one of all channels."""
    return listed[0].get("ContentType") if listed else None


def _channel(channel: Mapping[str, Any]) -> dict[str, Any]:
    """With what nobody knows, so that it is refused when the fields are read."""
    source = {name: value for name, value in channel[_SOURCE].items() if name != _S3}
    gone = ("ChannelName", "ContentType", _SOURCE)
    own = {name: value for name, value in channel.items() if name not in gone}
    return {**_s3(channel), **source, **own}


def _s3(channel: Mapping[str, Any]) -> Any:
    source = channel.get(_SOURCE)
    return source.get(_S3) if isinstance(source, Mapping) else None
