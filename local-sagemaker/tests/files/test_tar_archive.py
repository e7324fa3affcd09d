"""Archives that come from outside are unpacked inside their directory, or refused by name.

A corpus of what is known to lead outside (zip-slip, links, CVE-2007-4559, CVE-2025-4517), to fill
a disk or to never end.
"""

from __future__ import annotations

import gzip
import io
import os
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.files.foreign_names import RefusedName
from local_sagemaker.files.limits import Limits, TooLarge
from local_sagemaker.files.tar_archive import unpack_tar

FEW = Limits(members=50, total_bytes=10 * 2**20, ratio=20, free_bytes=2**20)
Member = tuple[tarfile.TarInfo, bytes]


def member(name: str, content: bytes = b"x", **fields: Any) -> Member:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, content


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> Member:
    return member(name, b"", type=kind, linkname=target)


def folder(name: str) -> Member:
    return member(name, b"", type=tarfile.DIRTYPE, mode=0o755)


def packed(*members: Member, form: int = tarfile.PAX_FORMAT) -> io.BytesIO:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz", format=form) as archive:
        for info, data in members:
            archive.addfile(info, io.BytesIO(data))
    content.seek(0)
    return content


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where archives are unpacked; beside it lies what they must not reach."""
    (tmp_path / "secret").write_text("untouched")
    root = tmp_path / "root"
    root.mkdir()
    return root


def assert_nothing_outside(root: Path) -> None:
    beside = root.parent
    assert sorted(path.name for path in beside.iterdir()) == ["root", "secret"]
    assert (beside / "secret").read_text() == "untouched"
    for path in root.rglob("*"):
        assert path.resolve().is_relative_to(root.resolve()), path


def test_files_folders_and_links_within_are_unpacked(root: Path) -> None:
    archive = packed(
        folder("."), member("./a/model", b"model"), member("b.sh", b"#!", mode=0o4755),
        link("latest", "a/model"), link("same", "a/model", tarfile.LNKTYPE), folder("empty"),
    )  # fmt: skip
    unpack_tar(archive, root, FEW)
    assert (root / "latest").read_bytes() == (root / "same").read_bytes() == b"model"
    assert (root / "empty").is_dir()
    assert (root / "b.sh").stat().st_mode & 0o7777 == 0o755
    assert_nothing_outside(root)


LEAVING = {
    "parent": [member("../evil")],
    "parent within": [member("a/../../evil")],
    "parent that comes back": [member("../root/evil")],
    "absolute": [member("/evil")],
    "absolute with slashes": [member("//evil")],
    "link to parent": [link("up", "..")],
    "absolute link": [link("up", "/etc")],
    "link then file": [link("up", "."), member("up/evil")],
    "link then file deeper": [folder("a"), link("a/up", "b"), member("a/up/c/evil")],
    "link over a folder, then file": [folder("a"), link("b", "a"), folder("b/c")],
    "link to a link and up": [link("a", "."), link("b", "a/../../secret")],
    "hard link out": [link("evil", "../secret", tarfile.LNKTYPE)],
    "hard link to absolute": [link("evil", "/etc/passwd", tarfile.LNKTYPE)],
    "hard link through link": [link("up", "."), link("evil", "up/../x", tarfile.LNKTYPE)],
    "hard link behind a link": [
        folder("d"), link("l", "d"), member("d/x"), link("h", "l/x", tarfile.LNKTYPE)
    ],
    "hard link to a link by another spelling": [
        folder("d"), link("d/l", "x"), link("h", "d//l", tarfile.LNKTYPE)
    ],
    "device": [member("null", b"", type=tarfile.CHRTYPE, devmajor=1, devminor=3)],
    "block device": [member("disk", b"", type=tarfile.BLKTYPE)],
    "pipe": [member("pipe", b"", type=tarfile.FIFOTYPE)],
    "unknown kind": [member("odd", b"", type=b"Z")],
    "empty link": [link("l", "")],
    "empty name": [member("")],
    "too long": [member("a" * 300)],
    "file, then a folder": [member("f"), folder("f")],
    "folder, then a file": [folder("f"), member("f")],
    "file, then a file in it": [member("f"), member("f/g")],
    "hard link to nothing": [link("h", "nothing", tarfile.LNKTYPE)],
    "hard link to a folder": [folder("d"), link("h", "d", tarfile.LNKTYPE)],
    "too deep": [member("a/" * 3000 + "b")],
}  # fmt: skip


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT], ids=["pax", "gnu"])
@pytest.mark.parametrize("members", LEAVING.values(), ids=LEAVING.keys())
def test_what_leaves_the_directory_is_refused_by_name(
    root: Path, members: list[Member], form: int
) -> None:
    kept = member("first", b"kept")
    with pytest.raises((RefusedName, tarfile.TarError)) as refused:
        unpack_tar(packed(kept, *members, form=form), root, FEW)
    assert isinstance(refused.value, tarfile.TarError) or members[-1][0].name[:9] in str(
        refused.value
    ) or members[0][0].name in str(refused.value)  # fmt: skip
    assert_nothing_outside(root)


def test_chain_of_long_links_does_not_lead_outside(root: Path) -> None:
    """CVE-2025-4517: beyond PATH_MAX, tarfile's data filter no longer knew where a link led."""
    long, members = "d" * 247, []
    steps = "abcdefghijklmnop"
    for number, step in enumerate(steps):
        place = "/".join([long] * number)
        members += [folder("/".join([*([long] * (number + 1))]))]
        members += [link("/".join(filter(None, [place, step])), long)]
    way = "/".join(steps)
    members += [link(f"{way}/{'l' * 254}", "../" * len(steps))]
    members += [link("escape", f"{way}/{'l' * 254}/../secret"), member("escape", b"evil")]
    with pytest.raises((RefusedName, OSError)):
        unpack_tar(packed(*members), root, Limits(members=100, total_bytes=2**20))
    assert (root.parent / "secret").read_text() == "untouched"
    assert sorted(path.name for path in root.parent.iterdir()) == ["root", "secret"]


