"""Policies of IAM as they are written, and what they say of a request.

The rules are those of the IAM guide: "IAM JSON policy elements reference" and "Policy evaluation
logic".
"""
