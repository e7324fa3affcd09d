"""Somebody's table: where it lies, its rows, its channels."""
