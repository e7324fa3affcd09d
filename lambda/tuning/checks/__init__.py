"""What PlanTuning refuses, a file a subject. Only what SageMaker or the algorithm cannot do.

Every check is a function of the input and the algorithm that yields a `Fault` for each thing
wrong, so that a person reads all of them at once.
"""
