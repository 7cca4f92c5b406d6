"""Writes a tiny model folder for each family, as the hub has them, and what it must give: FOLDER/<family>/ and
FOLDER/<family>.json. Use: python build.py FOLDER"""

import base64
import json
import sys
from pathlib import Path

import numpy as np
from onnx import TensorProto
from PIL import Image
from tokenizers import Tokenizer, normalizers

import graphs
import reference
import tokenizer_kinds
from texts import EMBEDDED, all_odd
from weights import DIM, SIDE, WIDTH, weight

CLIP_MEAN, CLIP_STD = [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]
HALF = [0.5, 0.5, 0.5]
SQUASHED = {"do_resize": True, "do_rescale": True, "do_normalize": True, "do_convert_rgb": None,
            "size": {"height": SIDE, "width": SIDE}, "rescale_factor": 1 / 255}
CROPPED = {**SQUASHED, "do_center_crop": True, "size": {"shortest_edge": SIDE},
           "crop_size": {"height": SIDE, "width": SIDE}}
CLIP_PIXELS = {"image_mean": CLIP_MEAN, "image_std": CLIP_STD, "resample": 3}
SIGLIP_PIXELS = {"image_mean": HALF, "image_std": HALF, "image_processor_type": "SiglipImageProcessor"}

FAMILIES = {
    "clip": {
        "config": {"model_type": "clip", "logit_scale_init_value": 2.6592, "text_config": {"max_position_embeddings": 77}},
        "preprocessor": {**CROPPED, **CLIP_PIXELS, "image_processor_type": "CLIPImageProcessor"},
        "tokenizer": tokenizer_kinds.byte_level_bpe,
        "tokenizer_config": {"model_max_length": 77, "pad_token": "<|endoftext|>", "tokenizer_class": "CLIPTokenizer"},
        "length": 77,
    },
    "siglip": {
        "config": {"model_type": "siglip", "text_config": {"model_type": "siglip_text_model"}},
        "preprocessor": {**SQUASHED, **SIGLIP_PIXELS, "resample": 3},
        "tokenizer": tokenizer_kinds.sentencepiece_unigram,
        "tokenizer_config": {"model_max_length": 64, "pad_token": "</s>", "tokenizer_class": "SiglipTokenizer"},
        "length": 64,
    },
    "siglip2": {
        "config": {"model_type": "siglip", "text_config": {"model_type": "siglip_text_model", "vocab_size": 256000}},
        "preprocessor": {**SQUASHED, **SIGLIP_PIXELS, "resample": 2},
        "tokenizer": tokenizer_kinds.gemma_bpe,
        "tokenizer_config": {"model_max_length": 1e30, "pad_token": "<pad>", "tokenizer_class": "GemmaTokenizer"},
        "length": 64,
    },
    "chinese-clip": {
        "config": {"model_type": "chinese_clip", "logit_scale_init_value": 2.6592, "text_config": {"vocab_size": 21128}},
        "preprocessor": {**SQUASHED, **CLIP_PIXELS, "feature_extractor_type": "ChineseCLIPFeatureExtractor"},
        "tokenizer": tokenizer_kinds.word_piece,
        "tokenizer_config": {"model_max_length": 512, "pad_token": "[PAD]", "tokenizer_class": "BertTokenizer"},
        "length": 52,
    },
    "xlm-roberta-clip": {
        "config": {"model_type": "vision-text-dual-encoder",
                   "text_config": {"model_type": "xlm-roberta", "max_position_embeddings": 79, "pad_token_id": 1}},
        "preprocessor": {**CROPPED, **CLIP_PIXELS},
        "tokenizer": tokenizer_kinds.xlm_roberta_unigram,
        "tokenizer_config": None,
        "length": 77,
    },
    "sentence-clip": {
        "config": {"model_type": "xlm-roberta", "max_position_embeddings": 79, "pad_token_id": 1},
        "preprocessor": {**CROPPED, **CLIP_PIXELS},
        "tokenizer": tokenizer_kinds.xlm_roberta_unigram,
        "tokenizer_config": {"model_max_length": 40, "pad_token": "<pad>"},
        "length": 40,
    },
}


