"""What Retune costs, each figure beside what it is compared with, measured in the same run.

`make bench` runs all of them, `python -m benchmarks.NAME` one; docs/benchmarks.md is generated from
what they write to benchmarks/results.
"""
