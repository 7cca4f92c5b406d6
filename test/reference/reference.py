"""The towers in numpy, one picture or text at a time, written from the papers and the layers' names in transformers:
CLIP (arXiv:2103.00020), SigLIP (arXiv:2303.15343), Chinese-CLIP (arXiv:2211.01335), RoBERTa (arXiv:1907.11692)."""

import math

import numpy as np
from PIL import Image

from weights import DIM, HEADS, INNER, LAYERS, PATCH, PATCHES, SIDE, WIDTH, weight

ERF = np.vectorize(math.erf)
ACTIVATIONS = {
    "quick_gelu": lambda x: x / (1 + np.exp(-1.702 * x)),
    "gelu": lambda x: 0.5 * x * (1 + ERF(x / math.sqrt(2))),
    "gelu_tanh": lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
}


def linear(x, name, to, bias=True):
    y = x @ weight(f"{name}.weight", x.shape[-1], to)
    return y + weight(f"{name}.bias", to) if bias else y


def layer_norm(x, name, eps=1e-5):
    centred = x - x.mean(-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + eps)
    return scaled * weight(f"{name}_norm.weight", WIDTH) + weight(f"{name}_norm.bias", WIDTH)


def attention(queries, states, name, allowed):
    """allowed: [Lq, Lk] of bool."""
    q, k, v = (linear(x, f"{name}.{part}", WIDTH) for part, x in zip("qkv", (queries, states, states)))
    size = WIDTH // HEADS
    heads = []
    for h in range(HEADS):
        part = slice(h * size, (h + 1) * size)
        scores = np.where(allowed, q[:, part] @ k[:, part].T / math.sqrt(size), -np.inf)
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        heads.append(weights / weights.sum(-1, keepdims=True) @ v[:, part])
    return linear(np.concatenate(heads, -1), f"{name}.out", WIDTH)


def mlp(x, name, activation):
    return linear(ACTIVATIONS[activation](linear(x, f"{name}.up", INNER)), f"{name}.down", WIDTH)


def pre_norm_blocks(x, name, activation, allowed):
    for i in range(LAYERS):
        at = f"{name}.{i}"
        normed = layer_norm(x, f"{at}.first")
        x = x + attention(normed, normed, at, allowed)
        x = x + mlp(layer_norm(x, f"{at}.second"), at, activation)
    return x


def post_norm_blocks(x, name, allowed):
    for i in range(LAYERS):
        at = f"{name}.{i}"
        x = layer_norm(x + attention(x, x, at, allowed), f"{at}.first")
        x = layer_norm(x + mlp(x, at, "gelu"), f"{at}.second")
    return x


def patches(pixels, name, bias):
    """[3, S, S] -> [P, WIDTH], row by row."""
    grid = pixels.reshape(3, SIDE // PATCH, PATCH, SIDE // PATCH, PATCH).transpose(1, 3, 0, 2, 4)
    return linear(grid.reshape(PATCHES, 3 * PATCH * PATCH), f"{name}.patch", WIDTH, bias)


def clip_image(pixels, name):
    x = patches(pixels, name, bias=False)
    x = np.concatenate([weight(f"{name}.class_embedding", 1, WIDTH), x])
    x = layer_norm(x + weight(f"{name}.position_embedding", PATCHES + 1, WIDTH), f"{name}.pre")
    x = pre_norm_blocks(x, name, "quick_gelu", np.ones((len(x), len(x)), bool))
    return linear(layer_norm(x[0], f"{name}.post"), f"{name}.projection", DIM, bias=False)


def clip_text(ids, mask, name, vocabulary):
    """The state at the first of the greatest ids, which is the end token's."""
    x = weight(f"{name}.embedding", vocabulary, WIDTH)[ids]
    x = x + weight(f"{name}.position_embedding", 77, WIDTH)[: len(ids)]
    x = pre_norm_blocks(x, name, "quick_gelu", np.tri(len(ids), dtype=bool) & (mask == 1))
    return linear(layer_norm(x, f"{name}.final")[np.argmax(ids)], f"{name}.projection", DIM, bias=False)


def siglip_image(pixels, name):
    """A learned query looks at all patches."""
    x = patches(pixels, name, bias=True) + weight(f"{name}.position_embedding", PATCHES, WIDTH)
    x = layer_norm(pre_norm_blocks(x, name, "gelu_tanh", np.ones((PATCHES, PATCHES), bool)), f"{name}.post")
    pooled = attention(weight(f"{name}.probe_embedding", 1, WIDTH), x, f"{name}.head", np.ones((1, PATCHES), bool))
    return (pooled + mlp(layer_norm(pooled, f"{name}.head"), f"{name}.head", "gelu_tanh"))[0]


def siglip_text(ids, mask, name, vocabulary):
    """The state at the last of 64 places, be it padding; nothing is masked."""
    x = weight(f"{name}.embedding", vocabulary, WIDTH)[ids] + weight(f"{name}.position_embedding", 64, WIDTH)
    x = pre_norm_blocks(x, name, "gelu_tanh", np.ones((64, 64), bool))
    return linear(layer_norm(x, f"{name}.final")[-1], f"{name}.head_text", WIDTH)


def bert_states(ids, mask, name, vocabulary, positions):
    x = weight(f"{name}.embedding", vocabulary, WIDTH)[ids] + weight(f"{name}.position_embedding", 80, WIDTH)[positions]
    x = layer_norm(x + weight(f"{name}.type_embedding", 1, WIDTH), f"{name}.embed")
    return post_norm_blocks(x, name, np.ones((len(ids), 1), bool) & (mask == 1))


def chinese_text(ids, mask, name, vocabulary):
    states = bert_states(ids, mask, name, vocabulary, np.arange(len(ids)))
    return linear(states[0], f"{name}.projection", DIM, bias=False)


def roberta_text(ids, mask, name, vocabulary, pooling):
    """Positions count from 2, as 1 is padding; then the mean or the first state, and a projection."""
    positions = np.cumsum(ids != 1) * (ids != 1) + 1
    states = bert_states(ids, mask, name, vocabulary, positions)
    pooled = states[0] if pooling == "cls" else states[mask == 1].mean(0)
    return linear(pooled, f"{name}.projection", DIM, bias=False)


def unit(vector):
    return vector / np.linalg.norm(vector)


def preprocess(picture: Image.Image, crop: bool, mean, std, resample) -> np.ndarray:
    """[3, SIDE, SIDE] f32: the shortest edge to SIDE and the centre, or squashed."""
    width, height = (SIDE, SIDE)
    if crop:
        scale = SIDE / min(picture.size)
        width, height = (int(side * scale) for side in picture.size)
    resized = picture.convert("RGB").resize((width, height), resample)
    left, top = (width - SIDE) // 2, (height - SIDE) // 2
    rgb = np.asarray(resized.crop((left, top, left + SIDE, top + SIDE)), np.float32) / 255
    return ((rgb - np.float32(mean)) / np.float32(std)).transpose(2, 0, 1).astype(np.float32)
