"""`python -m tests.core.pytorch_optimisers`, where PyTorch is installed, makes `pytorch_optimisers.json`: parameters
after each step of its optimisers, on gradients that are given, with and without weight decay and with its schedules.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

NUMBERS = Path(__file__).with_suffix(".json")
STEPS, PER_EPOCH, WEIGHTS, BIASES = 24, 3, 5, 2
ETA, DECAY = 0.05, 0.3
SETTINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "sgd": ("SGD", {}),
    "momentum": ("SGD", {"momentum": 0.8}),
    "rmsprop": ("RMSprop", {"alpha": 0.95, "eps": 1e-6}),
    "adam": ("Adam", {"betas": (0.85, 0.98), "eps": 1e-7}),
    "adamw": ("AdamW", {"betas": (0.85, 0.98), "eps": 1e-7}),
}


def gradients() -> Any:
    """Of very different sizes, and some of them 0: (STEPS, WEIGHTS + BIASES)."""
    random = np.random.default_rng(17)
    drawn = random.standard_normal((STEPS, WEIGHTS + BIASES)) * 10.0 ** random.integers(-9, 3, WEIGHTS + BIASES)
    drawn[random.random(drawn.shape) < 0.15] = 0.0
    return drawn


def start() -> Any:
    return np.random.default_rng(18).standard_normal(WEIGHTS + BIASES)


def steps(name: str, decay: float, schedule: str) -> list[list[float]]:
    """The parameters after each step; only weights decay."""
    import torch

    weights, biases = (torch.tensor(part, requires_grad=True) for part in np.split(start(), [WEIGHTS]))
    kind, constants = SETTINGS[name]
    groups = [{"params": [weights], "weight_decay": decay}, {"params": [biases], "weight_decay": 0.0}]
    made = getattr(torch.optim, kind)(groups, lr=ETA, **constants)
    of_epoch: Any = None
    if schedule == "step":
        of_epoch = torch.optim.lr_scheduler.StepLR(made, step_size=2, gamma=0.5)
    elif schedule == "cosine":
        of_epoch = torch.optim.lr_scheduler.CosineAnnealingLR(made, T_max=8)
    kept = []
    for at, gradient in enumerate(gradients(), start=1):
        weights.grad, biases.grad = (torch.tensor(part) for part in np.split(gradient, [WEIGHTS]))
        made.step()
        kept.append([*weights.detach().tolist(), *biases.detach().tolist()])
        if of_epoch is not None and at % PER_EPOCH == 0:
            of_epoch.step()
    return kept


def main() -> None:
    import torch

    runs = [
        {"optimiser": name, "decay": decay, "schedule": schedule, "parameters": steps(name, decay, schedule)}
        for name in SETTINGS
        for decay, schedule in ((0.0, "constant"), (DECAY, "constant"), (DECAY, "step"), (0.0, "cosine"))
    ]
    document = {
        "pytorch": torch.__version__,
        "start": start().tolist(),
        "gradients": gradients().tolist(),
        "runs": runs,
    }
    NUMBERS.write_text(json.dumps(document) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
