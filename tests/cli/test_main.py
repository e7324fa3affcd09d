"""`retune` before it is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from retune.__main__ import main


class Interrupted:
    """Ctrl-C while the command is looked for."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "retune.cli":
            raise KeyboardInterrupt


def test_ctrl_c_while_it_loads_ends_it_as_shells_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "retune.cli", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


def test_no_command_waits_for_what_only_few_need() -> None:
    """Optuna brings scikit-learn, and takes longer to load than most commands take."""
    program = "import sys, retune.cli; print(*{'optuna', 'sklearn', 'flask'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert loaded.stdout.split() == []
