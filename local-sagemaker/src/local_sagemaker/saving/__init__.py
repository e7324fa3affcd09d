"""The state of local AWS as a file: written by one server, read by another that is empty.

The state is a graph of plain objects, moto's and our own. `encoder` writes it down as JSON and
`decoder` makes it again. There is no pickle: a file holds data and names of `classes`, and whoever
reads it calls none of them.
"""
