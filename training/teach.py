"""Soft labels: the teacher's features of every packed picture -> data/SET/teacher.npy, f16 [N, 1280].

The teacher is an openly licensed ImageNet classifier (MobileNetV2, Apache-2.0); it is asked once per picture and
never shipped. Its classifier goes to data/teacher.npz, so that logits = features @ weight.T + bias.

    python teach.py DATA TEACHER.tflite [--size 160] [--threads 1] SET[:most] ...
"""
import argparse
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

from tflite import Network

BATCH = 64


def teach(network, folder, most, size):
    images = np.load(f"{folder}/images.npy", mmap_mode="r")
    rows = np.arange(len(images))
    if most and most < len(rows):  # an even choice; the others stay NaN
        rows = np.random.default_rng(0).permutation(rows)[:most]
        rows.sort()
    features = np.full((len(images), network.weight.shape[1]), np.nan, np.float16)
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        x = torch.from_numpy(images[some]).permute(0, 3, 1, 2).float() / 127.5 - 1
        x = F.interpolate(x, size=(size, size), mode="bicubic", antialias=True).clamp(-1, 1)
        features[some] = network(x).numpy()
    np.save(f"{folder}/teacher.part.npy", features)
    os.replace(f"{folder}/teacher.part.npy", f"{folder}/teacher.npy")
    return len(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("teacher")
    parser.add_argument("sets", nargs="+", help="names; NAME:20000 asks for that many pictures at most")
    parser.add_argument("--size", type=int, default=160)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    network = Network(options.teacher)
    np.savez(f"{options.data}/teacher.npz", weight=network.weight.numpy(), bias=network.bias.numpy())
    for name, _, most in (each.partition(":") for each in options.sets):
        folder = f"{options.data}/{name}"
        if os.path.exists(f"{folder}/teacher.npy"):
            continue
        start = time.time()
        count = teach(network, folder, int(most or 0), options.size)
        print(f"{name}: {count} pictures in {time.time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
