"""Files to begin one's own backpropagation with, in the form that `compare` takes: what is to be written is marked."""

from __future__ import annotations

NUMPY = '''"""My backpropagation. Fill in the lines marked (BP1) to (BP4), then:  tuibp compare THIS_FILE"""

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1.0 - sigmoid(z))


def backprop(weights, biases, x, y):
    """The gradient of the quadratic cost for one example, as (grad_b, grad_w): a list of arrays each, one a layer.

    weights[l] is (n_out, n_in), biases[l] (n_out, 1), x (n_in, 1), y (n_out, 1).
    """
    # Forwards: z and a of every layer.
    a, activations, zs = x, [x], []
    for w, b in zip(weights, biases):
        z = w @ a + b
        a = sigmoid(z)
        zs.append(z)
        activations.append(a)

    # Backwards, from the last layer.
    grad_b, grad_w = [None] * len(biases), [None] * len(weights)
    delta = ...  # (BP1) the output's error: activations[-1], y and zs[-1] are what it takes
    grad_b[-1] = ...  # (BP3)
    grad_w[-1] = ...  # (BP4) delta and the activations before it
    for l in range(2, len(weights) + 1):  # the layer before, -2, -3 and so on
        delta = ...  # (BP2) weights[-l + 1], the delta just made, and zs[-l]
        grad_b[-l] = ...
        grad_w[-l] = ...
    return grad_b, grad_w
'''

TORCH = '''"""My training loop, recorded. Fill in the lines marked, run it, then:  tuibp compare run.npz"""

import torch
from torch import nn

from tuibp import Recorder

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 3), nn.Sigmoid(), nn.Linear(3, 1), nn.Sigmoid())
x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
eta = 0.5

with Recorder("run.npz") as rec:
    for update in range(20):
        model.zero_grad()
        # The mean over the examples of 1/2 |a - y|^2. nn.MSELoss() divides by the number of outputs as well.
        loss = 0.5 * ((model(x) - y) ** 2).sum(dim=1).mean()
        ...  # (1) make the gradients
        rec.log(model, x, y)  # before the update
        ...  # (2) the update: p -= eta * p.grad of every p in model.parameters(), under torch.no_grad()
'''

SKELETONS = {"numpy": NUMPY, "torch": TORCH}
