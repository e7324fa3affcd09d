"""The live page: what `retune ui` shows in a browser of this machine."""
