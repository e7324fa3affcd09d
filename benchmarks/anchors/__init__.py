"""Other libraries' searches, each asked in a process of an environment of their own.

`requirements.txt` has that environment (torch and 90 others), which `ask.py` makes under build/;
`program.py` runs in it and answers on standard output. Nothing of it enters the project's own.
"""