def test_later_member_replaces_a_link_instead_of_writing_through_it(root: Path) -> None:
    archive = packed(member("target", b"old"), link("name", "target"), member("name", b"new"))
    unpack_tar(archive, root, FEW)
    assert ((root / "target").read_bytes(), (root / "name").read_bytes()) == (b"old", b"new")


def zeros(size: int) -> io.BytesIO:
    return packed(member("zeros", b"\0" * size))


@pytest.mark.parametrize(
    ("archive", "words"),
    [
        (lambda: packed(*(member(f"f{n}", b"") for n in range(51))), "50 members"),
        (lambda: packed(member("noise", os.urandom(11 * 2**20))), "10,485,760 bytes"),
        (lambda: zeros(5 * 2**20), "20 times its own size"),
        (lambda: packed(member("f", b"", pax_headers={"x": "y" * 2**21})), "attributes take"),
        (lambda: packed(member("n" * 2**21), form=tarfile.GNU_FORMAT), "attributes take"),
    ],
    ids=["members", "bytes", "ratio", "attributes", "name"],
)
def test_what_unpacks_to_too_much_is_stopped(
    root: Path, archive: Callable[[], io.BytesIO], words: str
) -> None:
    with pytest.raises(TooLarge, match=words):
        unpack_tar(archive(), root, FEW)
    held = sum(path.stat().st_size for path in root.rglob("*"))
    assert held <= FEW.total_bytes


def negative_size() -> bytes:
    header = bytearray(tarfile.TarInfo("negative").tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 4 + (-512).to_bytes(8, "big", signed=True)
    checksum = 256 + sum(header[:148]) + sum(header[156:])
    header[148:156] = b"%06o\0 " % checksum
    return gzip.compress(bytes(header) + bytes(1024))


def headers_about_headers() -> bytes:
    """tarfile reads each within the one before it; a library may have raised Python's limit."""
    header = tarfile.TarInfo.create_pax_global_header({"comment": "none"})
    return gzip.compress(header * 20_000 + tarfile.TarInfo("f").tobuf())


@pytest.mark.parametrize(
    "content",
    [b"", b"no archive", gzip.compress(b""), gzip.compress(b"x" * 600),
     negative_size(), headers_about_headers(), zeros(10**5).read()[:60]],
    ids=["empty", "text", "nothing", "no tar", "negative size", "headers", "cut in the middle"],
)  # fmt: skip
@pytest.mark.timeout(20)
def test_what_is_no_archive_ends_in_an_error_of_tarfile(root: Path, content: bytes) -> None:
    with pytest.raises((tarfile.TarError, EOFError)):
        unpack_tar(io.BytesIO(content), root, FEW)
    assert_nothing_outside(root)
