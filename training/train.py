"""Train both towers together, from nothing, from an exported model or from a checkpoint.

Four losses: captions and labels against pictures, where all that is true of a picture counts (UniCL, Yang et al. 2022);
the teacher's features and classes; the names of the teacher's classes as texts; and pairs of texts that mean the same.

    python train.py DATA OUT --tokenizer tokenizer.json --classes imagenet_labels.txt [--start MODEL] [--sizes 64 64 64 80 80] ...
"""
import argparse
import copy
import glob
import json
import math
import os
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from evaluate import SETS, encode_texts, evaluate_encoder
from model import Encoder
from packs import Packs
from start import load_export
from texts import OWN, Texts
from tokenizer import Tokenizer

# Whose pictures have sentences that people wrote. Every fourth step is theirs alone: a sentence is to be told from others
# of its kind, and there are few of them among all pictures.
CAPTIONED = {"flickr8k", "coco-bits"}
CAPTION_STEPS = 4
SENTENCES = 2  # of a picture, in these steps
# How often the pictures of a set are shown in other steps, compared with others.
WEIGHTS = {"cub100-birds": 0.5, "logos": 0.2, "nlvr-shapes": 0.3, "icons-game": 0.2, "tiny-imagenet": 0.3}
WEIGHTS |= dict.fromkeys(("clothing-ccp", "scene15", "rsscn7-aerial", "mini-imagenet", "intel-scenes"), 0.6)
WEIGHTS |= dict.fromkeys(("emoji-twemoji", "emoji-openmoji", "emoji-noto", "emoji-fluent", "emoji-other", "openclipart"), 0.3)
WEIGHTS |= dict.fromkeys(("caltech101", "clothing-small", "clothing-full", "flowers102", "grocery"), 2.0)
WEIGHTS |= {"fashion-products": 0.4}
EXCLUDED = {"ikea-interior", "leeds-butterflies", "gcompris"}  # not made by prepare/, which says why
CLASS_NAMES = 64  # classes whose names are texts of a step
PAIRS = 48  # of texts that mean the same, a step
PAIR_SCALE = 20.0
LONGEST_STEP = 20  # seconds that count: a process that was held up goes on with its plan


class Teacher(nn.Module):
    """The teacher's classifier, and the layer that makes its features of ours (SimKD, Chen et al. 2022)."""

    def __init__(self, path, width):
        super().__init__()
        saved = np.load(path)
        self.register_buffer("weight", torch.from_numpy(saved["weight"]))
        self.register_buffer("bias", torch.from_numpy(saved["bias"]))
        self.skipped = len(saved["bias"]) - 1000  # "background" before the 1,000 classes
        self.project = nn.Linear(width, self.weight.shape[1])

    def probabilities(self, features):
        return self.logits(features).softmax(-1)

    def logits(self, features):
        return F.linear(features, self.weight, self.bias)[:, self.skipped :]

    def losses(self, ours, features):
        """(of classes, of features)"""
        guessed = self.project(ours)
        classes = -(self.probabilities(features) * self.logits(guessed).log_softmax(-1)).sum(-1).mean()
        spread = (features - features.mean(0)).square().sum(-1).mean()
        return classes, (guessed - features).square().sum(-1).mean() / spread


