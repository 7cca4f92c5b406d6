"""Where the originals lie, and what is known of a picture before it is packed. The folders are arguments of each command."""
import os
from dataclasses import dataclass, field

from prepare.repository import Repository

FOLDERS = {
    "repositories": "bare clones, OWNER/NAME.git",
    "debian": "unpacked Debian packages, one folder each",
    "rendered": "what render.mjs wrote",
    "photos": "a folder of evaluation photographs with an index.tsv, never to be trained on",
}


@dataclass
class Picture:
    directory: str  # of the git repository; "" for a file on disk
    name: str  # object id, or the path of the file
    source: str  # how rows.jsonl names it: its path in the repository or package
    label: str = ""
    wnid: str = ""  # WordNet's number of the label, as ImageNet writes it: n02084071
    captions: list[str] = field(default_factory=list)
    split: str = ""  # "train" or "test" where the source says so; else pack.py chooses
    is_page: bool = False  # a drawing that may be small on a white page, to be cut out


class Origins:
    """Opens what a set is made of: "OWNER/NAME@COMMIT", "debian:PACKAGE", "rendered:NAME" or "photos:"."""

    def __init__(self, options):
        self.folders = {name: getattr(options, name, None) for name in FOLDERS}

    def open(self, origin):
        """-> a Repository, or a path. No folder of photographs is None: it may be left out."""
        kind, _, rest = origin.rpartition(":")
        if kind == "photos":
            return self.folders["photos"]
        folder = self.folders[kind or "repositories"]
        if folder is None:
            raise SystemExit(f"Expected a folder for --{kind or 'repositories'} but received none: {origin} is in it.")
        if kind:
            return os.path.join(folder, rest)
        name, _, commit = rest.partition("@")
        return Repository(folder, name, commit or "HEAD")


def add_folders(parser, *names):
    for name in names:
        parser.add_argument(f"--{name}", help=FOLDERS[name])


def read_photos(folder):
    """-> [(file, label, captions, source)] of FOLDER/index.tsv; none without a folder."""
    if not folder:
        return []
    lines = open(f"{folder}/index.tsv", encoding="utf-8").read().splitlines()[1:]
    columns = [line.split("\t") for line in lines]
    return [(file, label, captions.split(" ||| "), source) for file, label, captions, source in columns]
