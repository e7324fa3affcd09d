"""Endpoints: what serves, what it takes and what it answers."""
