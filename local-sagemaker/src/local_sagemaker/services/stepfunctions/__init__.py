"""Step Functions: moto's interpreter, with JSONata, SageMaker tasks and AWS's error names.

Undocumented on AWS, decided here: a `.sync` task whose job ends `Stopped` fails with
States.TaskFailed, like one whose job failed. So a job that somebody stopped never lets a
workflow go on as if it were finished.
"""
