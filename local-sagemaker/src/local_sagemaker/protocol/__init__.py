"""What a request and an answer of any AWS service have in common: who calls, models, errors.

Everything here serves all services, and knows none of them.
"""
