"""Sets of clothes, food and other things that are bought or thrown away."""
import csv
import io
import os
import re
from collections import defaultdict

from prepare.origins import Picture
from prepare.sets.matlab import first_variable
from prepare.sets.photographs import by_path, first


def clothing_small(repository):
    names = {"longsleeve": "long sleeve shirt", "outwear": "jacket or coat"}
    splits = r"^(train|validation|test)/"
    return by_path(repository, "", lambda path: names.get(path.split("/")[1], path.split("/")[1]), splits)


GARMENTS = {
    "Longsleeve": "long sleeve shirt",
    "Outwear": "jacket or coat",
    "Polo": "polo shirt",
    "Body": "baby bodysuit",
    "Top": "women top",
}


def clothing_full(repository):
    known = {line["image"] + ".jpg": line for line in repository.table("images.csv")}

    def describe(path):
        line = known.get(path)
        if not line or line["label"] in ("Not sure", "Other", "Skip"):
            return None
        label = GARMENTS.get(line["label"], line["label"].lower())
        return {"label": label, "captions": ["a photo of kids " + label] if line["kids"] == "True" else []}

    return by_path(repository, "images/", describe)


def clothing_ccp(repository):
    """Street fashion; half of the photographs have a list of tags."""
    names, tags = first_variable(repository.bytes("label_list.mat")), {}
    for object_id, path in repository.files(r"^annotations/image-level/.*mat$"):
        worn = [names[i] for i in first_variable(repository.object_bytes(object_id)) if i < len(names)]
        tags[os.path.basename(path)[:4]] = [name for name in worn if name not in ("", "null", "skin", "hair")]

    def describe(path):
        worn = tags.get(path[:4])
        captions = ["a person wearing " + ", ".join(worn)] if worn else []
        return {"label": "person in street fashion outfit", "captions": captions}

    return by_path(repository, "photos/", describe)


def fashion_products(attributes, *repositories):
    """Product photographs with the shop's name, colour and type. attributes: styles.csv, and styles_text.csv with the names."""
    lines = list(csv.reader(io.StringIO(attributes.text("styles_text.csv"))))[1:]
    names = [line[0] if line else "" for line in lines]
    products = {line["id"]: (line, name) for line, name in zip(attributes.table("styles.csv"), names)}
    for repository in repositories:
        for object_id, path in repository.images("images/"):
            product = products.pop(os.path.basename(path).split(".")[0], None)
            if product:
                line, name = product
                kind, colour = line["articleType"].lower(), line["baseColour"].lower()
                coloured = kind if colour in ("", "na") else f"{colour} {kind}"
                captions = [name, f"{coloured} for {line['gender'].lower()}"]
                yield Picture(repository.directory, object_id, path, label=kind, captions=captions)


def grocery(repository):
    """Fruit, vegetables and packages. dataset/SPLIT/KIND/GROUP/BRAND/FILE; the shop's own pictures have descriptions."""
    descriptions = {os.path.dirname(path): path for _, path in repository.files(r"_Description\.txt$")}

    def describe(path):
        folders = path.split("/")[:-1]
        if len(folders) < 3:
            return None
        name, group = (folder.replace("-", " ") for folder in (folders[-1], folders[2]))
        if len(folders) == 3:
            label = name.lower()
        else:
            label = name if group.lower() in name.lower() else f"{name} {group.lower()}"
        description = descriptions.get("dataset/" + "/".join(folders)) if folders[0].startswith("iconic") else None
        return {"label": label, "captions": [repository.text(description)[:300]] if description else []}

    return by_path(repository, "dataset/", describe)


def pizza_icecream(repository):
    names = {"pizza": "pizza", "icecream": "ice cream"}
    return by_path(repository, "", lambda path: names.get(path.split("/")[-2] if "/" in path else ""))


def fruits_vegetables(repository):
    def describe(path):
        name = os.path.basename(path).rsplit(".", 1)[0]
        name = re.sub(r"\(.*?\)|[\d_]+", " ", name).strip().lower()
        return " ".join(name.replace("-", " ").split()) or None

    return by_path(repository, "", describe, r"^(Fruits|Vegetables)/")


DISHES = {"butter-chicken": "butter chicken curry", "dosa": "dosa pancake", "idly": "idli rice cakes", "rice": "cooked rice"}


def foodish(repository):
    describe = lambda path: DISHES.get(first(path), first(path)) if "/" in path else None
    return by_path(repository, "public/assets/images/", describe)


def based_cooking(repository):
    """Dishes, named by the recipe that shows them."""
    objects = {os.path.basename(path): object_id for object_id, path in repository.images("static/pix/")}
    shown = defaultdict(list)  # file -> (title, alternative text)
    for object_id, _ in repository.files(r"^content/.*\.md$"):
        page = repository.object_bytes(object_id).decode("utf-8", "replace")
        title = re.search(r'^title:\s*"?(.*?)"?\s*$', page, re.M)
        for text, file in re.findall(r"!\[(.*?)\]\(/?pix/([^)\s]+)", page):
            shown[file].append((title[1] if title else "", text))
    for file, ((title, text), *_) in shown.items():
        if file in objects:
            captions = ["a photo of " + title.lower()] + ([text] if len(text.split()) > 1 else [])
            yield Picture(repository.directory, objects[file], "static/pix/" + file, label=title.lower(), captions=captions)


WASTE = {
    "paper": "waste paper",
    "glass": "glass bottle",
    "plastic": "plastic waste",
    "metal": "metal can",
    "cardboard": "cardboard",
    "trash": "trash",
}


def trashnet(repository):
    return by_path(repository, "dataset-resized/", lambda path: WASTE.get(first(path)))


def receipts(repository):
    known = {path for _, path in repository.files(r"^data/key/")}

    def describe(path):
        key = f"data/key/{path[:-4]}.json"
        company = repository.json(key).get("company") if key in known else None
        captions = ["a scanned paper receipt"] + ([f"a receipt from {company.lower()}"] if company else [])
        return {"label": "receipt", "captions": captions}

    return by_path(repository, "data/img/", describe)
