"""What the benchmark of an execution's orchestration consists of: a deployment and its bills."""
