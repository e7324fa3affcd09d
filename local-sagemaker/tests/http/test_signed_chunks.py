"""Every chunk of a signed body is checked, by the examples of S3's guide."""

from __future__ import annotations

import pytest
from local_sagemaker.protocol.authorization import Authorization, Credential
from local_sagemaker.protocol.signed_chunks import (
    ChunkSignatureWrong,
    ChunksMalformed,
    read_chunks,
)

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
CREDENTIAL = Credential("AKIAIOSFODNN7EXAMPLE", "us-east-1", "s3", "20130524")
CHUNKS = [(0x10000, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"),
          (0x400, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"),
          (0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9")]  # fmt: skip
TRAILED = [(0x10000, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"),
           (0x400, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"),
           (0, "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992")]  # fmt: skip
TRAILER = (
    b"x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:"
    b"d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n"
)


def authorization(seed: str) -> Authorization:
    return Authorization(CREDENTIAL, ("host",), seed, "20130524T000000Z", "")


PLAIN = authorization("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9")
WITH_TRAILER = authorization("106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e")


def body(chunks: list[tuple[int, str]], end: bytes = b"\r\n") -> bytes:
    """Of the letter a, cut as in the guide."""
    parts = [
        f"{size:x};chunk-signature={signature}\r\n".encode() + b"a" * size
        for size, signature in chunks
    ]
    return b"\r\n".join(parts) + end


def test_examples_of_the_guide_are_right() -> None:
    assert read_chunks(body(CHUNKS), PLAIN, SECRET, signed=True).data == b"a" * 66560
    content = read_chunks(body(TRAILED, TRAILER), WITH_TRAILER, SECRET, signed=True)
    assert (len(content.data), content.trailers) == (66560, {"x-amz-checksum-crc32c": "sOO8/Q=="})


@pytest.mark.parametrize(
    ("whole", "seed"),
    [
        (body(CHUNKS).replace(b"a" * 0x400, b"a" * 0x3FF + b"b"), PLAIN),
        (body([CHUNKS[0], CHUNKS[2]]), PLAIN),
        (body([CHUNKS[1], CHUNKS[0], CHUNKS[2]]), PLAIN),
        (body(TRAILED, TRAILER.replace(b"sOO8", b"sOO9")), WITH_TRAILER),
        (body(TRAILED, b"x-amz-checksum-crc32c:sOO8/Q==\r\n\r\n"), WITH_TRAILER),
    ],
    ids=["data", "left out", "order", "trailer", "unsigned trailer"],
)
def test_what_was_not_signed_is_refused(whole: bytes, seed: Authorization) -> None:
    with pytest.raises(ChunkSignatureWrong):
        read_chunks(whole, seed, SECRET, signed=True)


@pytest.mark.parametrize(
    "whole",
    [
        b"",
        b"xyz\r\n",
        b"-5;chunk-signature=1\r\n",
        b"5\r\nabcde\r\n0\r\n\r\n",
        body(CHUNKS[:2]),
        body([CHUNKS[0], CHUNKS[2]]).replace(b"aa\r\n", b"aaaa", 1),
        b"f" * 40 + b"\r\n",
    ],
    ids=["empty", "no number", "negative", "unsigned", "no end", "no line end", "huge"],
)
def test_what_is_not_in_chunks_is_refused(whole: bytes) -> None:
    with pytest.raises((ChunksMalformed, ChunkSignatureWrong)):
        read_chunks(whole, PLAIN, SECRET, signed=True)


def test_unsigned_chunks_carry_their_trailers() -> None:
    content = read_chunks(
        b"5\r\nabcde\r\n0\r\nx-amz-checksum-crc32:hYfWQA==\r\n\r\n", PLAIN, SECRET, signed=False
    )
    assert (content.data, content.trailers) == (b"abcde", {"x-amz-checksum-crc32": "hYfWQA=="})
