"""SageMaker Debugger within a container: the hook's settings and the files of its tensors.

What is saved, when and into which files follows smdebug, AWS's public library, whose reader
(`smdebug.trials.create_trial`) reads these files.
"""
