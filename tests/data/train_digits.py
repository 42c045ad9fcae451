"""Trains the network whose weights are stored beside this file: ten hidden tanh layers of 64 on scikit-learn's digits.

    python tests/data/train_digits.py    # writes digits_tanh_10x64.npz and prints the training accuracy

Pixels 0..16 become -1..1. Weights are stored as float32, (n_out, n_in), layer01 next to the input; the last layer
feeds a softmax.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tensors = dict[str, NDArray[np.float32]]
STORED = Path(__file__).with_name("digits_tanh_10x64.npz")


def load_digits() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Inputs in [-1, 1], shape (1797, 64), and their digits, shape (1797,)."""
    from sklearn import datasets

    pixels, digits = datasets.load_digits(return_X_y=True)
    return pixels / 8.0 - 1.0, digits


def train() -> Any:
    """The fitted MLPClassifier; the seed is fixed, its floats still depend on the scikit-learn and BLAS at hand."""
    from sklearn.neural_network import MLPClassifier

    network = MLPClassifier(
        hidden_layer_sizes=(64,) * 10,
        activation="tanh",
        alpha=1e-4,
        learning_rate_init=1e-3,
        max_iter=60,
        random_state=0,
    )
    return network.fit(*load_digits())


def tensors(network: Any) -> Tensors:
    """The layers by name, as they are stored."""
    stored: Tensors = {}
    for layer, (weight, bias) in enumerate(zip(network.coefs_, network.intercepts_, strict=True), start=1):
        stored[f"layer{layer:02d}.weight"] = np.ascontiguousarray(weight.T, dtype=np.float32)
        stored[f"layer{layer:02d}.bias"] = bias.astype(np.float32)
    return stored


def main() -> None:
    """Train, print the training accuracy, store the weights."""
    network = train()
    print(f"training accuracy {network.score(*load_digits()):.4f}")
    np.savez_compressed(STORED, **tensors(network))


if __name__ == "__main__":
    main()
