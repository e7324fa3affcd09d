"""Faults on purpose and a record of every call, to test a workflow with (docs/faults.md)."""
