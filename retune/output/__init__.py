"""What a person sees: the terminal, tables, a curve, the browser."""
