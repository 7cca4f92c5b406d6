"""Sets with sentences that people wrote: Flickr8k (Hodosh et al. 2013), COCO (Lin et al. 2014), NLVR (Suhr et al. 2017)."""
import json
import os
import re
from collections import defaultdict

from prepare.origins import Picture, read_photos


def flickr8k_captions(texts):
    """-> file name -> its five captions."""
    captions = defaultdict(list)
    for line in texts.text("Flickr8k_text/Flickr8k.token.txt").splitlines():
        if "\t" in line:
            key, caption = line.split("\t", 1)
            captions[key.split("#")[0]].append(caption)
    return captions


def flickr8k_test_files(texts):
    """The file names of the official test split."""
    return set(texts.text("Flickr8k_text/Flickr_8k.testImages.txt").split())


def flickr8k(repository, texts):
    return _flickr8k(repository, texts, False)


def flickr8k_test(repository, texts):
    return _flickr8k(repository, texts, True)


def _flickr8k(repository, texts, is_test):
    captions, test = flickr8k_captions(texts), flickr8k_test_files(texts)
    for object_id, path in repository.images("data/images/"):
        file = os.path.basename(path)
        if file in captions and (file in test) == is_test:
            split = "test" if is_test else ""
            yield Picture(repository.directory, object_id, path, captions=captions[file], split=split)


def coco_mini(repository):
    """A few COCO photographs, for evaluation."""
    for split in ("train2017", "val2017"):
        table = repository.json(f"annotations/captions_{split}.json")
        captions = captions_by_image(table)
        objects = {path: object_id for object_id, path in repository.images(split + "/")}
        for image in table["images"]:
            path = f"{split}/{image['file_name']}"
            if path in objects and image["id"] in captions:
                yield Picture(repository.directory, objects[path], path, captions=captions[image["id"]], split="test")


def coco_evaluation_ids(mini, photos):
    """The COCO numbers that are for evaluation: those of coco_mini and of the folder of evaluation photographs."""
    ids = {int(os.path.basename(picture.source).split(".")[0]) for picture in coco_mini(mini)}
    sources = " ".join(source for _, _, _, source in read_photos(photos))
    return ids | {int(number) for number in re.findall(r"COCO 2017 (\d{12})", sources)}


def coco_bits(validation, training, mini, photos, *repositories):
    """COCO photographs that tools carry as samples, found by their number.

    validation: captions_val2017.json. training: image_coco.txt, lines of "NUMBER CAPTION".
    """
    captions = captions_by_image(validation.json("annotations/captions_val2017.json"))
    for number, caption in numbered_captions(training, "data/image_coco.txt"):
        if len(captions[number]) < 5:
            captions[number].append(caption)
    done = coco_evaluation_ids(mini, photos)
    for repository in repositories:
        for object_id, path in repository.images():
            found = re.search(r"(?:^|[/_])(0{4}\d{8})\.(jpe?g|png)$", path, re.I)
            if not found or "Results" in path:
                continue
            number = int(found[1])
            if captions.get(number) and number not in done:
                done.add(number)
                yield Picture(repository.directory, object_id, f"{repository.name}:{path}", captions=captions[number])


def numbered_captions(repository, path):
    for line in repository.text(path).splitlines():
        found = re.match(r"(\d+) (.*)", line)
        if found:
            yield int(found[1]), found[2]


def captions_by_image(table):
    """A table of COCO's -> image number -> captions."""
    captions = defaultdict(list)
    for annotation in table["annotations"]:
        captions[annotation["image_id"]].append(annotation["caption"])
    return captions


def nlvr_shapes(repository):
    """Coloured shapes on grey, with the first sentence that is true of each."""
    for split in ("dev", "test"):
        objects = {os.path.basename(path): (object_id, path) for object_id, path in repository.images(f"nlvr/{split}/images/")}
        for line in repository.text(f"nlvr/{split}/{split}.json").splitlines():
            told = json.loads(line)
            found = objects.get(f"{split}-{told['identifier']}-0.png")
            if told["label"] == "true" and found:
                del objects[f"{split}-{told['identifier']}-0.png"]
                yield Picture(repository.directory, *found, captions=[told["sentence"]])
