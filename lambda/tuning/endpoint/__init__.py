"""Whether the endpoint serves: real rows as a request to it, and the check of its answer."""
