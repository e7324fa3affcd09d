"""The lesson and its notebook as a student goes through them."""
