"""Lambda: runs deployed zips in processes of their own, without Docker.

Differences from AWS, on purpose:
- The interpreter is the one that runs local AWS, whatever Python version and architecture a
  function asks for. Runtimes other than Python are refused when the function is created.
- Layers are not unpacked: this interpreter's installed packages, from the same lock files, stand
  for them.
- Memory is watched, not capped: a function is ended at the next look (20 times a second) after
  its resident memory passed the setting. An address-space limit would refuse numpy, which
  reserves far more than it uses.
- An asynchronous (Event) invocation that fails is tried again after one and two seconds, not
  minutes.
"""
