"""What a client says of an upload's content is compared with it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

import pytest
from local_sagemaker.protocol.crc import crc32c, crc64nvme
from local_sagemaker.protocol.digests import DigestError, check_digests

CHECK = b"123456789"  # of which catalogues of CRCs tell the CRC


def one_bit_after_the_other(data: bytes, polynomial: int, width: int) -> bytes:
    every_bit = int(256**width - 1)
    state = every_bit
    for byte in data:
        state ^= byte
        for _ in range(8):
            state = (state >> 1) ^ (polynomial if state & 1 else 0)
    return (state ^ every_bit).to_bytes(width, "big")


def test_crcs_are_those_of_the_catalogues() -> None:
    assert crc32c(CHECK).hex() == "e3069283"
    assert crc64nvme(CHECK).hex() == "ae8b14860a799888"
    assert base64.b64encode(crc32c(b"a" * 66560)) == b"sOO8/Q=="  # an example of S3's guide


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, 10_000])
def test_crcs_of_every_length_are_those_of_the_definition(size: int) -> None:
    data = bytes(number * number % 251 for number in range(size))
    assert crc32c(data) == one_bit_after_the_other(data, 0x82F63B78, 4)
    assert crc64nvme(data) == one_bit_after_the_other(data, 0x9A6C9329AC4BC9B5, 8)


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("crc32c", crc32c),
        ("crc64nvme", crc64nvme),
        ("md5", lambda data: hashlib.md5(data).digest()),
        ("sha512", lambda data: hashlib.sha512(data).digest()),
    ],
)
def test_content_is_what_its_checksum_says(name: str, digest: Callable[[bytes], bytes]) -> None:
    given = {f"x-amz-checksum-{name}": base64.b64encode(digest(CHECK)).decode()}
    check_digests(CHECK, given)
    with pytest.raises(DigestError, match=name.upper()):
        check_digests(CHECK + b"0", given)
    check_digests(CHECK + b"0", given, of_body=False)
