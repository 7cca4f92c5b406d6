"""Last stage: the text tower and the last layers of the image tower, on kept features of pictures (LiT, Zhai et al. 2022).

The image tower is most of the work of a step and learns slowest. With it frozen, a step of more texts takes a quarter of
the time. What comes out knows the captions by heart: a mixture of it with what it started from is better than both at captions and loses
little else (WiSE-FT, Wortsman et al. 2022).

    python heads.py DATA OUT --weights CHECKPOINT --tokenizer tokenizer.json --classes imagenet_labels.txt
"""
import argparse
import copy
import json
import os
import random
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from evaluate import encode_texts, evaluate_encoder
from texts import OWN
from train import CAPTIONED, PAIR_SCALE, Trainer, adamw, add_options, contrast, rate_at

CHUNK = 128
LABELS = 256  # labelled pictures of a step
PAIRS = 128  # of texts that mean the same, a step
AVERAGE = 0.99


class Features:
    """Of augmented pictures by the frozen tower: [rows, views, width] f16."""

    def __init__(self, trainer, rows, views, size):
        self.rows = rows
        self.of = torch.stack([self._look(trainer, size) for _ in range(views)], 1)

    @torch.no_grad()
    def _look(self, trainer, size):
        tower, parts = trainer.encoder.image.eval(), []
        for start in range(0, len(self.rows), CHUNK):
            pictures = trainer.packs.pictures(self.rows[start : start + CHUNK], size, augment=True).to(trainer.device)
            with torch.autocast(trainer.device, dtype=torch.bfloat16):
                parts.append(tower(pictures)[0].half().cpu())
        return torch.cat(parts)

    def some(self, count):
        """-> rows, features [count, width] f32, each in one of its views."""
        at = torch.randperm(len(self.rows))[:count]
        view = torch.randint(self.of.shape[1], (len(at),))
        return [self.rows[i] for i in at], self.of[at, view].float()


class Heads:
    def __init__(self, trainer):
        self.trainer, self.options, encoder = trainer, trainer.options, trainer.encoder
        captioned = [row for row in trainer.rows if row.set in CAPTIONED]
        others = torch.multinomial(trainer.weights * (1 - trainer.captioned), self.options.labels).tolist()
        self.captioned = Features(trainer, captioned, self.options.views, self.options.size)
        self.labelled = Features(trainer, [trainer.rows[i] for i in others], 1, self.options.size)
        parts = [encoder.text, encoder.image.projection, encoder.image.head]
        self.parameters = [*(p for part in parts for p in part.parameters()), encoder.log_scale]
        self.optimizer = adamw(self.parameters, 0.1)
        self.start = copy.deepcopy(encoder).eval()
        self.average = copy.deepcopy(encoder).eval()

    def losses(self):
        trainer, encoder = self.trainer, self.trainer.encoder
        rows, seen_captioned = self.captioned.some(self.options.batch)
        captions = [random.choice(row.captions) for row in rows]
        labelled, seen_labelled = self.labelled.some(LABELS)
        features, known = trainer.packs.taught(labelled)
        features, known = features.to(trainer.device), known.to(trainer.device)
        likely = torch.where(known[:, None], trainer.teacher.probabilities(features), 0.0).detach().cpu()
        said = [trainer.texts.say(row, likely[i] if known[i] else None) for i, row in enumerate(labelled)]
        pairs = [trainer.texts.pair() for _ in range(PAIRS)]
        classes = trainer.classes(likely)
        spoken = captions + [text for text, _ in said] + [trainer.texts.name_class(int(k)) for k in classes]
        spoken += [a for a, _ in pairs] + [b for _, b in pairs]
        with torch.autocast(trainer.device, dtype=torch.bfloat16):
            texts = encode_texts(encoder.text, trainer.tokenizer, spoken)
            images = encoder.image.embed(torch.cat([seen_captioned, seen_labelled]).to(trainer.device))
        texts, images = F.normalize(texts.float(), dim=-1), F.normalize(images.float(), dim=-1)
        own, named, kinds, left, right = texts.split([len(captions), LABELS, len(classes), PAIRS, PAIRS])
        pictured, shown = images.split([len(rows), LABELS])
        scale, one = encoder.scale(), lambda n: torch.eye(n, device=trainer.device)
        return {
            "captions": contrast(scale * pictured @ own.t(), one(len(rows))),
            "labels": 0.5 * contrast(scale * shown @ named.t(), trainer.truth(labelled, said, likely).to(trainer.device)),
            "names": trainer.names_loss(scale * shown @ kinds.t(), likely[:, classes].to(trainer.device), known),
            "pairs": 0.25 * F.cross_entropy(PAIR_SCALE * left @ right.t(), torch.arange(PAIRS, device=trainer.device)),
        }

    def run(self):
        began, step, means = time.time(), 0, {}
        while (done := (time.time() - began) / (60 * self.options.minutes)) < 1:
            for group in self.optimizer.param_groups:
                group["lr"] = self.options.rate * rate_at(done, self.options.warm)
            losses = self.losses()
            self.optimizer.zero_grad(set_to_none=True)
            sum(losses.values()).backward()
            nn.utils.clip_grad_norm_(self.parameters, 2.0)
            self.optimizer.step()
            step += 1
            self._average(min(AVERAGE, (1 + step) / (10 + step)))
            for name, loss in losses.items():
                means[name] = 0.95 * means.get(name, loss.item()) + 0.05 * loss.item()
            if step % 50 == 0:
                print(f"step {step} {time.time() - began:.0f} s", *(f"{n} {v:.3f}" for n, v in means.items()), flush=True)
        self._mix(self.options.mix)
        figures = evaluate_encoder(self.average, self.trainer.tokenizer, self.trainer.held_out, self.options.eval_size)
        print("step", step, json.dumps(figures), flush=True)

    @torch.no_grad()
    def _average(self, keep):
        changing = {id(p) for p in self.parameters}
        for mean, value in zip(self.average.parameters(), self.trainer.encoder.parameters()):
            if id(value) in changing:
                mean.lerp_(value, 1 - keep)

    @torch.no_grad()
    def _mix(self, share):
        """The average becomes a mixture with what it started from."""
        for mean, start in zip(self.average.parameters(), self.start.parameters()):
            mean.lerp_(start, 1 - share)

    def save(self):
        saved = {"model": self.trainer.encoder, "ema": self.average, "teacher": self.trainer.teacher}
        torch.save({name: part.state_dict() for name, part in saved.items()}, self.options.out + ".part")
        os.replace(self.options.out + ".part", self.options.out)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--weights", required=True, help="checkpoint to start from")
    parser.add_argument("--views", type=int, default=8, help="augmented views of each captioned picture")
    parser.add_argument("--labels", type=int, default=20_000, help="pictures without captions")
    parser.add_argument("--size", type=int, default=80, help="side of the pictures, px")
    parser.add_argument("--mix", type=float, default=0.3, help="share of what is learnt here in what is saved")
    parser.set_defaults(batch=512, minutes=4.0, rate=1e-3, average=AVERAGE)
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    trainer = Trainer(options)
    trainer.load(options.weights, whole=False)
    heads = Heads(trainer)
    heads.run()
    heads.save()


if __name__ == "__main__":
    main()
