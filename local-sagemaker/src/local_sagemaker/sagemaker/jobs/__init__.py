"""Training jobs: what is checked, what is brought into the container, and what comes out of it."""
