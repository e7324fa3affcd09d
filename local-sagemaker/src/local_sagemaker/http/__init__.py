"""The server: it listens, and decides who answers a request."""
