"""Prepares a table with DuckDB: it may be larger than memory.

`prepare.prepare` is the whole of it: load, look at kinds, split, learn on train alone, encode.
"""
