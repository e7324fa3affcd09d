"""CloudFormation: stacks and change sets, on resource types of our own and of moto's.

A template is read (`template_text`), what is written in SAM becomes plain (`sam`), its form, names
and limits are checked (`template_form`), its parameters and functions get their values
(`parameters`, `functions`), and a thread makes, changes and removes resources in the order of what
they need (`deployment`). `operations` are the calls; moto still reads and writes their XML.
"""
