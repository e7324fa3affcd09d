"""What a request and an answer of any AWS service have in common: who calls, models, errors.

Everything here serves several services.
"""
