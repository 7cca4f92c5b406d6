"""Quality on pictures that were never trained on: captions of Flickr8k's test split, and names of ImageNet samples.

    python evaluate.py DATA CHECKPOINT_OR_FOLDER ... --tokenizer tokenizer.json [--size 96]
"""
import argparse
import json
import os

import numpy as np
import torch
import torch.nn.functional as F

from model import Encoder
from packs import Packs
from texts import article
from tokenizer import Tokenizer

PROMPTS = ["{}", "a photo of a {}", "a {}"]
CHUNK = 128
SETS = ["eval-flickr8k", "eval-imagenet1000"]


def encode_texts(tower, tokenizer, texts):
    """-> [N, DIM]. Texts of similar length are padded together. tower: (ids, mask) [N, T] -> [N, DIM]"""
    ids = [tokenizer(text) for text in texts]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    parts = []
    for start in range(0, len(order), CHUNK):
        some = [ids[i] for i in order[start : start + CHUNK]]
        padded = torch.zeros(len(some), len(some[-1]), dtype=torch.long)
        for i, row in enumerate(some):
            padded[i, : len(row)] = torch.tensor(row)
        padded = padded.to(getattr(tower, "device", "cpu"))
        parts.append(tower(padded, padded > 0))
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(parts)[back.to(parts[0].device)]


def encode_pictures(tower, packs, rows, size):
    """-> [N, DIM]. tower: pixel_values -> [N, DIM]"""
    return torch.cat([tower(packs.pictures(rows[i : i + CHUNK], size)) for i in range(0, len(rows), CHUNK)])


@torch.no_grad()
def evaluate(image_tower, text_tower, tokenizer, packs, size):
    """packs: of SETS. -> figures in percent, by name."""
    pictures = lambda rows: F.normalize(encode_pictures(image_tower, packs, rows, size).float(), dim=-1)
    texts = lambda some: F.normalize(encode_texts(text_tower, tokenizer, some).float(), dim=-1)
    return {**_retrieval(pictures, texts, packs), **_zero_shot(pictures, texts, packs)}


def evaluate_encoder(encoder, tokenizer, packs, size):
    encoder.eval()
    device = encoder.text.position.device
    encoder.text.device = device
    with torch.autocast(device.type, dtype=torch.bfloat16):
        return evaluate(lambda x: encoder.image(x.to(device))[1], encoder.text, tokenizer, packs, size)


def evaluate_folder(folder, tokenizer, packs, size):
    """An exported model, run by ONNX Runtime."""
    import onnxruntime

    vision, text = (onnxruntime.InferenceSession(f"{folder}/onnx/{n}_model.onnx", providers=["CPUExecutionProvider"]) for n in ("vision", "text"))
    see = lambda x: torch.from_numpy(vision.run(None, {"pixel_values": x.contiguous().numpy()})[0])
    read = lambda ids, mask: torch.from_numpy(text.run(None, {"input_ids": ids.numpy(), "attention_mask": mask.numpy().astype(np.int64)})[0])
    return evaluate(see, read, tokenizer, packs, size)


def _retrieval(pictures, texts, packs):
    rows = [row for row in packs.rows if row.set == "eval-flickr8k"]
    captions = [(caption, i) for i, row in enumerate(rows) for caption in row.captions]
    seen, said = pictures(rows), texts([c for c, _ in captions])
    own = torch.tensor([i for _, i in captions], device=seen.device)
    hits = (said @ seen.t()).topk(10).indices == own[:, None]
    return {f"flickr8k R@{k}": percent(hits[:, :k].any(1)) for k in (1, 5, 10)}


def _zero_shot(pictures, texts, packs):
    rows = [row for row in packs.rows if row.set == "eval-imagenet1000"]
    names = sorted({row.label.lower() for row in rows})
    classes = F.normalize(sum(texts([article(p, name) for name in names]) for p in PROMPTS), dim=-1)
    seen = pictures(rows)
    own = torch.tensor([names.index(row.label.lower()) for row in rows], device=seen.device)
    hits = (seen @ classes.t()).topk(10).indices == own[:, None]
    return {f"imagenet top-{k}": percent(hits[:, :k].any(1)) for k in (1, 5, 10)}


def percent(hits):
    return round(100 * hits.float().mean().item(), 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("models", nargs="+")
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--size", type=int, nargs="+", default=[96])
    options = parser.parse_args()
    tokenizer, packs = Tokenizer.load(options.tokenizer), Packs(options.data, SETS)
    for model in options.models:
        for size in options.size:
            if os.path.isdir(model):
                figures = evaluate_folder(model, tokenizer, packs, size)
            else:
                encoder = Encoder(len(tokenizer.ids))
                encoder.load_state_dict(torch.load(model, map_location="cpu")["ema"])
                figures = evaluate_encoder(encoder, tokenizer, packs, size)
            print(json.dumps({"model": os.path.basename(model), "size": size, **figures}), flush=True)


if __name__ == "__main__":
    main()
