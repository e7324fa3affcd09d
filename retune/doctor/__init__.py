"""The room of `retune doctor`: what keeps a run from working, found without starting anything.

Each check is a function of the patient that yields its findings; what it cannot look at is a
finding too (`examination`).
"""
