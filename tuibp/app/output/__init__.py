"""What leaves for the terminal, and when. Only changed cells are sent, and one frame at a time is on its way.

This package is the only one that touches private parts of Textual's output path (`application` and `driver`);
`tests/terminal/test_hooks.py` tells when a new Textual has changed them.
"""
