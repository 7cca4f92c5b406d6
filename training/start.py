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
    """-> (graph, name -> array): stored as int8 `NAME_q` with a scale `NAME_s`, or plain."""
    graph = onnx.load(path).graph
    stored = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    whole = {n[:-2]: stored[n].astype(np.float32) * stored[n[:-2] + "_s"] for n in stored if n.endswith("_q")}
    return graph, {**stored, **whole}


def _load_image(tower, path, pictures):
    graph, stored = _weights(path)
    folded = [[torch.from_numpy(np.array(stored[name])) for name in node.input[1:]] for node in graph.node if node.op_type == "Conv"]
    layers = _in_order(tower)
    assert len(folded) == len(layers), f"Expected {len(layers)} convolutions in {path} but received {len(folded)}."
    statistics = []
    with torch.no_grad():
        for (conv, norm), (weight, bias) in zip(layers, folded):
            factor = (2 / weight[0].numel()) ** 0.5 / weight.std()  # the size of a fresh weight, so that steps fit
            conv.weight.copy_(weight * factor)
            norm.weight.fill_(1 / factor)
            norm.bias.copy_(bias)
            norm.running_mean.zero_()
            norm.running_var.fill_(1 - norm.eps)
            hook = conv.register_forward_hook(lambda _, __, y: statistics.append((y.mean((0, 2, 3)), y.var((0, 2, 3)))))
            norm.hook = hook
        _load_last(tower, graph, stored)
        tower.eval()
        before = tower(pictures)[1]
        for (conv, norm), (mean, var) in zip(layers, statistics):
            norm.hook.remove()
            gain = norm.weight.clone()
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(var)
            norm.weight.mul_((var + norm.eps).sqrt())
            norm.bias.add_(mean * gain)
        print("start: largest change by new normalisation", float((tower(pictures)[1] - before).abs().max()))


def _load_last(tower, graph, stored):
    """The projection, and the head in exports that have one."""
    products = [node for node in graph.node if node.op_type in ("MatMul", "Gemm")]
    layers = [tower.projection, tower.head[1], tower.head[3]][: len(products)]
    for layer, node in zip(layers, products):
        matrix = torch.from_numpy(np.array(stored[node.input[1]]))
        layer.weight.copy_(matrix.t() if node.op_type == "MatMul" else matrix)
    for name, parameter in tower.head.named_parameters():
        if f"tower.head.{name}" in stored:
            parameter.copy_(torch.from_numpy(np.array(stored[f"tower.head.{name}"])).view_as(parameter))


def _in_order(tower):
    pairs = [(tower.stem[0], tower.stem[1]), (tower.stem[3], tower.stem[4])]
    for block in tower.body:
        pairs += [(block.c1, block.b1), (block.c2, block.b2)]
        if block.shortcut is not None:
            pairs.append((block.shortcut[1], block.shortcut[2]))
    return pairs


def _load_text(tower, path):
    graph, stored = _weights(path)
    rename = {"tok.": "token.", "blocks.": "layers.", ".at.qkv": ".qkv", ".at.o": ".out", "nf.": "norm.", "proj.": "projection."}
    matrices = iter(stored[node.input[1]] for node in graph.node if node.op_type == "MatMul" and node.input[1] in stored)
    named = {}
    for name, array in stored.items():
        for old, new in rename.items():
            name = name.replace(old, new)
        named[name.removeprefix("m.")] = array
    with torch.no_grad():
        for name, parameter in tower.named_parameters():
            name = "position" if name == "position" else name
            array = named.get(name, named.get("pos") if name == "position" else None)
            if array is None or array.shape != parameter.shape:  # linear layers are stored transposed, in order of use
                array = next(matrices).T
            assert array.shape == parameter.shape, f"Expected {tuple(parameter.shape)} for {name} but received {array.shape}."
            parameter.copy_(torch.from_numpy(np.array(array)))
