"""A page, or a part of one that is asked for again, a file each."""
