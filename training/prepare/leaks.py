"""Marks the rows of DATA/SET/rows.jsonl that repeat an evaluation picture with the split "leak": they are not trained on.

A near duplicate differs in 4 of the 64 bits of its dHash at most, or in 10 when it also has the label of an ImageNet sample.
Flat pictures (of little contrast) are left alone: their bits are chance. What is found goes to DATA/leaks.tsv.

    python -m prepare.leaks DATA --repositories FOLDER [--photos FOLDER]
"""
import argparse
import io
import json
import os
from typing import NamedTuple

import numpy as np
from PIL import Image

from prepare.origins import Origins, add_folders, read_photos
from prepare.pack import difference_hash, square
from prepare.sets import EVALUATION, SAMPLES, SETS

SIDE = 128
LEAST_CONTRAST = 12  # standard deviation of the grey levels of 9 x 8 pixels
NEAR, NEAR_OF_SAME_LABEL = 4, 10  # bits
IMAGENET = "eval-imagenet1000"
UNNUMBERED = {"animals3"}  # photographs of ImageNet without WordNet's numbers
CHUNK = 4096


class Fingerprint(NamedTuple):
    set: str
    source: str
    bits: int
    contrast: float
    wnid: str = ""
    label: str = ""


def fingerprints(data, samples, photos):
    """Of all evaluation pictures that are not flat: the packs', ImageNet's again as centre crops, and the photographs'."""
    found = [each for name in EVALUATION for each in _of_pack(data, name)]
    found += _of_crops(samples, {each.source: each for each in found if each.set == IMAGENET})
    for file, *_ in read_photos(photos):
        image = square(open(f"{photos}/{file}", "rb").read(), SIDE)
        found.append(Fingerprint("photos", file, int(difference_hash(image), 16), contrast(image)))
    return [each for each in found if each.contrast >= LEAST_CONTRAST]


def contrast(image):
    return float(np.asarray(image.convert("L").resize((9, 8), Image.BICUBIC), np.float32).std())


def read_rows(data, name):
    return [json.loads(line) for line in open(f"{data}/{name}/rows.jsonl")]


def _of_pack(data, name):
    images = np.load(f"{data}/{name}/images.npy", mmap_mode="r")
    for row, pixels in zip(read_rows(data, name), images):
        bits, grey = int(row["dhash"], 16), contrast(Image.fromarray(pixels))
        yield Fingerprint(name, row["src"], bits, grey, row["wnid"], row["label"].lower())


def _of_crops(samples, known):
    """The middle squares of the ImageNet samples: other sets cropped what we squash. known: source -> fingerprint"""
    for object_id, path in samples.files(r"\.JPEG$"):
        if path not in known:
            continue
        image = Image.open(io.BytesIO(samples.object_bytes(object_id))).convert("RGB")
        width, height = image.size
        side = min(image.size)
        if side < 0.97 * max(image.size):
            box = ((width - side) // 2, (height - side) // 2, (width + side) // 2, (height + side) // 2)
            image = image.crop(box).resize((SIDE, SIDE), Image.BICUBIC, reducing_gap=2.0)
            yield known[path]._replace(bits=int(difference_hash(image), 16), contrast=contrast(image))


def near_duplicates(name, rows, images, evaluation):
    """-> (row number, fingerprint, differing bits) of each near pair."""
    has_imagenet_labels = name in UNNUMBERED or any(row["wnid"] for row in rows)
    bits = np.array([int(row["dhash"], 16) for row in rows], np.uint64)
    theirs = np.array([each.bits for each in evaluation], np.uint64)
    is_flat = {}
    for start in range(0, len(rows), CHUNK):
        differing = np.bitwise_count(bits[start : start + CHUNK, None] ^ theirs[None])
        for i, j in zip(*np.nonzero(differing <= (NEAR_OF_SAME_LABEL if has_imagenet_labels else NEAR))):
            at = start + int(i)
            if differing[i, j] > NEAR and not _same_label(rows[at], evaluation[j]):
                continue
            if at not in is_flat:
                is_flat[at] = contrast(Image.fromarray(images[at])) < LEAST_CONTRAST
            if not is_flat[at]:
                yield at, evaluation[j], int(differing[i, j])


def _same_label(row, fingerprint):
    if fingerprint.set != IMAGENET:
        return False
    return row["wnid"] == fingerprint.wnid or row["label"].lower() == fingerprint.label


def named_in(photos, name):
    """The photographs that index.tsv says are from a set: "SET path" -> [(end of the path, file)]."""
    sources = [(source.replace("Flickr8k ", "flickr8k ").split(" ", 1), file) for file, _, _, source in read_photos(photos)]
    return [("/" + rest, file) for (owner, rest), file in sources if owner == name]


def leaks_of(name, rows, images, evaluation, photos):
    """-> [(row number, evaluation set, its picture, how near)]"""
    found = [(at, each.set, each.source, str(bits)) for at, each, bits in near_duplicates(name, rows, images, evaluation)]
    for ending, file in named_in(photos, name):
        found += [(at, "photos", file, "name") for at, row in enumerate(rows) if f"/{row['src']}".endswith(ending)]
    return found


def mark(data, name, rows, leaks):
    for at, *_ in leaks:
        rows[at]["split"] = "leak"
    with open(f"{data}/{name}/rows.part", "w") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    os.replace(f"{data}/{name}/rows.part", f"{data}/{name}/rows.jsonl")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    add_folders(parser, "repositories", "photos")
    options = parser.parse_args()
    evaluation = fingerprints(options.data, Origins(options).open(SAMPLES), options.photos)
    with open(f"{options.data}/leaks.tsv", "w") as log:
        for name in SETS:
            if name in EVALUATION or not os.path.exists(f"{options.data}/{name}/rows.jsonl"):
                continue
            rows, images = read_rows(options.data, name), np.load(f"{options.data}/{name}/images.npy", mmap_mode="r")
            leaks = leaks_of(name, rows, images, evaluation, options.photos)
            log.writelines("\t".join((name, rows[at]["src"], *evidence)) + "\n" for at, *evidence in leaks)
            if leaks:
                mark(options.data, name, rows, leaks)
            print(f"{name}: {len({at for at, *_ in leaks})} of {len(rows)} repeat an evaluation picture", flush=True)


if __name__ == "__main__":
    main()
