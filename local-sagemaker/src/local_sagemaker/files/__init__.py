"""Writes what came from outside to disk: object keys and members of archives name files there."""
