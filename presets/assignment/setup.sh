#!/usr/bin/env bash
# Run once, when the autograder's image is made: a Python of 3.11 or newer, with numpy and rich.
set -euo pipefail
root=${AUTOGRADER:-/autograder}
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; }
python=python3
if ! new_enough "$python"; then
  apt-get update
  apt-get install -y python3.11 python3.11-venv
  python=python3.11
fi
"$python" -m venv "$root/venv" || { apt-get update && apt-get install -y python3-venv && "$python" -m venv "$root/venv"; }
"$root/venv/bin/pip" install "numpy>=2.0" rich
