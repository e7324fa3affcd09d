"""What a person gives an execution: its type, and the way from a JSON document to that type.

`tuning.checks.check_input` walks it: normalise, definitions, defaults, validate, and then check.
"""
