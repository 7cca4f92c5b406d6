"""The same towers as ONNX graphs, with the inputs and outputs that the hub's exports have."""

import math

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from weights import DIM, HEADS, INNER, LAYERS, PATCH, PATCHES, SIDE, WIDTH, weight

OPSET = 17


class Graph:
    """Collects nodes; numbers are f32, or f16 in a graph of halves."""

    def __init__(self, is_half: bool = False):
        self.dtype = np.float16 if is_half else np.float32
        self.number = TensorProto.FLOAT16 if is_half else TensorProto.FLOAT
        self.nodes, self.weights, self.inputs, self.outputs = [], {}, [], []

    def op(self, kind: str, *inputs, **attributes) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, [self.put(x) for x in inputs], [name], name=name, **attributes))
        return name

    def put(self, value) -> str:
        """The name of a value: names are kept, numbers become constants."""
        if isinstance(value, str):
            return value
        array = np.asarray(value, self.dtype if np.asarray(value).dtype.kind == "f" else np.int64)
        name = f"constant_{len(self.weights)}"
        self.weights[name] = numpy_helper.from_array(array, name)
        return name

    def weight(self, name: str, *shape: int) -> str:
        if name not in self.weights:
            self.weights[name] = numpy_helper.from_array(weight(name, *shape).astype(self.dtype), name)
        return name

    def input(self, name: str, shape, kind: int | None = None) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, kind or self.number, shape))
        return name

    def output(self, name: str, value: str, shape) -> None:
        self.nodes.append(helper.make_node("Identity", [value], [name]))
        self.outputs.append(helper.make_tensor_value_info(name, self.number, shape))

    def save(self, file: str) -> None:
        graph = helper.make_graph(self.nodes, "tower", self.inputs, self.outputs, list(self.weights.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
        onnx.checker.check_model(model)
        onnx.save(model, file)


def linear(g, x, name, start, to, bias=True):
    y = g.op("MatMul", x, g.weight(f"{name}.weight", start, to))
    return g.op("Add", y, g.weight(f"{name}.bias", to)) if bias else y


def layer_norm(g, x, name):
    parts = (g.weight(f"{name}_norm.{part}", WIDTH) for part in ("weight", "bias"))
    return g.op("LayerNormalization", x, *parts, axis=-1, epsilon=1e-5)


def heads(g, x):
    return g.op("Transpose", g.op("Reshape", x, [0, 0, HEADS, WIDTH // HEADS]), perm=[0, 2, 1, 3])


def attention(g, queries, states, name, mask):
    """mask is added to the scores; None for none."""
    q, k, v = (heads(g, linear(g, x, f"{name}.{p}", WIDTH, WIDTH)) for p, x in zip("qkv", (queries, states, states)))
    scores = g.op("MatMul", q, g.op("Transpose", k, perm=[0, 1, 3, 2]))
    scores = g.op("Mul", scores, 1 / math.sqrt(WIDTH // HEADS))
    scores = scores if mask is None else g.op("Add", scores, mask)
    seen = g.op("Transpose", g.op("MatMul", g.op("Softmax", scores, axis=-1), v), perm=[0, 2, 1, 3])
    return linear(g, g.op("Reshape", seen, [0, 0, WIDTH]), f"{name}.out", WIDTH, WIDTH)


def activate(g, x, kind):
    if kind == "quick_gelu":
        return g.op("Mul", x, g.op("Sigmoid", g.op("Mul", x, 1.702)))
    if kind == "gelu":
        inner = g.op("Erf", g.op("Mul", x, 1 / math.sqrt(2)))
    else:
        cube = g.op("Mul", g.op("Mul", x, x), x)
        inner = g.op("Mul", g.op("Add", x, g.op("Mul", cube, 0.044715)), math.sqrt(2 / math.pi))
        inner = g.op("Tanh", inner)
    return g.op("Mul", g.op("Mul", x, 0.5), g.op("Add", inner, 1.0))


def mlp(g, x, name, activation):
    up = activate(g, linear(g, x, f"{name}.up", WIDTH, INNER), activation)
    return linear(g, up, f"{name}.down", INNER, WIDTH)


def pre_norm_blocks(g, x, name, activation, mask=None):
    for i in range(LAYERS):
        at = f"{name}.{i}"
        normed = layer_norm(g, x, f"{at}.first")
        x = g.op("Add", x, attention(g, normed, normed, at, mask))
        x = g.op("Add", x, mlp(g, layer_norm(g, x, f"{at}.second"), at, activation))
    return x


def post_norm_blocks(g, x, name, mask):
    for i in range(LAYERS):
        at = f"{name}.{i}"
        x = layer_norm(g, g.op("Add", x, attention(g, x, x, at, mask)), f"{at}.first")
        x = layer_norm(g, g.op("Add", x, mlp(g, x, at, "gelu")), f"{at}.second")
    return x


def patches(g, pixels, name, bias):
    """[N, 3, S, S] -> [N, P, WIDTH]: a convolution whose kernels are the columns of the reference's matrix."""
    matrix = weight(f"{name}.patch.weight", 3 * PATCH * PATCH, WIDTH)
    kernels = [g.put(matrix.T.reshape(WIDTH, 3, PATCH, PATCH))]
    kernels += [g.weight(f"{name}.patch.bias", WIDTH)] if bias else []
    grid = g.op("Conv", pixels, *kernels, kernel_shape=[PATCH, PATCH], strides=[PATCH, PATCH])
    return g.op("Transpose", g.op("Reshape", grid, [0, WIDTH, PATCHES]), perm=[0, 2, 1])


def clip_image(g, pixels, name):
    x = patches(g, pixels, name, bias=False)
    batch = g.op("Gather", g.op("Shape", x), [0])
    one = g.op("Expand", g.op("Unsqueeze", g.weight(f"{name}.class_embedding", 1, WIDTH), [0]),
               g.op("Concat", batch, [1], [WIDTH], axis=0))
    x = g.op("Add", g.op("Concat", one, x, axis=1), g.weight(f"{name}.position_embedding", PATCHES + 1, WIDTH))
    x = pre_norm_blocks(g, layer_norm(g, x, f"{name}.pre"), name, "quick_gelu")
    return linear(g, layer_norm(g, g.op("Gather", x, 0, axis=1), f"{name}.post"), f"{name}.projection", WIDTH, DIM, False)


def siglip_image(g, pixels, name):
    x = g.op("Add", patches(g, pixels, name, bias=True), g.weight(f"{name}.position_embedding", PATCHES, WIDTH))
    x = layer_norm(g, pre_norm_blocks(g, x, name, "gelu_tanh"), f"{name}.post")
    batch = g.op("Gather", g.op("Shape", x), [0])
    probe = g.op("Expand", g.op("Unsqueeze", g.weight(f"{name}.probe_embedding", 1, WIDTH), [0]),
                 g.op("Concat", batch, [1], [WIDTH], axis=0))
    pooled = attention(g, probe, x, f"{name}.head", None)
    pooled = g.op("Add", pooled, mlp(g, layer_norm(g, pooled, f"{name}.head"), f"{name}.head", "gelu_tanh"))
    return g.op("Squeeze", pooled, [1])


def places(g, ids):
    """[L]: 0 to L - 1."""
    return g.op("Range", 0, g.op("Gather", g.op("Shape", ids), 1), 1)


def hidden_where(g, condition):
    return g.op("Mul", g.op("Cast", condition, to=g.number), -1e4)


def padding_mask(g, mask):
    """[N, L] -> [N, 1, 1, L], added to scores."""
    return g.op("Unsqueeze", hidden_where(g, g.op("Equal", mask, 0)), [1, 2])


def clip_text(g, ids, mask, name, vocabulary):
    x = g.op("Gather", g.weight(f"{name}.embedding", vocabulary, WIDTH), ids)
    at = places(g, ids)
    x = g.op("Add", x, g.op("Gather", g.weight(f"{name}.position_embedding", 77, WIDTH), at))
    later = g.op("Less", g.op("Unsqueeze", at, [1]), g.op("Unsqueeze", at, [0]))
    hidden = g.op("Add", hidden_where(g, later), padding_mask(g, mask))
    x = layer_norm(g, pre_norm_blocks(g, x, name, "quick_gelu", hidden), f"{name}.final")
    end = g.op("ArgMax", ids, axis=1, keepdims=1)
    chosen = g.op("Unsqueeze", g.op("Cast", g.op("Equal", end, at), to=g.number), [1])  # [N, 1, L]
    return linear(g, g.op("Squeeze", g.op("MatMul", chosen, x), [1]), f"{name}.projection", WIDTH, DIM, False)


def siglip_text(g, ids, name, vocabulary):
    x = g.op("Gather", g.weight(f"{name}.embedding", vocabulary, WIDTH), ids)
    x = g.op("Add", x, g.weight(f"{name}.position_embedding", 64, WIDTH))
    x = layer_norm(g, pre_norm_blocks(g, x, name, "gelu_tanh"), f"{name}.final")
    return linear(g, g.op("Gather", x, -1, axis=1), f"{name}.head_text", WIDTH, WIDTH)


def bert_states(g, ids, mask, name, vocabulary, positions):
    x = g.op("Gather", g.weight(f"{name}.embedding", vocabulary, WIDTH), ids)
    x = g.op("Add", x, g.op("Gather", g.weight(f"{name}.position_embedding", 80, WIDTH), positions))
    x = layer_norm(g, g.op("Add", x, g.weight(f"{name}.type_embedding", 1, WIDTH)), f"{name}.embed")
    return post_norm_blocks(g, x, name, padding_mask(g, mask))


def chinese_text(g, ids, mask, name, vocabulary):
    states = bert_states(g, ids, mask, name, vocabulary, places(g, ids))
    return linear(g, g.op("Gather", states, 0, axis=1), f"{name}.projection", WIDTH, DIM, False)


def roberta_states(g, ids, mask, name, vocabulary):
    used = g.op("Cast", g.op("Not", g.op("Equal", ids, 1)), to=TensorProto.INT64)
    positions = g.op("Add", g.op("Mul", g.op("CumSum", used, 1), used), 1)
    return bert_states(g, ids, mask, name, vocabulary, positions)


def roberta_text(g, ids, mask, name, vocabulary):
    states = roberta_states(g, ids, mask, name, vocabulary)
    used = g.op("Unsqueeze", g.op("Cast", mask, to=g.number), [2])
    sums = g.op("ReduceSum", g.op("Mul", states, used), [1], keepdims=0)
    mean = g.op("Div", sums, g.op("ReduceSum", used, [1], keepdims=0))
    return linear(g, mean, f"{name}.projection", WIDTH, DIM, False)
