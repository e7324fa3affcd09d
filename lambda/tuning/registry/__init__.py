"""The candidate in the Model Registry: its model package, and a person's approval of it."""
