"""What PlanTuning refuses or warns of: only what SageMaker or the algorithm cannot do.

`check_input` takes a document through all stages, of which `check` is the last. It asks the other
files, one a subject. Each yields a `Fault` for every thing wrong, and a person reads all at once.
"""
