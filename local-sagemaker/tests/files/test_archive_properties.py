"""Whatever an archive or a name is: nothing is written outside, and it ends in a known error."""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from local_sagemaker.files.foreign_names import RefusedName, path_below
from local_sagemaker.files.limits import Budget, Limits, TooLarge
from local_sagemaker.files.tar_archive import unpack_tar
from local_sagemaker.files.zip_archive import check_zip, unpack_zip

FEW = Limits(members=8, total_bytes=2**16, ratio=20, free_bytes=2**14)
PARTS = ("a", "b", "c", "..", ".", "", "root", "secret", "l" * 260, "\udcff", "ü", " ", "\\", "C:")
KINDS = (
    *(tarfile.REGTYPE, tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE),
    *(tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.CONTTYPE, tarfile.GNUTYPE_SPARSE, b"Z"),
)
parts = st.sampled_from(PARTS)
names = st.builds(
    lambda start, middle: start + "/".join(middle),
    st.sampled_from(["", "", "/", "//", "./"]),
    st.lists(parts, min_size=1, max_size=4),
)
members = st.tuples(names, st.sampled_from(KINDS), names, st.integers(0, 0o7777))
damage = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=3)


@contextmanager
def guarded() -> Iterator[Path]:
    """A directory to unpack in; when the block ends nothing beside it has changed."""
    with tempfile.TemporaryDirectory() as folder:
        beside, root = Path(folder), Path(folder, "root")
        root.mkdir()
        (beside / "secret").write_text("untouched")
        yield root
        assert sorted(path.name for path in beside.iterdir()) == ["root", "secret"]
        assert (beside / "secret").read_text() == "untouched"
        for path in root.rglob("*"):
            assert Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)), path
            assert path.is_symlink() or path.is_file() or path.is_dir(), path


def packed(entries: list[tuple[str, bytes, str, int]], form: int) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz", format=form) as archive:
        for name, kind, target, mode in entries:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.mode = kind, target, mode
            data = b"data" if kind in (tarfile.REGTYPE, tarfile.CONTTYPE, b"Z") else b""
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return content.getvalue()


def damaged(content: bytes, changes: list[tuple[int, int]]) -> bytes:
    changed = bytearray(content)
    for place, value in changes:
        changed[place % len(changed)] = value
    return bytes(changed)


@given(
    st.lists(members, max_size=5),
    st.sampled_from([tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]),
    damage,
)
def test_any_tar_stays_in_its_directory(
    entries: list[tuple[str, bytes, str, int]], form: int, changes: list[tuple[int, int]]
) -> None:
    content = damaged(packed(entries, form), changes)
    with guarded() as root:
        try:
            unpack_tar(io.BytesIO(content), root, FEW)
        except (RefusedName, TooLarge, tarfile.TarError, EOFError, OSError):
            return


@pytest.mark.filterwarnings("ignore:Duplicate name")
@given(st.lists(st.tuples(names, st.integers(0, 2**32 - 1)), max_size=5), damage)
def test_any_zip_stays_in_its_directory(
    entries: list[tuple[str, int]], changes: list[tuple[int, int]]
) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, attributes in entries:
            info = zipfile.ZipInfo(name.encode(errors="replace").decode())
            info.external_attr = attributes
            archive.writestr(info, "data")
    given = damaged(content.getvalue(), changes)
    with guarded() as root:
        try:
            check_zip(given, Budget(FEW))
        except (RefusedName, TooLarge, zipfile.BadZipFile):
            return
        unpack_zip(given, root, Budget(FEW))


@given(names | st.text(max_size=30))
def test_any_name_is_below_its_directory_or_refused(name: str) -> None:
    root = Path("/root/of/all")
    try:
        path = path_below(root, name)
    except RefusedName:
        return
    assert path != root
    assert path.is_relative_to(root)
    assert ".." not in path.parts