def adamw(parameters, decay):
    """Matrices shrink, norms and biases do not."""
    groups = [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": decay},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def contrast(similarity, truth):
    """Cross-entropy of both directions; truth [pictures, texts] >= 0."""
    by_picture = -(truth / truth.sum(1, keepdim=True) * similarity.log_softmax(1)).sum(1).mean()
    by_text = -(truth / truth.sum(0, keepdim=True) * similarity.log_softmax(0)).sum(0).mean()
    return by_picture + by_text


class Trainer:
    def __init__(self, options):
        self.options, self.device = options, "cuda" if torch.cuda.is_available() else "cpu"
        names = sorted(n for n in os.listdir(options.data) if os.path.exists(f"{options.data}/{n}/rows.jsonl"))
        sets = [n for n in names if not n.startswith("eval-") and n not in EXCLUDED and (not options.sets or n in options.sets)]
        self.packs = Packs(options.data, sets)
        self.held_out = Packs(options.data, SETS)
        self.rows = [row for row in self.packs.rows if row.split == "train" and (row.label or row.captions)]
        class_names = open(options.classes).read().strip().split("\n")[-1000:]
        self.texts = Texts(self.rows, class_names, read_paraphrases(f"{options.data}/captions"))
        self.tokenizer = Tokenizer.load(options.tokenizer)
        self.weights = torch.tensor([WEIGHTS.get(row.set, 1.0) for row in self.rows])
        self.captioned = torch.tensor([float(row.set in CAPTIONED) for row in self.rows])
        self.encoder = Encoder(len(self.tokenizer.ids))
        if options.start:
            load_export(self.encoder, options.start, self.packs.pictures(random.sample(self.rows, 512), options.start_size))
            self.encoder.log_scale.data.fill_(math.log(json.load(open(f"{options.start}/config.json"))["logit_scale"]))
        self.encoder.to(self.device, memory_format=torch.channels_last)
        self.encoder.text.device = self.device
        self.teacher = Teacher(f"{options.data}/teacher.npz", self.encoder.image.width).to(self.device)
        self.average = copy.deepcopy(self.encoder).eval()
        self.parameters = [*self.encoder.parameters(), *self.teacher.parameters()]
        self.optimizer = adamw(self.parameters, 0.05)
        self.step, self.seconds, self.means = 0, 0.0, {}
        print(len(self.rows), "pictures,", len(self.packs.images), "sets,", len(self.texts.numbers), "concepts", flush=True)

    def losses(self):
        is_captions = self.step % CAPTION_STEPS == 0
        chosen = torch.multinomial(self.captioned if is_captions else self.weights, self.options.batch)
        rows = [self.rows[i] for i in chosen]
        features, known = self.packs.taught(rows)
        features, known = features.to(self.device), known.to(self.device)
        seen = torch.where(known[:, None], self.teacher.probabilities(features), 0.0).cpu()
        if is_captions:
            said = [(caption, OWN) for row in rows for caption in random.sample(row.captions, SENTENCES)]
            truth = torch.eye(len(rows)).repeat_interleave(SENTENCES, 1)
        else:
            said = [self.texts.say(row, seen[i] if known[i] else None) for i, row in enumerate(rows)]
            truth = self.truth(rows, said, seen)
        classes = self.classes(seen)
        pairs = [self.texts.pair() for _ in range(PAIRS)]
        spoken = [text for text, _ in said] + [self.texts.name_class(int(k)) for k in classes]
        spoken += [a for a, _ in pairs] + [b for _, b in pairs]
        pictures = self.packs.pictures(rows, self.size, augment=True).to(self.device)
        with torch.autocast(self.device, dtype=torch.bfloat16):
            ours, images = self.encoder.image(pictures)
            texts = encode_texts(self.encoder.text, self.tokenizer, spoken)
        images, texts = F.normalize(images.float(), dim=-1), F.normalize(texts.float(), dim=-1)
        own, named, left, right = texts.split([len(said), len(classes), PAIRS, PAIRS])
        scale = self.encoder.scale()
        losses = {
            "contrast": contrast(scale * images @ own.t(), truth.to(self.device)),
            "pairs": 0.25 * F.cross_entropy(PAIR_SCALE * left @ right.t(), torch.arange(PAIRS, device=self.device)),
        }
        if known.any():
            losses["classes"], losses["features"] = self.teacher.losses(ours.float()[known], features[known])
            losses["names"] = self.names_loss(scale * images @ named.t(), seen[:, classes].to(self.device), known)
        return losses

    def names_loss(self, similarity, share, known):
        """Cross-entropy of the teacher's classes said as texts, for pictures that are clearly of some of these classes."""
        clear = known & (share.sum(1) > 0.3)
        wanted = share / share.sum(1, keepdim=True).clamp(min=1e-6)
        return -(wanted * similarity.log_softmax(-1)).sum(-1)[clear].mean()

    def classes(self, seen):
        """Classes that the teacher sees in this batch, each once, more of what it sees more."""
        likely = seen.sum(0) + 1e-3
        return torch.multinomial(likely, CLASS_NAMES)

    def truth(self, rows, said, seen):
        truth = torch.eye(len(rows))
        concepts = torch.tensor([concept for _, concept in said])
        shared = concepts >= 0
        some = concepts[shared]
        truth[:, shared] = torch.maximum(self.texts.has(rows, some), seen @ self.texts.kinds_of(some))
        return truth.fill_diagonal_(1.0)

    @property
    def done(self):
        return self.seconds / (60 * self.options.minutes)

    @property
    def size(self):
        """Small pictures first, as in progressive resizing (Howard 2018): most of what is learnt needs no more."""
        return self.options.sizes[min(int(self.done * len(self.options.sizes)), len(self.options.sizes) - 1)]

    def run(self):
        o, saved = self.options, time.time()
        while self.done < 1:
            began = time.time()
            if o.threads == 0 and self.step % 10 == 0:
                torch.set_num_threads(idle_cores())
            for group in self.optimizer.param_groups:
                group["lr"] = o.rate * rate_at(self.done, o.warm)
            losses = self.train_step()
            self.step += 1
            self.seconds += min(time.time() - began, LONGEST_STEP)
            for name, loss in losses.items():
                self.means[name] = 0.98 * self.means.get(name, loss) + 0.02 * loss
            if self.step % 50 == 0:
                print(f"step {self.step} {self.seconds:.0f} s {self.size} px rate {group['lr']:.5f}", *(f"{n} {v:.3f}" for n, v in self.means.items()), flush=True)
            if time.time() - saved > o.save_every * 60 or self.done >= 1:
                self.save()
                print("step", self.step, json.dumps(evaluate_encoder(self.average, self.tokenizer, self.held_out, o.eval_size)), flush=True)
                saved = time.time()

    def train_step(self):
        self.encoder.train()
        losses = self.losses()
        self.optimizer.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        nn.utils.clip_grad_norm_(self.parameters, 2.0)
        self.optimizer.step()
        self._average()
        return {name: loss.item() for name, loss in losses.items()}

    @torch.no_grad()
    def _average(self):
        keep = min(self.options.average, (1 + self.step) / (10 + self.step))
        for mean, value in zip(self.average.state_dict().values(), self.encoder.state_dict().values()):
            mean.lerp_(value, 1 - keep) if mean.dtype.is_floating_point else mean.copy_(value)

    def save(self):
        state = {"model": self.encoder, "ema": self.average, "teacher": self.teacher, "optimizer": self.optimizer}
        torch.save({name: part.state_dict() for name, part in state.items()} | {"step": self.step, "seconds": self.seconds}, self.options.out + ".part")
        os.replace(self.options.out + ".part", self.options.out)

    def load(self, path, whole):
        """whole: go on where it stopped; else only its weights count."""
        state = torch.load(path, map_location=self.device)
        self.encoder.load_state_dict(state["model" if whole else "ema"])
        self.average.load_state_dict(state["ema"])
        self.teacher.load_state_dict(state["teacher"])
        if whole:
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.seconds = state["step"], state["seconds"]


def read_paraphrases(folder):
    """Sentences of people about one picture each, a line of them joined by " ||| "; the pictures are not needed."""
    lines = [line.strip().split(" ||| ") for path in sorted(glob.glob(f"{folder}/*.txt")) for line in open(path)]
    return [group for group in lines if len(group) > 1]


def rate_at(done, warm):
    """Of the learning rate: a linear rise, then half a cosine down to 2 %."""
    rise = min(done / warm, 1.0) if warm else 1.0
    return rise * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))


