"""Sets of photographs that are labelled by their folder or their file name; and a few drawn ones of the same layout."""
import re

from prepare.origins import Picture
from prepare.sets.phrases import noun_phrase, with_article


def by_path(repository, prefix, describe, pattern=None):
    """Every image under a folder. describe: its path below that folder -> None to leave it out, a label, or fields of Picture."""
    for object_id, path in repository.images(prefix):
        if pattern and not re.search(pattern, path):
            continue
        described = describe(path[len(prefix) :].lstrip("/"))
        if described is not None:
            fields = {"label": described} if isinstance(described, str) else described
            yield Picture(repository.directory, object_id, path, **fields)


def first(path):
    return path.split("/")[0]


CALTECH = {
    "Faces": "human face",
    "Faces_easy": "human face",
    "Motorbikes": "motorbike",
    "Leopards": "leopard",
    "car_side": "car seen from the side",
    "gerenuk": "gerenuk antelope",
    "hawksbill": "hawksbill sea turtle",
    "ketch": "ketch sailboat",
    "schooner": "schooner ship",
    "water_lilly": "water lily",
    "yin_yang": "yin yang symbol",
    "sea_horse": "seahorse",
    "bass": "bass fish",
    "garfield": "Garfield cartoon cat",
    "snoopy": "Snoopy cartoon dog",
    "minaret": "minaret tower",
    "tick": "tick insect",
    "airplanes": "airplane",
    "BACKGROUND_Google": None,
}


def caltech101(repository):
    return by_path(repository, "101_ObjectCategories/", lambda path: CALTECH.get(first(path), first(path).replace("_", " ")))


SCENES = ["buildings", "forest", "glacier", "mountain", "sea", "street"]  # in the order of the challenge's numbers


def intel_scenes(repository):
    folder = "train-scene classification/"
    labels = {line["image_name"]: SCENES[int(line["label"])] for line in repository.table(folder + "train.csv")}
    return by_path(repository, folder + "train/", labels.get)


SPORTS = {  # folder -> (label, what a photo of it shows)
    "badminton": ("badminton", "people playing badminton"),
    "baseball": ("baseball", "a baseball game"),
    "basketball": ("basketball", "a basketball game"),
    "boxing": ("boxing", "a boxing match"),
    "chess": ("chess", "people playing chess"),
    "cricket": ("cricket", "a cricket match"),
    "fencing": ("fencing", "a fencing match"),
    "football": ("soccer", "a soccer football match"),
    "formula1": ("formula 1 racing", "a formula 1 racing car"),
    "gymnastics": ("gymnastics", "a gymnast performing gymnastics"),
    "hockey": ("field hockey", "a field hockey match"),
    "ice_hockey": ("ice hockey", "an ice hockey game"),
    "kabaddi": ("kabaddi", "a kabaddi match"),
    "motogp": ("motorcycle racing", "a motorcycle race"),
    "shooting": ("shooting", "sport shooting"),
    "swimming": ("swimming", "people swimming in a pool"),
    "table_tennis": ("table tennis", "people playing table tennis"),
    "tennis": ("tennis", "people playing tennis"),
    "volleyball": ("volleyball", "a volleyball game"),
    "weight_lifting": ("weight lifting", "a weight lifting athlete"),
    "wrestling": ("wrestling", "a wrestling match"),
    "wwe": ("professional wrestling", "professional wrestling show"),
}


def sports22(repository):
    def describe(path):
        if first(path) not in SPORTS:
            return None
        label, shown = SPORTS[first(path)]
        return {"label": label, "captions": ["a photo of " + shown]}

    return by_path(repository, "data/", describe)


SKETCHED = {
    "2pensil": "pencil",
    "2knife": "knife",
    "icecream": "ice cream",
    "fuji mountain": "Mount Fuji",
    "pisa tower": "leaning tower of Pisa",
    "golden gate": "Golden Gate bridge",
    "eiffel tower": "Eiffel tower",
    "temple of heaven": "Temple of Heaven in Beijing",
    "T shirt": "t-shirt",
    "letter a": "letter A",
    "ballet": "ballet dancer",
}


def objects_sketch50(repository):
    def describe(path):
        name = SKETCHED.get(first(path), first(path))
        if "_contour" not in path:
            return name
        caption = "a black and white contour drawing of " + with_article(name)
        return {"label": name + " contour drawing", "captions": [caption]}

    return by_path(repository, "data/", describe)


