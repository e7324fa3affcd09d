"""Which call needs which permission of each role: `python -m tests.iam_matrix`.

Local AWS notes what it asks of the roles' policies in clean runs of the workflow's variants
(`recording`, kept in asked.json). Each action and each resource of the template's statements
(`template`) is then taken away in turn (`matrix`): what no recorded call misses is in
reasons.json, which says why an account wants it, or is open in the page.
"""
