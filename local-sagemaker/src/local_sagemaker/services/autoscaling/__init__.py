"""Application Auto Scaling of endpoint variants: targets are checked and their bounds applied.

Policies are kept and described, but nothing scales by itself: one process serves a variant.
"""
