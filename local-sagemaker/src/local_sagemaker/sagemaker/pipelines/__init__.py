"""SageMaker Pipelines: definitions, and executions whose steps are jobs of this SageMaker.

A definition is read and checked when a pipeline is created (definition, structure, arguments,
dependencies). An execution walks it (runner): each step that is ready runs in a thread of its own
(attempts, job_step, function_step, callback_step, control_steps), with the values that its
arguments have by then (evaluation).
"""
