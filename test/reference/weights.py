"""Random weights with names, the same every time: reference.py and graphs.py ask for the same ones."""

import zlib

import numpy as np

WIDTH, HEADS, INNER, LAYERS, PATCH, SIDE, DIM = 32, 2, 64, 2, 16, 32, 24
PATCHES = (SIDE // PATCH) ** 2


def weight(name: str, *shape: int) -> np.ndarray:
    """f32; scales of layer norms are near 1, all else has a spread that keeps activations near 1."""
    random = np.random.default_rng(zlib.crc32(name.encode()))
    values = random.standard_normal(shape)
    if name.endswith("norm.weight"):
        return (1 + 0.1 * values).astype(np.float32)
    spread = 0.1 if name.endswith("bias") else 1.0 if "embedding" in name else shape[-2] ** -0.5
    return (spread * values).astype(np.float32)
