"""Sets of pictures -> DATA/SET/images.npy, u8 [N, side, side, 3], and DATA/SET/rows.jsonl, a line a picture in that order:

    {"src": path in its source, "split": "train" or "test", "label": ..., "wnid": ..., "caps": [...], "md5": ..., "dhash": ...}

Pictures are decoded, turned upright, laid on white and squashed to a square. A file that a set already packed has is left
out, so the order of the sets matters: without names all are packed, in the order of sets/__init__.py.

    python -m prepare.pack DATA --repositories FOLDER --debian FOLDER --rendered FOLDER [--photos FOLDER] [SET ...]
"""
import argparse
import hashlib
import io
import json
import multiprocessing
import os
import time
import warnings

import numpy as np
from PIL import Image, ImageOps

from prepare.origins import Origins, add_folders
from prepare.repository import ObjectReader
from prepare.sets import SETS, pictures_of

BATCH = 200
TEST_SHARE = 0.03
MOST_PIXELS = 200_000_000
LONGEST = 12  # times the short side
PAPER = 8  # differences from white that are still paper


def square(content, side, least=24, is_page=False):
    """The bytes of an image file -> side x side, RGB; None when it is too small, too long or of too many bits."""
    image = Image.open(io.BytesIO(content))
    if min(image.size) < least or max(image.size) > LONGEST * min(image.size):
        return None
    if image.format == "JPEG":
        image.draft("RGB", (2 * side, 2 * side))
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = on_white(image.convert("RGBA"))
    if image.mode.startswith("I") or image.mode == "F":
        return None
    image = image.convert("RGB")
    if is_page:
        image = _cut_out(image, least)
    if image is None or image.size == (side, side):
        return image
    return image.resize((side, side), Image.BICUBIC, reducing_gap=2.0)


def on_white(image):
    white = Image.new("RGBA", image.size, (255, 255, 255, 255))
    white.alpha_composite(image)
    return white


def _cut_out(image, least):
    """What is drawn on a white page with a small margin; made square when it is long. None when it is too small."""
    box = ImageOps.invert(image.convert("L")).point(lambda level: 255 * (level > PAPER)).getbbox()
    if not box:
        return None
    drawing = image.crop(box)
    width, height = drawing.size
    if min(width, height) < least:
        return None
    is_long = max(width, height) > 2 * min(width, height)
    margin = max(width, height) // 20
    whole = [(max(width, height) if is_long else length) + 2 * margin for length in (width, height)]
    page = Image.new("RGB", whole, "white")
    page.paste(drawing, ((whole[0] - width) // 2, (whole[1] - height) // 2))
    return page


def difference_hash(image):
    """64 bits, in hexadecimal: is a pixel of 9 x 8 brighter than its left neighbour? (dHash, Krawetz 2013)"""
    grey = np.asarray(image.convert("L").resize((9, 8), Image.BICUBIC))
    return np.packbits(grey[:, 1:] > grey[:, :-1]).tobytes().hex()


def pack(data, name, pictures, pool):
    side, folder = SETS[name].side, f"{data}/{name}"
    seen, rows, unusable = seen_elsewhere(data, name), [], 0
    pictures, listed = _distinct(pictures), len(pictures)
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/images.part", "wb") as file:
        _write_header(file, 0, side)
        for picture, packed in zip(pictures, pool.imap(_pack_one, _jobs(pictures, side), chunksize=BATCH)):
            if packed is None:
                unusable += 1
                continue
            pixels, md5, dhash = packed
            if md5 not in seen:
                seen.add(md5)
                file.write(pixels)
                rows.append(to_row(picture, md5, dhash))
        file.seek(0)
        _write_header(file, len(rows), side)
    with open(f"{folder}/rows.part", "w") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    os.replace(f"{folder}/images.part", f"{folder}/images.npy")
    os.replace(f"{folder}/rows.part", f"{folder}/rows.jsonl")
    return f"{len(rows)} pictures of {listed} files, {unusable} unusable"


def seen_elsewhere(data, name):
    """The MD5 of all files in the other packs."""
    seen = set()
    for other in os.listdir(data):
        path = f"{data}/{other}/rows.jsonl"
        if other != name and os.path.exists(path):
            seen.update(json.loads(line)["md5"] for line in open(path))
    return seen


def to_row(picture, md5, dhash):
    captions = [" ".join(caption.split()) for caption in picture.captions]
    return {
        "src": picture.source,
        "split": picture.split or ("test" if int(md5[:8], 16) / 2**32 < TEST_SHARE else "train"),
        "label": picture.label,
        "wnid": picture.wnid,
        "caps": [caption for caption in captions if caption],
        "md5": md5,
        "dhash": dhash,
    }


def _distinct(pictures):
    first = {}
    for picture in pictures:
        first.setdefault(picture.name, picture)
    return list(first.values())


def _write_header(file, count, side):
    """Of the same length for any count: numpy leaves room for the first dimension to grow."""
    header = {"descr": "|u1", "fortran_order": False, "shape": (count, side, side, 3)}
    np.lib.format.write_array_header_1_0(file, header)


def _jobs(pictures, side):
    least = 24 if side > 64 else 8
    return ((picture, side, least) for picture in pictures)


_readers = {}  # of a worker process: git directory -> ObjectReader


def _pack_one(job):
    """-> (pixels, md5 of the file, dhash), or None when it cannot be read."""
    picture, side, least = job
    try:
        content = _read(picture)
        image = square(content, side, least, picture.is_page)
    except Exception:  # whatever a decoder says of a broken file
        return None
    return image and (image.tobytes(), hashlib.md5(content).hexdigest(), difference_hash(image))


def _read(picture):
    if not picture.directory:
        return open(picture.name, "rb").read()
    if picture.directory not in _readers:
        _readers[picture.directory] = ObjectReader(picture.directory)
    return _readers[picture.directory].read(picture.name)


def _start_worker():
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("sets", nargs="*", default=list(SETS))
    parser.add_argument("--processes", type=int, default=2)
    add_folders(parser, "repositories", "debian", "rendered", "photos")
    options = parser.parse_args()
    os.makedirs(options.data, exist_ok=True)
    origins = Origins(options)
    with multiprocessing.Pool(options.processes, _start_worker) as pool:
        for name in options.sets:
            start = time.time()
            told = pack(options.data, name, pictures_of(name, origins), pool)
            print(f"{name}: {told}, in {time.time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
