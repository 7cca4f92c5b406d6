"""The names of the teacher's 1,000 classes -> a line a class, synonyms separated by commas: train.py's --classes.

WordNet's names as the teacher lists them, and a plain one of imagenet-simple-labels where it is another.

    python -m prepare.class_names LABELS.txt OUT.txt --repositories FOLDER
"""
import argparse

from prepare.origins import Origins, add_folders

SIMPLE_LABELS = "anishathalye/imagenet-simple-labels@0f6e9efda5"
CLASSES = 1000  # a line before them may be "background"


def with_simple_name(line, simple):
    names = [name.strip() for name in line.split(",")]
    if simple.lower() not in [name.lower() for name in names]:
        names.append(simple)
    return ", ".join(names)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", help="a line a class, in the order of the teacher's outputs")
    parser.add_argument("out")
    add_folders(parser, "repositories")
    options = parser.parse_args()
    labels = open(options.labels, encoding="utf-8").read().strip().split("\n")[-CLASSES:]
    simple = Origins(options).open(SIMPLE_LABELS).json("imagenet-simple-labels.json")
    with open(options.out, "w", encoding="utf-8") as file:
        file.writelines(with_simple_name(*each) + "\n" for each in zip(labels, simple, strict=True))


if __name__ == "__main__":
    main()