_ticks = {}


def idle_cores():
    """Cores that others left idle since the last call, at least 1: a thread that waits for a busy core stops all others."""
    busy = sum(map(int, open("/proc/stat").readline().split()[1:4])) / os.sysconf("SC_CLK_TCK")
    mine, now = time.process_time(), time.time()
    before = _ticks.get("last", (busy - mine, now - 1))
    _ticks["last"] = (busy - mine, now)
    others = (busy - mine - before[0]) / max(now - before[1], 1e-3)
    return max(1, (os.cpu_count() or 1) - math.ceil(others - 0.25))


def add_options(parser):
    """Of all stages."""
    parser.add_argument("data")
    parser.add_argument("out", help="checkpoint; one that is there is gone on with")
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--classes", required=True, help="names of the teacher's classes, a line each")
    parser.add_argument("--start", help="exported model to start from")
    parser.add_argument("--start-size", type=int, default=96)
    parser.add_argument("--sets", nargs="*")
    parser.add_argument("--eval-size", type=int, default=96, help="a little more than the last: crops show things larger than they are")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--warm", type=float, default=0.05, help="part of the time")
    parser.add_argument("--average", type=float, default=0.999, help="what the moving average keeps at each step")
    parser.add_argument("--seed", type=int, default=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--weights", help="checkpoint to start from")
    parser.add_argument("--sizes", type=int, nargs="+", default=[64, 64, 64, 80, 80], help="side of the pictures, px, of equal parts of the time")
    parser.add_argument("--save-every", type=float, default=5, help="minutes")
    parser.add_argument("--threads", type=int, default=0, help="0: the cores that others leave idle")
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    if options.threads:
        torch.set_num_threads(options.threads)
    trainer = Trainer(options)
    if os.path.exists(options.out):
        trainer.load(options.out, whole=True)
    elif options.weights:
        trainer.load(options.weights, whole=False)
    trainer.run()


if __name__ == "__main__":
    main()
