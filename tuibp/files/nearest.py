"""The right word nearest to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable

from tuibp.locale import _

ELSEWHERE = {
    "lr": "eta", "learning_rate": "eta", "alpha": "eta", "step_size": "eta",
    "lambda": "l2", "lmbda": "l2", "weight_decay": "l2", "regularization": "l2", "regularisation": "l2",
    "hidden": "sizes", "layers": "sizes", "units": "sizes", "hidden_layer_sizes": "sizes", "architecture": "sizes",
    "loss": "cost", "criterion": "cost", "objective": "cost", "optimizer": "optimiser", "solver": "optimiser",
    "batch": "batch_size", "mini_batch_size": "batch_size", "minibatch": "batch_size", "n_epochs": "epochs",
    "max_iter": "epochs", "iterations": "epochs", "function": "activations", "nonlinearity": "activations",
    "initializer": "init", "initialiser": "init", "random_state": "seed", "test_size": "holdout",
    "validation_split": "holdout", "test_split": "holdout", "target": "label", "class": "label",
    "normalize": "scale", "normalise": "scale", "standardize": "scale", "decay": "l2", "betas": "beta1",
    "early_stopping": "patience", "path": "file", "csv": "file", "csv_file": "file",
    "mse": "quadratic", "mean_squared_error": "quadratic", "mseloss": "quadratic", "squared_error": "quadratic",
    "categorical_crossentropy": "log_likelihood", "sparse_categorical_crossentropy": "log_likelihood",
    "crossentropyloss": "log_likelihood", "nllloss": "log_likelihood", "nll": "log_likelihood",
    "bce": "cross_entropy", "bceloss": "cross_entropy", "binary_crossentropy": "cross_entropy",
    "bcewithlogitsloss": "cross_entropy", "crossentropy": "cross_entropy",
    "logistic": "sigmoid", "identity": "linear", "none": "linear", "leakyrelu": "leaky_relu",
    "xavier": "glorot", "glorot_uniform": "glorot", "kaiming": "he", "he_normal": "he", "normal": "gaussian",
    "standardscaler": "standard", "zscore": "standard", "minmax": "unit", "min_max": "unit",
}  # fmt: skip
"""What other programs call our keys and names."""
UNLIKE = frozenset(
    ("elu", "gelu", "selu", "celu", "silu", "swish", "mish", "softplus", "relu6", "prelu", "glu", "hardtanh",
     "hard_sigmoid", "log_softmax", "hinge", "huber", "kl_divergence", "lbfgs", "nadam", "adadelta", "adagrad")
)  # fmt: skip
"""Names of what we have not; what is written like them is something else."""


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that other programs call `word`, or the one most like it; None where none is alike."""
    from difflib import get_close_matches  # only a mistake needs it

    known = {choice.lower(): choice for choice in choices}
    usual = ELSEWHERE.get(word.lower())
    if usual in known:
        return known[usual]
    if word.lower() in UNLIKE:
        return None
    found = get_close_matches(word[:80].lower(), known, n=1, cutoff=0.5)
    return known[found[0]] if found else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A sentence's end that names the nearest choice, or all of them where none is near and they are few."""
    choices = list(choices)
    found = nearest(word, choices)
    if found is not None:
        return _("; did you mean {word}?").format(word=found)
    return _("; there are {words}").format(words=", ".join(choices)) if choices else ""
