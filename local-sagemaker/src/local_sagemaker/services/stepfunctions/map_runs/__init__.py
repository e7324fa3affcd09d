"""Distributed Map: each iteration is an execution of its own, which a Map Run starts and counts.

moto's grammar lacks most fields of it and its iterations are threads of the parent. Undocumented
on AWS, decided here: outputs of iterations that failed within the tolerance are left out, so that
the result has only what succeeded (AWS's TestState counts a mocked result in this way); a
tolerance of 0 counts as none given, so that a count alone is not undone by a percentage of 0.
"""
