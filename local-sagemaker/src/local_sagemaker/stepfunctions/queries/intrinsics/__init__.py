"""Intrinsic functions of JSONPath states: `States.Format('{}', $.name)`.

Their page in the developer guide: /step-functions/latest/dg/intrinsic-functions.html
"""
