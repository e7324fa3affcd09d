"""Every AWS call of the workflow, made to fail in every way: `python -m tests.fault_matrix`.

A clean run of each variant of the workflow tells which calls there are (`discovery`), so that a new
call is covered by itself. Each call meets each kind of fault (`kinds`); jobs, functions and
executions go wrong too (`incidents`). What is right then is a rule (`expectation`), and `checks`
compares it with what became of execution, endpoint, leftovers and notification.
"""
