"""Grades `backprop.py` for otter's tests. It is imported from tuibp.zip, where the grader lies as well: a second .py
beside the submission would be taken for one."""

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from zipfile import ZipFile

ARCHIVE = Path(__file__).resolve().parent


@cache
def _grades(code, name):
    with tempfile.TemporaryDirectory() as folder:
        ZipFile(ARCHIVE).extractall(folder)
        submission = Path(folder, name)
        submission.write_bytes(code)
        words = [sys.executable, "-m", "tuibp", "assignment", "--grade", str(submission), "--seed", "$seed", "--json"]
        settings = {"PYTHONPATH": folder, "TUIBP_LANG": "$language", "PYTHONIOENCODING": "utf-8"}
        told = subprocess.run(words, capture_output=True, check=False, env={**os.environ, **settings}, cwd=folder)
        return {test["number"]: test for test in json.loads(told.stdout)["tests"]}


def check(number, submission="backprop.py"):
    """Print nothing where this part is right on all networks, else what is wrong."""
    path = Path(submission)
    if not path.is_file():
        print(f"{submission}: there is no such file")
        return
    test = _grades(path.read_bytes(), path.name)[number]
    if test["score"] < test["max_score"]:
        print(test["output"])
