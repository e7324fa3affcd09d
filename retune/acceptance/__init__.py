"""The acceptance run: what nobody has seen on AWS yet is played in an account, and told.

A claim is a row of docs/unproven.md, a scenario a file of `scenarios/` that plays some of them.
"""