def main(folder: Path) -> None:
    for name, family in FAMILIES.items():
        tokenizer = family["tokenizer"]()
        write_folder(folder / name, name, family, tokenizer)
        (folder / f"{name}.json").write_text(json.dumps(expected(name, family, tokenizer)))


def write_folder(folder: Path, name: str, family: dict, tokenizer: Tokenizer) -> None:
    (folder / "onnx").mkdir(parents=True)
    files = {"config": family["config"], "preprocessor_config": family["preprocessor"],
             "tokenizer_config": family["tokenizer_config"]}
    for stem, content in files.items():
        if content is not None:
            (folder / f"{stem}.json").write_text(json.dumps(content))
    tokenizer.save(str(folder / "tokenizer.json"))
    write_towers(folder, name, tokenizer.get_vocab_size())


def write_towers(folder: Path, name: str, vocabulary: int) -> None:
    if name == "chinese-clip":
        both = graphs.Graph()
        text = chinese_tower(both, vocabulary)
        pixels = both.input("pixel_values", ["image_batch_size", 3, SIDE, SIDE])
        image = graphs.clip_image(both, pixels, f"{name}.image")
        logits = both.op("MatMul", image, both.op("Transpose", text, perm=[1, 0]))
        both.output("logits_per_image", logits, ["image_batch_size", "text_batch_size"])
        both.output("text_embeds", text, ["text_batch_size", DIM])
        both.output("image_embeds", image, ["image_batch_size", DIM])
        both.save(str(folder / "onnx/model.onnx"))
        return
    for ending, is_half in {"": False, "_fp16": True}.items() if name == "clip" else [("", False)]:
        image_tower(name, is_half).save(str(folder / f"onnx/vision_model{ending}.onnx"))
        text_tower(name, vocabulary, is_half).save(str(folder / f"onnx/text_model{ending}.onnx"))
    if name == "sentence-clip":
        write_pooling(folder, name)


def text_inputs(g: graphs.Graph) -> tuple[str, str]:
    shape = ["text_batch_size", "sequence_length"]
    return tuple(g.input(name, shape, TensorProto.INT64) for name in ("input_ids", "attention_mask"))


def chinese_tower(g: graphs.Graph, vocabulary: int) -> str:
    return graphs.chinese_text(g, *text_inputs(g), "chinese-clip.text", vocabulary)


def image_tower(name: str, is_half: bool) -> graphs.Graph:
    g = graphs.Graph(is_half)
    pixels = g.input("pixel_values", ["batch_size", 3, SIDE, SIDE])
    if name.startswith("siglip"):
        g.output("pooler_output", graphs.siglip_image(g, pixels, f"{name}.image"), ["batch_size", WIDTH])
    else:
        g.output("image_embeds", graphs.clip_image(g, pixels, f"{name}.image"), ["batch_size", DIM])
    return g


def text_tower(name: str, vocabulary: int, is_half: bool) -> graphs.Graph:
    g = graphs.Graph(is_half)
    if name.startswith("siglip"):
        ids = g.input("input_ids", ["batch_size", 64], TensorProto.INT64)
        g.output("pooler_output", graphs.siglip_text(g, ids, f"{name}.text", vocabulary), ["batch_size", WIDTH])
    elif name == "sentence-clip":
        states = graphs.roberta_states(g, *text_inputs(g), f"{name}.text", vocabulary)
        g.output("last_hidden_state", states, ["text_batch_size", "sequence_length", WIDTH])
    else:
        build = graphs.clip_text if name == "clip" else graphs.roberta_text
        g.output("text_embeds", build(g, *text_inputs(g), f"{name}.text", vocabulary), ["text_batch_size", DIM])
    return g


