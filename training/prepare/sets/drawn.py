"""Drawn pictures: emoji, icons, flags and logos that render.mjs made of npm packages, and the stamps and clip art of Debian."""
import html
import json
import os
import re

from prepare.origins import Picture
from prepare.sets.imagenet import at_most, read_words
from prepare.sets.phrases import noun_phrase, with_article

SKIN_TONES = r"( |-)(light|medium|dark|default)$|medium (light|dark)"


def _rendered(path):
    """RENDERED/NAME.jsonl, lines of {file, label, tags} -> (picture without captions, tags)"""
    for line in open(path + ".jsonl", encoding="utf-8"):
        row = json.loads(line)
        file = os.path.join(os.path.dirname(path), row["file"])
        yield Picture("", file, row["file"], label=row["label"].strip()), row["tags"]


def emoji(path):
    return _drawings(path, "emoji")


def emoji_of_words(path, words):
    """Without the names that are no words, such as "squaredkatakanasa"."""
    vocabulary = Vocabulary(words)
    return _drawings(path, "emoji", vocabulary.has_all)


def icons(path):
    return _drawings(path, "black icon")


def _drawings(path, kind, is_named=lambda label: True):
    for picture, tags in _rendered(path):
        if re.search(SKIN_TONES, picture.label) or not is_named(picture.label):
            continue
        label = picture.label
        label = "flag of " + label[6:] if label.startswith("flag: ") else label.replace(":", ",")
        tags = [tag for tag in tags or [] if tag and tag.lower() != label.lower()]
        shown = noun_phrase(label)
        picture.label = label
        picture.captions = [f"{with_article(kind)} of {shown}", f"a drawing of {shown}"]
        picture.captions += [", ".join(tags[:8])] if tags else []
        yield picture


def flags(path):
    for picture, _ in _rendered(path):
        picture.captions = ["the national flag of " + picture.label]
        picture.label = "flag of " + picture.label
        yield picture


def logos(path):
    for picture, _ in _rendered(path):
        picture.captions = ["the logo of " + picture.label]
        picture.label += " logo"
        yield picture


SYMBOLS = r"The (letter|number|symbol)"


def tuxpaint_stamps(rendered, package):
    """Stamps; the first line of the text beside each is English."""
    for picture, _ in _rendered(rendered):
        if not re.match(SYMBOLS, picture.label):
            yield _stamp(picture.name, picture.source, picture.label)
    folder = package + "/usr/share/tuxpaint/stamps"
    for file in _files_under(folder, ".png"):
        text = f"{folder}/{file[:-4]}.txt"
        if file.endswith("_mirror.png") or not os.path.exists(text):
            continue
        sentence = open(text, encoding="utf-8").readline().strip()
        if sentence and not re.match(SYMBOLS + "|Letter", sentence):
            yield _stamp(f"{folder}/{file}", file, sentence)


def _stamp(file, source, sentence):
    label = re.sub(r"^(An?|The) ", "", re.sub(r"\s*\(.*?\)", "", sentence)).rstrip(".!")
    return Picture("", file, source, label=label if len(label) < 60 else "", captions=[sentence])


UNWANTED_FOLDERS = r"(computer/icons|shapes|special/patterns|unsorted)"
UNWANTED_TITLES = r"maritime signal|semaphore|silvia|collection|symbols?\b|signs?\b|svg|^card$|flag of|\bby\b|untitled"
UNWANTED_TAGS = {"unsorted", "clip art", "clipart", "image", "media", "svg", "png", "hash"}


def openclipart(pictures, drawings, words):
    """Clip art with a title of English words, one of them a noun; at most 8 of a title. drawings: the SVG files, with titles."""
    return at_most(8, _clip_art(pictures, drawings, Vocabulary(words)), lambda picture: picture.label)


def _clip_art(pictures, drawings, vocabulary):
    folder = pictures + "/usr/share/openclipart/png"
    for file in _files_under(folder, ".png"):
        drawing = f"{drawings}/usr/share/openclipart/svg/{file[:-4]}.svg"
        if re.match(UNWANTED_FOLDERS, file) or not os.path.exists(drawing):
            continue
        title, tags = _about(open(drawing, encoding="utf-8", errors="replace").read())
        if not vocabulary.names_something(title):
            continue
        if "flag" in tags and "flag" not in title:
            title += " flag"
        if _is_good_title(title) and vocabulary.has_all(title):
            captions = ["a clip art drawing of " + noun_phrase(title)] + (["clip art: " + ", ".join(tags[:8])] if tags else [])
            yield Picture("", f"{folder}/{file}", "png/" + file, label=title, captions=captions, is_page=True)


def _about(drawing):
    """-> (title, tags) of the metadata of an SVG file, in lower case."""
    found = re.search(r"<cc:Work.*?<dc:title>(.*?)</dc:title>(.*?)</cc:Work>", drawing, re.S)
    if not found:
        return "", []
    title = re.sub(r"[_\d.#]+|\(.*?\)", " ", html.unescape(found[1]))
    tags = dict.fromkeys(html.unescape(tag).strip().lower() for tag in re.findall(r"<rdf:li>(.*?)</rdf:li>", found[2]))
    tags = [tag for tag in tags if re.match(r"[a-z][a-z ]{2,20}$", tag) and tag not in UNWANTED_TAGS]
    return re.sub(r"\s+", " ", title).strip(" -,").lower(), tags


def _is_good_title(title):
    return 3 <= len(title) <= 50 and title.isascii() and not re.search(UNWANTED_TITLES, title)


class Vocabulary:
    def __init__(self, words):
        names = {name.strip().lower() for line in read_words(words).values() for name in line.split(",")}
        self.names = names
        self.words = {word for name in names for word in re.findall("[a-z]+", name)}
        self.words.update("on in at of and the with for under over no to from up down".split())

    def names_something(self, text):
        return any(len(word) > 2 and word in self.names for word in re.findall("[a-z]+", text))

    def has_all(self, text):
        """Every word is a word of WordNet, or a plural."""
        return all(word in self.words or word.rstrip("s") in self.words for word in re.findall("[a-z]+", text.lower()))


def _files_under(folder, ending):
    """Paths below a folder, in the same order on every machine."""
    found = (os.path.relpath(f"{parent}/{file}", folder) for parent, _, files in os.walk(folder) for file in files)
    return sorted(file for file in found if file.endswith(ending))