STYLES = {"art_painting": "painting", "cartoon": "cartoon", "photo": "photo", "sketch": "sketch"}


def pacs(repository):
    def describe(path):
        style, name = path.split("/")[:2]
        styled = f"{STYLES[style]} of {with_article(name)}"
        return {"label": name if style == "photo" else styled, "captions": [with_article(styled)]}

    return by_path(repository, "PACS/", describe)


def silhouettes(repository):
    kinds = {"edges": "edge drawing", "filled-silhouettes": "black silhouette"}

    def describe(path):
        kind = kinds.get(first(path))
        name = re.sub(r"[\d-].*$", "", path.split("/")[-1].split(".")[0])
        return kind and {"label": name, "captions": [f"{with_article(kind)} of {with_article(name)}"]}

    return by_path(repository, "stimuli/", describe)


def animals3(repository):
    names = {"cats": "cat", "dogs": "dog", "panda": "panda"}
    return by_path(repository, "datasets/animals/", lambda path: names[first(path)])


def monkeys10(repository):
    names = {}
    for line in repository.text("monkey_labels.txt").splitlines():
        columns = [column.strip() for column in line.split(",")]
        if re.match(r"n\d$", columns[0]):
            name = columns[2].replace("_", " ")
            names[columns[0]] = name.replace("japanese", "Japanese").replace("nilgiri", "Nilgiri")

    def describe(path):
        found = re.search(r"(?:training|validation)/(?:\w+/)?(n\d)/", path)
        if not found:
            return None
        name = names[found[1]]
        return name if re.search("monkey|macaque|marmoset", name) else name + " monkey"

    return by_path(repository, "", describe)


def raccoon_kangaroo(raccoons, kangaroos):
    yield from by_path(raccoons, "images/", lambda path: "raccoon")
    yield from by_path(kangaroos, "images/", lambda path: "kangaroo")


def cub100_birds(repository):
    def describe(path):
        name = first(path).replace("_", " ").lower()
        return name if re.search(r"bird\b", name) else name + " bird"

    return by_path(repository, "ex03/task2/bird_dataset/images/", describe)


def flowers102(repository):
    names = repository.json("cat_to_name.json")

    def describe(path):
        name = names[path.split("/")[1]].replace("?", "").replace("-", " ")
        return name.removesuffix(" flower") + " flower"

    return by_path(repository, "flowers/", describe)


def natural_images(repository):
    names = {"person": "human face", "motorbike": "motorcycle"}
    return by_path(repository, "natural_images/", lambda path: names.get(first(path), first(path)))


def houses(repository):
    def describe(path):
        room = path.split("_")[1].removesuffix(".jpg")
        return "front of a house" if room == "frontal" else room

    return by_path(repository, "Houses Dataset/", describe, r"_\w+\.jpg$")


SCENES_15 = {
    "insidecity": "inside a city",
    "office": "office room",
    "opencountry": "open country",
    "suburb": "suburban house",
    "tallbuilding": "tall building",
    "industrial": "industrial scene",
    "livingroom": "living room",
} | {name: name for name in ("coast", "forest", "highway", "mountain", "street", "bedroom", "kitchen", "store")}


def scene15(repository):
    def describe(path):
        name = SCENES_15.get(path.split("/")[1].lower()) if path.count("/") > 1 else None
        return name and {"label": name, "captions": ["a black and white photo of " + name]}

    return by_path(repository, "data/", describe)


AERIAL = {
    "aGrass": "grassland",
    "bField": "farm field",
    "cIndustry": "industrial area",
    "dRiverLake": "river or lake",
    "eForest": "forest",
    "fResident": "residential area",
    "gParking": "parking lot",
}


def rsscn7_aerial(repository):
    def describe(path):
        name = AERIAL.get(first(path))
        captions = [f"a satellite image of {name}", f"aerial view of {name}"]
        return name and {"label": f"aerial view of {name}", "captions": captions}

    return by_path(repository, "", describe)


DREAMS = {"bear plushie": "teddy bear", "rc car": "radio controlled toy car", "duck toy": "rubber duck toy"}


def dreambooth(repository):
    def describe(path):
        name = re.sub(r"\d+$", "", first(path)).replace("_", " ").strip()
        name = DREAMS.get(name, name)
        return {"label": name, "captions": ["a photo of " + noun_phrase(name)]}

    return by_path(repository, "dataset/", describe)
