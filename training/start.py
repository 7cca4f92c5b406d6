"""Start from an exported model instead of from nothing: ONNX weights -> the towers of model.py.

An export has its batch normalisation folded into the convolutions. Here the folded weights go into the convolutions and
the normalisation is made again from the statistics of some pictures, so that the outputs stay what they were.
"""
import numpy as np
import onnx
import torch
from onnx import numpy_helper


def load_export(encoder, folder, pictures):
    """pictures: pixel_values [N, 3, S, S] for the statistics."""
    _load_image(encoder.image, f"{folder}/onnx/vision_model.onnx", pictures)
    _load_text(encoder.text, f"{folder}/onnx/text_model.onnx")


def _weights(path):
    """-> (graph, name -> array): stored as int8 `NAME_q` with a scale `NAME_s`, as integers that a node expands, or plain."""
    graph = onnx.load(path).graph
    stored = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    whole = {n[:-2]: stored[n].astype(np.float32) * stored[n[:-2] + "_s"] for n in stored if n.endswith("_q")}
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.input[0] in stored:
            whole[node.output[0]] = _expanded(*(stored[name] for name in node.input))
    return graph, {**stored, **whole}


def _expanded(integers, scale, zero):
    """Scales are of the first axis or of all."""
    shape = (-1,) + (1,) * (integers.ndim - 1) if scale.ndim else ()
    return (integers.astype(np.float32) - zero.reshape(shape)) * scale.reshape(shape)


def _load_image(tower, path, pictures):
    graph, stored = _weights(path)
    statistics = []
    with torch.no_grad():
        for name, conv, norm in _convolutions(tower):
            node = _node(graph, f"/{name}/Conv")
            weight, bias = (torch.from_numpy(np.array(stored[each])) for each in node.input[1:])
            factor = (2 / weight[0].numel()) ** 0.5 / weight.std()  # the size of a fresh weight, so that steps fit
            conv.weight.copy_(weight * factor)
            norm.weight.fill_(1 / factor)
            norm.bias.copy_(bias)
            norm.running_mean.zero_()
            norm.running_var.fill_(1 - norm.eps)
            hook = conv.register_forward_hook(lambda _, __, y: statistics.append((y.mean((0, 2, 3)), y.var((0, 2, 3)))))
            norm.hook = hook
        for name, layer in (("projection", tower.projection), ("head/head.1", tower.head[1]), ("head/head.3", tower.head[3])):
            matrix = torch.from_numpy(np.array(stored[_node(graph, f"/{name}/").input[1]]))
            layer.weight.copy_(matrix if matrix.shape == layer.weight.shape else matrix.t())
        for name, parameter in tower.head.named_parameters():
            if parameter.ndim == 1:
                parameter.copy_(torch.from_numpy(np.array(stored[f"tower.head.{name}"])))
        tower.eval()
        before = tower(pictures)[1]
        # In the order in which the tower computes, which is that of `statistics`.
        for (_, _, norm), (mean, var) in zip(_convolutions(tower), statistics):
            norm.hook.remove()
            gain = norm.weight.clone()
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(var)
            norm.weight.mul_((var + norm.eps).sqrt())
            norm.bias.add_(mean * gain)
        print("start: largest change by new normalisation", float((tower(pictures)[1] - before).abs().max()))


def _node(graph, part):
    """The node whose name has this part; export.py keeps the names of the modules."""
    found = [node for node in graph.node if part in node.name and node.op_type in ("Conv", "MatMul", "Gemm")]
    assert len(found) == 1, f"Expected one node named {part} but received {len(found)}."
    return found[0]


def _convolutions(tower):
    """(name in the graph, convolution, normalisation), in the order in which they are computed."""
    found = [("stem/stem.0", tower.stem[0], tower.stem[1]), ("stem/stem.3", tower.stem[3], tower.stem[4])]
    for i, block in enumerate(tower.body):
        found += [(f"body.{i}/c1", block.c1, block.b1), (f"body.{i}/c2", block.c2, block.b2)]
        if block.shortcut is not None:
            found.append((f"body.{i}/shortcut/shortcut.1", block.shortcut[1], block.shortcut[2]))
    return found


def _load_text(tower, path):
    graph, stored = _weights(path)
    matrices = iter(stored[node.input[1]] for node in graph.node if node.op_type == "MatMul" and node.input[1] in stored)
    named = {name.removeprefix("tower."): array for name, array in stored.items()}
    with torch.no_grad():
        for name, parameter in tower.named_parameters():
            array = named.get(name)
            if array is None or array.shape != parameter.shape:  # linear layers are stored transposed, in order of use
                array = next(matrices).T
            assert array.shape == parameter.shape, f"Expected {tuple(parameter.shape)} for {name} but received {array.shape}."
            parameter.copy_(torch.from_numpy(np.array(array)))
