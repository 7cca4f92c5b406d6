"""Sets whose labels are WordNet's numbers: parts and samples of ImageNet (Deng et al. 2009).

`words` is always the repository with tiny-imagenet's words.txt: the names of every number.
"""
import hashlib
import random
import re

from prepare.origins import Picture
from prepare.sets.photographs import by_path

OTHER_NAMES = {"n02111889": "Samoyed dog"}  # its first name is a people's
DOGS = set("n02093754 n02089973 n02088364 n02105641 n02096294 n02086240".split())  # breeds whose names need the word
SAMPLE = r"^n\d{8}_.*JPEG$"


def read_words(words):
    """-> number -> names, as one string with commas."""
    lines = words.text("tiny-imagenet-200/words.txt").splitlines()
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


class Names:
    def __init__(self, words):
        self.words = read_words(words)

    def first(self, wnid):
        return OTHER_NAMES.get(wnid) or self.words[wnid].split(",")[0].strip()

    def fields(self, wnid):
        return {"wnid": wnid, "label": self.first(wnid)}


def samples(repository, words):
    """One photograph of each of the 1,000 classes: n01440764_tench.JPEG"""
    names = Names(words)

    def describe(path):
        wnid = path[:9]
        label = names.first(wnid) if wnid in names.words else path[10:].removesuffix(".JPEG").replace("_", " ")
        return {"wnid": wnid, "label": label, "split": "test"}

    return by_path(repository, "", describe, SAMPLE)


def tiny_imagenet(repository):
    """A third of the validation pictures is for tests, the others are for training."""
    names, folder = Names(repository), "tiny-imagenet-200/"
    validation = dict(line.split("\t")[:2] for line in repository.text(folder + "val/val_annotations.txt").splitlines())

    def describe(path):
        part, file = path.split("/")[0], path.split("/")[-1]
        if part == "train":
            return {**names.fields(path.split("/")[1]), "split": "train"}
        if part != "val" or file not in validation:
            return None
        is_test = int(hashlib.md5(file.encode()).hexdigest()[:8], 16) / 2**32 < 0.33
        return {**names.fields(validation[file]), "split": "test" if is_test else "train"}

    return by_path(repository, folder, describe)


def imagenette(repository, words):
    names = Names(words)
    return by_path(repository, "", lambda path: names.fields(path.split("/")[1]), r"^(train|val)/n\d{8}/")


def imagewoof(repository, words):
    names = Names(words)

    def describe(path):
        wnid = path.split("/")[1]
        return {"wnid": wnid, "label": names.first(wnid) + (" dog" if wnid in DOGS else "")}

    return by_path(repository, "", describe, r"^(train|val)/n\d{8}/")


def mini_imagenet(repository, words):
    """200 photographs of each of 100 classes."""
    names = Names(words)
    pictures = by_path(repository, "", lambda path: names.fields(path.split("/")[1]), r"/n\d{8}/")
    return at_most(200, pictures, lambda picture: picture.wnid)


def at_most(count, pictures, kind):
    """That many of each kind, chosen by a fixed shuffle."""
    pictures, counts, chosen = list(pictures), {}, []
    random.Random(3).shuffle(pictures)
    for picture in pictures:
        counts[kind(picture)] = counts.get(kind(picture), 0) + 1
        if counts[kind(picture)] <= count:
            chosen.append(picture)
    return chosen


def validation_1300(repository, words):
    """Validation pictures with the number of their class in dataset.txt: "./data/NAME, NUMBER"."""
    names, folder = Names(words), "ILSVRC2012_VAL_SET/"
    classes = [line[:9] for line in repository.text(folder + "synset_words.txt").splitlines() if line.startswith("n")]
    lines = [line for line in repository.text(folder + "dataset.txt").splitlines() if line.strip()]
    numbers = dict(re.match(r"\./data/(\S+),\s*(\d+)", line).groups() for line in lines)
    labels = {path: classes[int(number)] for path, number in numbers.items()}
    return by_path(repository, folder + "data/", lambda path: names.fields(labels[path]) if path in labels else None)


def nips2017(repository, samples, words):
    """The development set of the NIPS 2017 attacks: TrueLabel counts the 1,000 sorted classes from 1."""
    names = Names(words)
    classes = sorted({path[:9] for _, path in samples.files(SAMPLE)})
    _, table = repository.files(r"^dataset/.*csv$")[0]
    labels = {line["ImageId"] + ".png": classes[int(line["TrueLabel"]) - 1] for line in repository.table(table)}
    return by_path(repository, "dataset/images/", lambda path: names.fields(labels[path]) if path in labels else None)


def validation_bits(truth, words, *repositories):
    """Validation pictures that tools carry as samples. truth: the numbers of their classes, and what the numbers mean."""
    names, done = Names(words), set()
    numbers = truth.text("aux_files/ILSVRC2015_clsloc_validation_ground_truth.txt").split()
    wnids = {}
    for line in truth.text("aux_files/meta_clsloc.csv").splitlines():
        found = re.search(r"(\d+).*?(n\d{8})", line)
        if found:
            wnids.setdefault(int(found[1]), found[2])
    for repository in repositories:
        for object_id, path in repository.images():
            found = re.search(r"ILSVRC2012_val_(\d{8})\.", path)
            if found and found[1] not in done:
                done.add(found[1])
                fields = names.fields(wnids[int(numbers[int(found[1]) - 1])])
                yield Picture(repository.directory, object_id, f"{repository.name}:{path}", **fields)