def write_pooling(folder: Path, name: str) -> None:
    """sentence-transformers' modules after the text tower: 1_Pooling (the first token), 2_Dense."""
    matrix = np.ascontiguousarray(weight(f"{name}.text.projection.weight", WIDTH, DIM).T)
    header = {"linear.weight": {"dtype": "F32", "shape": [DIM, WIDTH], "data_offsets": [0, matrix.nbytes]}}
    packed = json.dumps(header).encode()
    for path, content in {
        "1_Pooling/config.json": {"word_embedding_dimension": WIDTH, "pooling_mode_cls_token": True,
                                  "pooling_mode_mean_tokens": False},
        "2_Dense/config.json": {"in_features": WIDTH, "out_features": DIM, "bias": False,
                                "activation_function": "torch.nn.modules.linear.Identity"},
    }.items():
        (folder / path).parent.mkdir()
        (folder / path).write_text(json.dumps(content))
    (folder / "2_Dense/model.safetensors").write_bytes(
        len(packed).to_bytes(8, "little") + packed + matrix.astype("<f4").tobytes()
    )


def expected(name: str, family: dict, tokenizer: Tokenizer) -> dict:
    tokenizer.enable_truncation(family["length"])
    if name == "siglip2":  # as transformers' Siglip2Tokenizer does
        tokenizer.normalizer = normalizers.Sequence([normalizers.Lowercase(), tokenizer.normalizer])
    tokenizer.no_padding()
    odd = [{"text": text, "ids": tokenizer.encode(text).ids} for text in all_odd()]
    pads = {"siglip": (1, "</s>"), "siglip2": (0, "<pad>")}
    if name in pads:
        tokenizer.enable_padding(length=64, pad_id=pads[name][0], pad_token=pads[name][1])
    texts = [embedded_text(name, text, tokenizer.encode(text), tokenizer.get_vocab_size()) for text in EMBEDDED]
    return {"odd": odd, "texts": texts, "pictures": [embedded_picture(name, family, i) for i in range(4)]}


def embedded_text(name: str, text: str, encoding, vocabulary: int) -> dict:
    ids, mask = np.array(encoding.ids), np.array(encoding.attention_mask)
    embed = {
        "clip": reference.clip_text,
        "siglip": reference.siglip_text,
        "siglip2": reference.siglip_text,
        "chinese-clip": reference.chinese_text,
        "xlm-roberta-clip": lambda *given: reference.roberta_text(*given, "mean"),
        "sentence-clip": lambda *given: reference.roberta_text(*given, "cls"),
    }[name]
    vector = reference.unit(embed(ids, mask, f"{name}.text", vocabulary))
    return {"text": text, "ids": encoding.ids, "embedding": vector.tolist()}


def embedded_picture(name: str, family: dict, number: int) -> dict:
    """A picture of waves; its bytes, its pixels as the family's processor makes them, and its embedding."""
    width, height = [(96, 64), (64, 96), (40, 40), (32, 32)][number]
    y, x = np.mgrid[0:height, 0:width] / 64
    waves = [np.sin(6 * x + number), np.sin(5 * y - number), np.sin(4 * (x + y) * (number + 1))]
    rgb = np.stack([np.round(128 + 100 * wave) for wave in waves], -1).astype(np.uint8)
    config = family["preprocessor"]
    is_cropped = "shortest_edge" in config["size"]
    pixels = reference.preprocess(
        Image.fromarray(rgb), is_cropped, config["image_mean"], config["image_std"], config["resample"]
    )
    embed = reference.siglip_image if name.startswith("siglip") else reference.clip_image
    return {
        "width": width,
        "height": height,
        "rgb": base64.b64encode(rgb.tobytes()).decode(),
        "pixels": base64.b64encode(pixels.astype("<f4").tobytes()).decode(),
        "embedding": reference.unit(embed(pixels, f"{name}.image")).tolist(),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
