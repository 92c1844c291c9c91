"""A preset as a PyTorch script: the network with its weights, the cost, the optimiser and the first update of training.

It is written, never read: what a script does is found out by running it, and that is left to the person. All of it is
plain lines of PyTorch, in doubles, so that its numbers are those of tuibp.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.network import Array, Network
from tuibp.core.training import Training, batch_rows
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.preset import Preset
from tuibp.locale import _

NUMBERS = 200_000
"""Weights, biases and examples in a script that somebody may want to read."""
LOGARITHMS = {"sigmoid": "F.logsigmoid(z)", "softmax": "F.log_softmax(z, dim=1)"}
"""ln a from z, where no logarithm meets a 0."""

OWN = '''class OwnFunctions(nn.Module):
    """One function for a layer, and others for some of its neurons (counted from 0)."""

    def __init__(self, f, own):
        super().__init__()
        self.f, self.own = f, own

    def forward(self, z):
        columns = list(self.f(z).unbind(dim=1))
        for j, g in self.own.items():
            columns[j] = g(z[:, j])
        return torch.stack(columns, dim=1)
'''
STEP = """print("outputs", model(x).tolist())
print("cost before", cost(x, y).item())
optimiser.zero_grad()
cost(x, y).backward()  # every partial derivative: layer.weight.grad, layer.bias.grad
optimiser.step()
print("cost after one update", cost(x, y).item())"""


def write_torch_script(path: Path, preset: Preset) -> bytes:
    """The script. Raises BadInput where it would hold too many numbers to be read."""
    rows = preset.data.train[batch_rows(preset.training, len(preset.data.train), 0)]
    x, y = preset.data.x[rows], preset.data.y[rows]
    count = preset.network.parameters.size + x.size + y.size
    if count > NUMBERS:
        reason = _("{file}: would hold {n:,} numbers, more than the {most:,} of a script; write .npz or .safetensors")
        raise BadInput(reason.format(file=printable_path(path), n=count, most=NUMBERS))
    return "\n".join(_script(preset, x, y)).encode("utf-8") + b"\n"


def _script(preset: Preset, x: Array, y: Array) -> Iterator[str]:
    network, training, n = preset.network, preset.training, len(preset.data.train)
    sizes = "-".join(map(str, network.sizes))
    yield f"# {printable(preset.title)}: a network of {sizes}, as tuibp has it. Run it where PyTorch is installed."
    yield "import torch\nfrom torch import nn\nfrom torch.nn import functional as F\n"
    yield "torch.set_default_dtype(torch.float64)\n"
    yield "# A matrix for each layer but the input: a row for each of its neurons."
    yield from _numbers("weights", network.weights)
    yield from _numbers("biases", network.biases)
    yield f"\n# The first of the mini-batches that an epoch makes of {n} examples: a row for each."
    yield from _numbers("x", x)
    yield from _numbers("y", y)
    yield ""
    if network.modified:
        yield f"\n{OWN}\n"
    yield from _model(network)
    yield from _cost(network)
    yield from _optimiser(training, n)
    yield STEP


def _numbers(name: str, values: Array | tuple[Array, ...]) -> Iterator[str]:
    """An array as a tensor, or several as a list of tensors; of a matrix a row a line."""
    if not isinstance(values, tuple):
        yield f"{name} = {_tensor(values, '')}"
        return
    yield f"{name} = ["
    for value in values:
        yield f"    {_tensor(value, '    ')},"
    yield "]"


def _tensor(value: Array, indent: str) -> str:
    if value.ndim == 1:
        return f"torch.tensor({value.tolist()})"
    rows = "\n".join(f"{indent}    {row}," for row in value.tolist())
    return f"torch.tensor([\n{rows}\n{indent}])"


def _model(network: Network) -> Iterator[str]:
    yield "model = nn.Sequential("
    for layer in range(1, network.layer_count):
        f, own = _module(network.activations[layer - 1]), network.modified_in(layer)
        if own:
            others = ", ".join(f"{m.neuron}: {_module(m.activation)}" for m in own)
            f = f"OwnFunctions({f}, {{{others}}})"
        yield f"    nn.Linear({network.sizes[layer - 1]}, {network.sizes[layer]}),\n    {f},"
    yield ")"
    yield "layers = [layer for layer in model if isinstance(layer, nn.Linear)]"
    yield "with torch.no_grad():"
    yield "    for layer, w, b in zip(layers, weights, biases):"
    yield "        layer.weight.copy_(w)\n        layer.bias.copy_(b)\n\n"


def _module(name: str) -> str:
    module = ACTIVATIONS[name].torch
    if not module:
        raise BadInput(_("PyTorch has no module for {name}").format(name=name))
    return module


def _cost(network: Network) -> Iterator[str]:
    """The mean over the examples, as tuibp's costs are; from z where a logarithm could meet a 0."""
    f, plain = network.activations[-1], not network.modified_in(network.last)
    yield "def cost(x, y):"
    if network.cost == "quadratic":
        yield "    return 0.5 * ((model(x) - y) ** 2).sum(dim=1).mean()"
    elif network.cost == "cross_entropy" and f == "sigmoid" and plain:
        yield "    z = model[:-1](x)"
        yield '    return F.binary_cross_entropy_with_logits(z, y, reduction="none").sum(dim=1).mean()'
    elif network.cost == "log_likelihood" and plain:
        yield "    z = model[:-1](x)"
        yield f"    return -(y * {LOGARITHMS[f]}).sum(dim=1).mean()"
    else:
        yield "    a = model(x)"
        others = "" if network.cost == "log_likelihood" else " + (1 - y) * torch.log1p(-a)"
        yield f"    return -(y * torch.log(a){others}).sum(dim=1).mean()"
    yield "\n"


def _optimiser(training: Training, n: int) -> Iterator[str]:
    decay = f', "weight_decay": {training.l2} / {n}' if training.l2 else ""
    if decay:
        yield f"# L2 decay adds λ/(2n) Σ w² to the cost, λ = {training.l2} and n = {n}; biases do not decay."
    yield "parameters = ["
    yield f'    {{"params": [layer.weight for layer in layers]{decay}}},'
    if training.train_biases:
        none = ', "weight_decay": 0.0' if decay else ""
        yield f'    {{"params": [layer.bias for layer in layers]{none}}},'
    yield "]"
    yield f"optimiser = torch.optim.{_constructor(training, bool(decay))}"
    if training.schedule == "step":
        yield "# After every epoch: schedule.step()"
        yield (f"schedule = torch.optim.lr_scheduler.StepLR(optimiser, {training.step_epochs}, {training.step_factor})")
    elif training.schedule == "cosine":
        yield "# After every epoch: schedule.step()"
        yield f"schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, {training.epochs})"
    yield ""


def _constructor(training: Training, decays: bool) -> str:
    betas = f"betas=({training.beta1}, {training.beta2}), eps={training.epsilon}"
    known = {
        "sgd": ("SGD", ""),
        "momentum": ("SGD", f"momentum={training.momentum}"),
        "rmsprop": ("RMSprop", f"alpha={training.rho}, eps={training.epsilon}"),
        "adam": ("Adam", betas),
        "adamw": ("AdamW", betas if decays else f"{betas}, weight_decay=0.0"),
    }
    if training.optimiser not in known:
        raise BadInput(_("PyTorch has no module for {name}").format(name=training.optimiser))
    name, constants = known[training.optimiser]
    return f"{name}(parameters, lr={training.eta}{constants and ', '}{constants})"
