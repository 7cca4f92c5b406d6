"""Sentences without pictures -> DATA/captions/NAME.txt: a picture a line, its sentences joined by " ||| ".

They teach the text tower which sentences mean the same. No sentence about an evaluation picture is among them.

    python -m prepare.captions DATA --repositories FOLDER [--photos FOLDER]
"""
import argparse
import gzip
import os
import re
from collections import defaultdict

from prepare.origins import Origins, add_folders, read_photos
from prepare.sets import COCO_MINI, COCO_TRAINING, COCO_VALIDATION, FLICKR8K_TEXTS
from prepare.sets.captioned import captions_by_image, coco_evaluation_ids, coco_mini, numbered_captions
from prepare.sets.captioned import flickr8k_captions, flickr8k_test_files

MULTI30K = "multi30k/dataset@a3d2e0d26b"
RSICD = "jwdevx/RSICD_multimodal_image_captioning@521e183ec3"
IAPR = "oarriaga/neural_image_captioning@04b43e34ba"


class Evaluation:
    """What is known of the evaluation pictures: their sentences, and their numbers at Flickr and in COCO."""

    def __init__(self, flickr8k, mini, photos):
        captions, test = flickr8k_captions(flickr8k), flickr8k_test_files(flickr8k)
        photographs = read_photos(photos)
        sentences = [sentence for file in test for sentence in captions[file]]
        sentences += [sentence for picture in coco_mini(mini) for sentence in picture.captions]
        sentences += [sentence for _, _, spoken, _ in photographs for sentence in spoken if sentence]
        self.sentences = set(map(plain, sentences))
        sources = " ".join(source for _, _, _, source in photographs)
        self.flickr_ids = {file.split("_")[0] for file in test} | set(re.findall(r"(\d{6,})_[0-9a-f]{10}", sources))
        self.coco_ids = coco_evaluation_ids(mini, photos)


def plain(sentence):
    return " ".join(re.findall("[a-z0-9]+", sentence.lower()))


def flickr30k(repository, evaluation):
    """Young et al. 2014, as the English side of Multi30k: five files, a sentence of each picture a line."""
    for split in ("train", "val", "test_2016"):
        files = repository.text(f"data/task2/image_splits/{split}_images.txt").split()
        texts = [repository.bytes(f"data/task2/raw/{split}.{k}.en.gz") for k in range(1, 6)]
        sentences = [gzip.decompress(text).decode("utf-8").splitlines() for text in texts]
        for file, *group in zip(files, *sentences, strict=True):
            if file.split("_")[0].split(".")[0] not in evaluation.flickr_ids:
                yield group


def coco_validation(repository, evaluation):
    groups = captions_by_image(repository.json("annotations/captions_val2017.json"))
    return [group for image, group in groups.items() if image not in evaluation.coco_ids]


def coco_training(repository, validation, evaluation):
    """A part of COCO's training sentences, with the numbers of their pictures."""
    known = evaluation.coco_ids | set(captions_by_image(validation.json("annotations/captions_val2017.json")))
    groups = defaultdict(list)
    for path in ("data/image_coco.txt", "data/text_coco.txt"):
        for image, sentence in numbered_captions(repository, path):
            if image not in known:
                groups[image].append(sentence)
    return groups.values()


def rsicd(repository):
    """Satellite pictures (Lu et al. 2017)."""
    for split in ("val", "test"):
        yield from captions_by_image(repository.json(f"data/processed/captions_{split}2017.json")).values()


def iapr_tc12(repository):
    """A sentence a picture (Grubinger et al. 2006): FILE*SENTENCE"""
    lines = repository.text("datasets/IAPR_2012/IAPR_2012_captions.txt").splitlines()[1:]
    return [[line.split("*", 1)[1]] for line in lines if "*" in line]


def write(path, groups, evaluation):
    count = 0
    with open(path, "w", encoding="utf-8") as file:
        for group in groups:
            sentences = dict.fromkeys(" ".join(sentence.split()) for sentence in group)
            kept = [sentence for sentence in sentences if sentence and plain(sentence) not in evaluation.sentences]
            if kept:
                file.write(" ||| ".join(kept) + "\n")
                count += len(kept)
    print(f"{path}: {count} sentences")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    add_folders(parser, "repositories", "photos")
    options = parser.parse_args()
    open_origin, folder = Origins(options).open, f"{options.data}/captions"
    validation = open_origin(COCO_VALIDATION)
    evaluation = Evaluation(open_origin(FLICKR8K_TEXTS), open_origin(COCO_MINI), options.photos)
    os.makedirs(folder, exist_ok=True)
    write(f"{folder}/flickr30k.txt", flickr30k(open_origin(MULTI30K), evaluation), evaluation)
    write(f"{folder}/coco-val2017.txt", coco_validation(validation, evaluation), evaluation)
    write(f"{folder}/coco-train-part.txt", coco_training(open_origin(COCO_TRAINING), validation, evaluation), evaluation)
    write(f"{folder}/rsicd-valtest.txt", rsicd(open_origin(RSICD)), evaluation)
    write(f"{folder}/iapr-tc12.txt", iapr_tc12(open_origin(IAPR)), evaluation)


if __name__ == "__main__":
    main()
