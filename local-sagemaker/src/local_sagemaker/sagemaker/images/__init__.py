"""How an image runs: as a process of this machine, or in Docker; and the code that it is given."""
