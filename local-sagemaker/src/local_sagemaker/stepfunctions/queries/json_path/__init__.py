"""JSONPath as Step Functions reads it: a language of its own, of an old Jayway JsonPath.

A path that names one place is its value; any other is a list of what it finds. Names keep their
backslashes, functions such as length() are names like any other, and a slice has no step. RFC 9535
differs in all of these, and Jayway's later versions in some, so the parser is our own.
"""
