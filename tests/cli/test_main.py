"""`retune` before it is loaded."""

from __future__ import annotations

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
