"""The evaluation pictures as folders that `npm run eval -- --photos FOLDER` reads: the original files beside an index.tsv.

OUT/flickr8k-test: the official test split, 1,000 photographs with five captions. OUT/imagenet-samples: a photograph of each of
the 1,000 classes, labelled by the class's first name in WordNet.

    python -m prepare.held_out OUT --repositories FOLDER
"""
import argparse
import os

from prepare.origins import Origins, add_folders
from prepare.repository import ObjectReader
from prepare.sets import SETS

FOLDERS = {"flickr8k-test": ("eval-flickr8k", "Flickr8k"), "imagenet-samples": ("eval-imagenet1000", "ImageNet sample")}


def write_folder(folder, pictures, source):
    os.makedirs(folder, exist_ok=True)
    pictures = sorted(pictures, key=lambda picture: picture.source)
    reader = ObjectReader(pictures[0].directory)
    with open(f"{folder}/index.tsv", "w", encoding="utf-8") as index:
        index.write("file\tlabel\tcaptions\tsource\n")
        for picture in pictures:
            file = os.path.basename(picture.source)
            with open(f"{folder}/{file}", "wb") as copy:
                copy.write(reader.read(picture.name))
            captions = " ||| ".join(" ".join(caption.split()) for caption in picture.captions)
            index.write(f"{file}\t{picture.label}\t{captions}\t{source} {file}\n")
    reader.close()
    return len(pictures)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    add_folders(parser, "repositories")
    options = parser.parse_args()
    origins = Origins(options)
    for folder, (name, source) in FOLDERS.items():
        build, names, _ = SETS[name]
        count = write_folder(f"{options.out}/{folder}", build(*map(origins.open, names)), source)
        print(f"{folder}: {count} pictures")


if __name__ == "__main__":
    main()
