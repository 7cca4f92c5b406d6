"""A checkpoint -> a model folder in Hugging Face layout: towers as ONNX, tokenizer.json, configs and reference.json.

The weights are stored as int8 with a scale per output channel. The text tower computes in floats (its weights are expanded
when it is loaded); the image tower in int8 (`--compute int8`: QDQ, its activations calibrated on training pictures) or floats.

    python export.py CHECKPOINT TOKENIZER OUT --size 96 --data DATA [--compute int8|f32]
"""
import argparse
import json
import os
import random
import shutil
import tempfile

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn as nn
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static

from model import CONTEXT, DIM, Encoder
from packs import Packs
from tokenizer import Tokenizer, to_json

SMALLEST = 4096  # numbers of a weight that is worth storing as int8
CALIBRATED_ON = 512  # pictures
OPSET = 17
MEAN, STD = [0.48, 0.45, 0.40], [0.27, 0.26, 0.27]
TEXTS = [
    "a photo of a dog",
    "Two people walking on the beach at sunset",
    "EXIT sign, 24 hours!",
    "café au lait",
    "a",
    "a black and white photo of a kitchen with a very long description that goes on and on and on until it is far longer"
    " than the context of the model allows it to be",
]


class Pictures(nn.Module):
    def __init__(self, tower):
        super().__init__()
        self.tower = tower

    def forward(self, pixel_values):
        return F.normalize(self.tower(pixel_values)[1], dim=-1)


class Texts(nn.Module):
    def __init__(self, tower):
        super().__init__()
        self.tower = tower

    def forward(self, input_ids, attention_mask):
        return F.normalize(self.tower(input_ids, attention_mask), dim=-1)


def export_towers(encoder, size, folder):
    """Plain graphs in floats."""
    free = {0: "batch"}
    pixels = torch.randn(2, 3, size, size)
    ids = torch.randint(4, 100, (2, 7))
    common = {"opset_version": OPSET, "dynamo": False}
    torch.onnx.export(
        Pictures(encoder.image), (pixels,), f"{folder}/vision.onnx",
        input_names=["pixel_values"], output_names=["image_embeds"],
        dynamic_axes={"pixel_values": {**free, 2: "height", 3: "width"}, "image_embeds": free}, **common,
    )
    words = {**free, 1: "sequence"}
    torch.onnx.export(
        Texts(encoder.text), (ids, torch.ones_like(ids)), f"{folder}/text.onnx",
        input_names=["input_ids", "attention_mask"], output_names=["text_embeds"],
        dynamic_axes={"input_ids": words, "attention_mask": words, "text_embeds": free}, **common,
    )


