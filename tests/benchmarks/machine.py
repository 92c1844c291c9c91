"""What the measurements were made on."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from types import ModuleType

import numpy as np


def describe() -> str:
    """Processor, Python, numpy and the BLAS kernel that runs, in a few lines."""
    return "\n".join(
        (
            f"processor  {_processor()}, {os.cpu_count()} visible",
            f"python     {platform.python_version()}, numpy {np.__version__}",
            f"blas       {_blas()}",
            f"torch      {_torch()}",
        )
    )


def torch() -> ModuleType | None:
    """PyTorch on one thread in float64, where it is installed."""
    try:
        import torch as found
    except ImportError:
        return None
    found.set_num_threads(1)
    found.set_default_dtype(found.float64)
    module: ModuleType = found
    return module


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown"


def _blas() -> str:
    np.ones((2, 2)) @ np.ones((2, 2))
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return "kernel unknown (threadpoolctl is not installed)"
    found = [info for info in threadpool_info() if info.get("user_api") == "blas"]
    return "; ".join(
        f"{b['internal_api']} {b['version']} {b.get('architecture', '')} {b['num_threads']} thread(s)" for b in found
    )


def _torch() -> str:
    module = torch()
    if module is None:
        return "not installed: its column is left out"
    return f"{module.__version__}, MKL {'on' if module.backends.mkl.is_available() else 'off'}"
