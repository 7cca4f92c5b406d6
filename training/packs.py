"""data/SET/{images.npy, rows.jsonl, teacher.npy} -> pictures, what is known of them, and augmented batches."""
import json
import os
from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F

MEAN = torch.tensor([0.48, 0.45, 0.40])[None, :, None, None]
STD = torch.tensor([0.27, 0.26, 0.27])[None, :, None, None]
LEAST_AREA = 0.4  # of a random crop
UPRIGHT = {"logos", "receipts"}  # never mirrored: they are read


@dataclass
class Row:
    set: str
    index: int  # in its pack
    split: str  # "train", "test", or "leak": near-duplicate of an evaluation picture
    label: str
    wnid: str
    captions: list[str]
    concepts: list[int] = field(default_factory=list)  # what it shows: texts.py
    nouns: list[tuple[str, str]] = field(default_factory=list)  # (word, synset) of its captions


class Packs:
    def __init__(self, folder, sets):
        self.images, self.features, self.rows = {}, {}, []
        for name in sets:
            self.images[name] = np.load(f"{folder}/{name}/images.npy", mmap_mode="r")
            if os.path.exists(f"{folder}/{name}/teacher.npy"):
                self.features[name] = np.load(f"{folder}/{name}/teacher.npy", mmap_mode="r")
            for i, line in enumerate(open(f"{folder}/{name}/rows.jsonl")):
                row = json.loads(line)
                self.rows.append(Row(name, i, row["split"], row["label"], row["wnid"], row["caps"]))

    def pictures(self, rows, size, augment=False):
        """-> pixel_values [N, 3, size, size], normalised, channels last."""
        out = torch.empty(len(rows), 3, size, size)
        for name in {row.set for row in rows}:
            at = [i for i, row in enumerate(rows) if row.set == name]
            x = torch.from_numpy(self.images[name][[rows[i].index for i in at]]).permute(0, 3, 1, 2).float().div_(255)
            if augment:
                out[at] = _augment(x, size, name not in UPRIGHT)
            else:
                out[at] = F.interpolate(x, size=(size, size), mode="bicubic", antialias=True).clamp(0, 1)
        return ((out - MEAN) / STD).contiguous(memory_format=torch.channels_last)

    def taught(self, rows):
        """The teacher's features [N, 1280] f32, and which rows have them [N] bool."""
        out, known = torch.zeros(len(rows), 1280), torch.zeros(len(rows), dtype=torch.bool)
        for i, row in enumerate(rows):
            if row.set in self.features:
                out[i] = torch.from_numpy(self.features[row.set][row.index].astype(np.float32))
        known = out.isfinite().all(1) & (out != 0).any(1)
        return torch.where(known[:, None], out, 0.0), known


def _augment(x, size, may_mirror):
    """A random crop of 40 to 100 % of the area, mirrored, brighter or darker, and now and then grey."""
    n = len(x)
    side = torch.empty(n).uniform_(LEAST_AREA, 1).sqrt()
    stretch = torch.empty(n).uniform_(-0.2, 0.2).exp()
    w, h = (side * stretch).clamp(max=1), (side / stretch).clamp(max=1)
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0] = torch.where(torch.rand(n) < 0.5, w, -w) if may_mirror else w
    theta[:, 1, 1] = h
    theta[:, 0, 2], theta[:, 1, 2] = (torch.rand(n) * 2 - 1) * (1 - w), (torch.rand(n) * 2 - 1) * (1 - h)
    if x.shape[-1] >= 2 * size:
        x = F.avg_pool2d(x, 2)
    grid = F.affine_grid(theta, (n, 3, size, size), align_corners=False)
    x = F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)
    brightness, contrast = (1 + (torch.rand(n, 1, 1, 1) - 0.5) * 0.5 for _ in range(2))
    mean = x.mean((1, 2, 3), keepdim=True)
    x = ((x - mean) * contrast + mean) * brightness
    grey = (torch.rand(n, 1, 1, 1) < 0.05).float()
    return x * (1 - grey) + x.mean(1, keepdim=True) * grey
