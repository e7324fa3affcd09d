"""From a table as people have it to the channels that an algorithm reads.

`encoder.py` stands alone, so that other clients can carry it beside the description of a table's
columns. `engine/` alone needs more than Python's standard library. Runs on Python 3.9.
"""
