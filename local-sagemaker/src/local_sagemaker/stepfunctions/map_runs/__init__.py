"""Distributed Map: each iteration is an execution of its own, which a Map Run starts and counts.

Undocumented on AWS, decided here: outputs of iterations that failed within the tolerance are left
out, so that the result has only what succeeded (AWS's TestState counts a mocked result in this
way); a tolerance of 0 counts as none given, so that a count alone is not undone by a percentage of
0.
"""

from __future__ import annotations

from local_sagemaker.stepfunctions.map_runs.map_state import run_distributed

__all__ = ["run_distributed"]
