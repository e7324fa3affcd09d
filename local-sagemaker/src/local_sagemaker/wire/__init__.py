"""HTTP/1.1 as it goes over a connection, for the server and for the containers of its endpoints.

A connection has one request after another, as clients of AWS have theirs. That Python's own server
parses each head as a mail and takes a new connection for each request costs more than most answers.
"""