def store_int8(path, out):
    """Large weights as int8 with a scale per output channel, expanded by Cast and Mul when the session loads."""
    model = onnx.load(path)
    graph, kept, expand = model.graph, [], []
    for tensor in graph.initializer:
        weight = numpy_helper.to_array(tensor)
        if weight.dtype != np.float32 or weight.size < SMALLEST:
            kept.append(tensor)
            continue
        user = next(node for node in graph.node if tensor.name in node.input)
        is_matrix = user.op_type == "MatMul"  # [inputs, outputs]; else [outputs, ...]
        axes = tuple(range(weight.ndim - 1)) if is_matrix else tuple(range(1, weight.ndim))
        scale = np.maximum(np.abs(weight).max(axis=axes, keepdims=True) / 127, 1e-12).astype(np.float32)
        stored = np.clip(np.round(weight / scale), -127, 127).astype(np.int8)
        kept += [numpy_helper.from_array(stored, f"{tensor.name}_q"), numpy_helper.from_array(scale, f"{tensor.name}_s")]
        expand += [
            helper.make_node("Cast", [f"{tensor.name}_q"], [f"{tensor.name}_f"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{tensor.name}_f", f"{tensor.name}_s"], [tensor.name]),
        ]
    nodes = list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(expand + nodes)
    onnx.checker.check_model(model)
    onnx.save(model, out)


class CalibrationPictures(CalibrationDataReader):
    def __init__(self, packs, size):
        rows = [row for row in packs.rows if row.split == "train"]
        some = random.Random(0).sample(rows, CALIBRATED_ON)
        self.batches = iter([{"pixel_values": packs.pictures(some[i : i + 32], size).contiguous().numpy()} for i in range(0, len(some), 32)])

    def get_next(self):
        return next(self.batches, None)


def after_pooling(graph):
    """Names of the nodes behind the mean over all places."""
    pooling = next(i for i, node in enumerate(graph.node) if node.op_type in ("ReduceMean", "GlobalAveragePool"))
    return [node.name for node in list(graph.node)[pooling + 1 :]]


def quantize(path, out, packs, size):
    """Weights and activations as int8; the last layers, which make the embedding, stay in floats."""
    prepared = path + ".prepared"
    session = onnxruntime.SessionOptions()
    session.optimized_model_filepath = prepared
    session.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    onnxruntime.InferenceSession(path, session, providers=["CPUExecutionProvider"])
    last = after_pooling(onnx.load(prepared).graph)
    quantize_static(
        prepared, out, CalibrationPictures(packs, size), quant_format=QuantFormat.QDQ, op_types_to_quantize=["Conv", "Add"],
        nodes_to_exclude=last, per_channel=True, activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
        calibrate_method=CalibrationMethod.Percentile,
        extra_options={"CalibPercentile": 99.99, "ActivationSymmetric": False, "WeightSymmetric": True},
    )


def write_configs(folder, tokenizer, size, scale):
    def write(name, content):
        json.dump(content, open(f"{folder}/{name}", "w"), ensure_ascii=False, indent=None if name == "tokenizer.json" else 1)

    vocabulary = sorted(tokenizer.ids, key=tokenizer.ids.get)
    write("tokenizer.json", to_json(vocabulary, CONTEXT))
    write("tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": CONTEXT,
        "pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]",
    })
    write("config.json", {
        "model_type": "clip", "architectures": ["SemblanceCompact"], "projection_dim": DIM,
        "logit_scale": scale, "logit_bias": 0.0,
        "text_config": {"max_position_embeddings": CONTEXT, "vocab_size": len(vocabulary)},
        "vision_config": {"image_size": size},
    })
    write("preprocessor_config.json", {
        "image_processor_type": "CLIPImageProcessor", "do_resize": True, "size": {"height": size, "width": size},
        "resample": 3, "do_center_crop": False, "do_rescale": True, "rescale_factor": 1 / 255,
        "do_normalize": True, "image_mean": MEAN, "image_std": STD,
    })


def patterns(size):
    """Pictures by formula, [size, size, 3] u8."""
    y, x = np.mgrid[0:size, 0:size]
    squares = np.where(((x >> 4) + (y >> 4)) % 2 == 1, 255, 32)
    is_disc = ((x - 48) ** 2 + (y - 40) ** 2 < 900)[..., None]
    inside, outside = np.stack([0 * x + 230, 3 * x % 256, 0 * x + 40], -1), np.stack([0 * x + 20, 0 * x + 90, 2 * y % 256], -1)
    return {
        "gradient: R=2x G=2y B=x+y (mod 256)": np.stack([2 * x, 2 * y, x + y], -1) % 256,
        "checker: 255 where ((x>>4)+(y>>4)) is odd, else 32, all channels": np.repeat(squares[..., None], 3, -1),
        "disc: R=230 G=(3x mod 256) B=40 where (x-48)^2+(y-40)^2 < 900, else R=20 G=90 B=(2y mod 256)": np.where(is_disc, inside, outside),
    }


def write_reference(folder, tokenizer, size):
    """What the exported graphs say of some texts and pictures: tests of other programs compare with it."""
    open_graph = lambda name: onnxruntime.InferenceSession(f"{folder}/onnx/{name}.onnx", providers=["CPUExecutionProvider"])
    vision, text = open_graph("vision_model"), open_graph("text_model")
    numbers = lambda row: [round(float(v), 6) for v in row]
    reference = {"texts": [], "images": []}
    for each in TEXTS:
        ids = tokenizer(each)
        feeds = {"input_ids": np.array([ids], np.int64), "attention_mask": np.ones((1, len(ids)), np.int64)}
        reference["texts"].append({"text": each, "ids": ids, "embedding": numbers(text.run(None, feeds)[0][0])})
    for name, rgb in patterns(size).items():
        pixels = ((rgb.astype(np.float32) / 255 - np.float32(MEAN)) / np.float32(STD)).transpose(2, 0, 1)[None].astype(np.float32)
        row = vision.run(None, {"pixel_values": pixels})[0][0]
        reference["images"].append({"pixels": f"{size}x{size}, {name}", "embedding": numbers(row)})
    json.dump(reference, open(f"{folder}/reference.json", "w"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint")
    parser.add_argument("tokenizer")
    parser.add_argument("out")
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--data", required=True)
    parser.add_argument("--sets", nargs="+", default=["flickr8k", "caltech101", "objects-sketch50", "intel-scenes"])
    parser.add_argument("--compute", choices=["int8", "f32"], default="int8")
    options = parser.parse_args()
    tokenizer = Tokenizer.load(options.tokenizer, CONTEXT)
    encoder = Encoder(len(tokenizer.ids))
    encoder.load_state_dict(torch.load(options.checkpoint, map_location="cpu")["ema"])
    encoder.eval()
    os.makedirs(f"{options.out}/onnx", exist_ok=True)
    with tempfile.TemporaryDirectory() as plain:
        export_towers(encoder, options.size, plain)
        store_int8(f"{plain}/text.onnx", f"{options.out}/onnx/text_model.onnx")
        if options.compute == "int8":
            quantize(f"{plain}/vision.onnx", f"{plain}/vision8.onnx", Packs(options.data, options.sets), options.size)
            shutil.move(f"{plain}/vision8.onnx", f"{options.out}/onnx/vision_model.onnx")
        else:
            store_int8(f"{plain}/vision.onnx", f"{options.out}/onnx/vision_model.onnx")
    write_configs(options.out, tokenizer, options.size, encoder.scale().item())
    write_reference(options.out, tokenizer, options.size)
    for folder, _, files in os.walk(options.out):
        for file in files:
            print(f"{os.path.getsize(os.path.join(folder, file)):>10}  {file}")


if __name__ == "__main__":
    main()
