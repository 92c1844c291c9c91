"""`python -m tuibp`."""

from __future__ import annotations

import sys

from tuibp.cli import main

if __name__ == "__main__":
    sys.exit(main())
