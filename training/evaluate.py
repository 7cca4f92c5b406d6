"""Quality on pictures that were never trained on: captions of Flickr8k's test split, and names of ImageNet samples.

    python evaluate.py DATA CHECKPOINT TOKENIZER [--size 96]
"""
import argparse
import json

import torch
import torch.nn.functional as F

from model import Encoder
from packs import Packs
from texts import article
from tokenizer import Tokenizer

PROMPTS = ["{}", "a photo of a {}", "a {}"]
CHUNK = 128


def encode_texts(tower, tokenizer, texts):
    """-> [N, DIM], not normalised. Texts of similar length are padded together."""
    ids = [tokenizer(text) for text in texts]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    parts, device = [], tower.position.device
    for start in range(0, len(order), CHUNK):
        some = [ids[i] for i in order[start : start + CHUNK]]
        padded = torch.zeros(len(some), len(some[-1]), dtype=torch.long)
        for i, row in enumerate(some):
            padded[i, : len(row)] = torch.tensor(row)
        padded = padded.to(device)
        parts.append(tower(padded, padded > 0))
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(parts)[back.to(device)]


def encode_pictures(tower, packs, rows, size):
    device = tower.projection.weight.device
    parts = [tower(packs.pictures(rows[i : i + CHUNK], size).to(device))[1] for i in range(0, len(rows), CHUNK)]
    return F.normalize(torch.cat(parts).float(), dim=-1)


@torch.no_grad()
def evaluate(encoder, tokenizer, packs, size):
    """packs: of eval-flickr8k and eval-imagenet1000. -> figures in percent, by name."""
    encoder.eval()
    device = encoder.text.position.device.type
    with torch.autocast(device, dtype=torch.bfloat16):
        return {**_retrieval(encoder, tokenizer, packs, size), **_zero_shot(encoder, tokenizer, packs, size)}


def _retrieval(encoder, tokenizer, packs, size):
    rows = [row for row in packs.rows if row.set == "eval-flickr8k"]
    captions = [(caption, i) for i, row in enumerate(rows) for caption in row.captions]
    pictures = encode_pictures(encoder.image, packs, rows, size)
    texts = F.normalize(encode_texts(encoder.text, tokenizer, [c for c, _ in captions]).float(), dim=-1)
    own = torch.tensor([i for _, i in captions], device=pictures.device)
    hits = (texts @ pictures.t()).topk(10).indices == own[:, None]
    return {f"flickr8k R@{k}": percent(hits[:, :k].any(1)) for k in (1, 5, 10)}


def _zero_shot(encoder, tokenizer, packs, size):
    rows = [row for row in packs.rows if row.set == "eval-imagenet1000" and row.split == "test"]
    names = sorted({row.label.lower() for row in packs.rows if row.set == "eval-imagenet1000"})
    prompts = [encode_texts(encoder.text, tokenizer, [article(p, name) for name in names]).float() for p in PROMPTS]
    classes = F.normalize(sum(F.normalize(p, dim=-1) for p in prompts), dim=-1)
    pictures = encode_pictures(encoder.image, packs, rows, size)
    own = torch.tensor([names.index(row.label.lower()) for row in rows], device=pictures.device)
    hits = (pictures @ classes.t()).topk(10).indices == own[:, None]
    return {f"imagenet top-{k}": percent(hits[:, :k].any(1)) for k in (1, 5, 10)}


def percent(hits):
    return round(100 * hits.float().mean().item(), 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("checkpoint")
    parser.add_argument("tokenizer")
    parser.add_argument("--size", type=int, nargs="+", default=[96])
    options = parser.parse_args()
    tokenizer = Tokenizer.load(options.tokenizer)
    encoder = Encoder(len(tokenizer.ids))
    encoder.load_state_dict(torch.load(options.checkpoint, map_location="cpu")["ema"])
    packs = Packs(options.data, ["eval-flickr8k", "eval-imagenet1000"])
    for size in options.size:
        print(json.dumps({"size": size, **evaluate(encoder, tokenizer, packs, size)}))


if __name__ == "__main__":
    main()
