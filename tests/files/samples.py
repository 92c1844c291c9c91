"""Presets made for tests, with every field that a file can hold set to something of its own."""

from __future__ import annotations

import numpy as np

from tuibp.core.datasets import DataSet
from tuibp.core.network import Modified, initialise
from tuibp.core.training import Training
from tuibp.files import Initial, Opening, Preset


def rich_preset() -> Preset:
    """A preset that uses everything at once: a modified neuron, an image, names, a split, odd numbers."""
    random = np.random.default_rng(5)
    network = initialise((6, 4, 3), ("relu", "sigmoid"), "cross_entropy", "gaussian", 3, (Modified(1, 2, "tanh"),))
    data = DataSet.of(random.standard_normal((11, 6)), random.random((11, 3)), None, ("a", "b", "ç"), (2, 3), 0.3, 9)
    training = Training(
        eta=1 / 3, batch_size=7, epochs=11, l2=1e-17, train_biases=False, seed=12, optimiser="adamw", beta2=1 - 1e-9
    )
    return Preset(
        "rich", "Título", "About [b]", network, data, training, Opening(4, 17), Initial("gaussian", 3), "rich"
    )


def assert_same(one: Preset, other: Preset) -> None:
    """Equal to the bit in all that a file holds."""
    assert one.network.digest() == other.network.digest()
    for field in ("sizes", "activations", "cost", "modified"):
        assert getattr(one.network, field) == getattr(other.network, field)
    for field in ("title", "about", "training", "opening", "initial"):
        assert getattr(one, field) == getattr(other, field)
    for field in ("x", "y", "train", "test"):
        assert np.array_equal(getattr(one.data, field), getattr(other.data, field))
    assert (one.data.labels is None) == (other.data.labels is None)
    assert one.data.labels is None or np.array_equal(one.data.labels, np.asarray(other.data.labels))
    assert (one.data.names, one.data.image) == (other.data.names, other.data.image)
