"""The list of patches (`local_sagemaker.services.moto_patches`) is complete and its tests exist."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from local_sagemaker.services.moto_patches import PATCHES, REPLACED, Patch
from local_sagemaker.services.patching import UnlistedPatchError, replace
from moto.sns import models


def test_what_is_replaced_is_listed_and_what_is_listed_is_replaced(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.moto_faults.replaced", str(tmp_path)]
    shown = subprocess.run(program, capture_output=True, text=True, check=True)
    assert set(shown.stdout.split()) == REPLACED


def test_a_part_that_is_not_listed_cannot_be_replaced() -> None:
    with pytest.raises(UnlistedPatchError, match=r"moto\.sns\.models\.Topic\.publish"):
        replace(models.Topic, "publish", None)


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.test)
def test_a_patch_has_its_test(patch: Patch) -> None:
    file, function = patch.test.split("::")
    assert hasattr(importlib.import_module(f"tests.moto_faults.{file}"), function)
