"""What the benchmark of the endpoint consists of: plain XGBoost behind ASGI, and clients."""
