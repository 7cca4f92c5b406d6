"""Labelled pictures of the packs' test splits, which are never trained on -> a folder that `npm run calibrate` reads.

    python test_split.py DATA OUT [--most 60]
"""
import argparse
import json
import os
import random

import numpy as np
from PIL import Image

SETS = "caltech101 intel-scenes sports22 flowers102 grocery animals3 clothing-small imagenette imagewoof trashnet houses mini-imagenet objects-sketch50"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("out")
    parser.add_argument("--most", type=int, default=60, help="pictures of a set")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    lines = ["file\tlabel\tcaptions\tsource"]
    for name in SETS.split():
        images = np.load(f"{options.data}/{name}/images.npy", mmap_mode="r")
        rows = [(i, json.loads(line)) for i, line in enumerate(open(f"{options.data}/{name}/rows.jsonl"))]
        held = [(i, row["label"]) for i, row in rows if row["split"] == "test" and row["label"]]
        for i, label in random.Random(0).sample(held, min(options.most, len(held))):
            Image.fromarray(images[i]).save(f"{options.out}/{name}-{i}.png")
            lines.append(f"{name}-{i}.png\t{label}\t\t{name}")
    open(f"{options.out}/index.tsv", "w").write("\n".join(lines) + "\n")
    print(len(lines) - 1, "pictures")


if __name__ == "__main__":
    main()
