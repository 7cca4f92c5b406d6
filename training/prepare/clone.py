"""Clones every repository that the other commands read, as FOLDER/OWNER/NAME.git; what is there already stays.

    python -m prepare.clone FOLDER
"""
import argparse
import os
import subprocess

from prepare.captions import IAPR, MULTI30K, RSICD
from prepare.class_names import SIMPLE_LABELS
from prepare.sets import SETS

DRAWINGS = ["hampusborgos/country-flags", "gilbarbara/logos"]  # for render.mjs


def needed():
    """-> OWNER/NAME of each."""
    origins = [origin for each in SETS.values() for origin in each.origins if ":" not in origin]
    return sorted({origin.split("@")[0] for origin in [*origins, MULTI30K, RSICD, IAPR, SIMPLE_LABELS, *DRAWINGS]})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    options = parser.parse_args()
    for name in needed():
        path = f"{options.folder}/{name}.git"
        if not os.path.isdir(path):
            subprocess.run(["git", "clone", "--bare", f"https://github.com/{name}.git", path + ".part"], check=True)
            os.rename(path + ".part", path)


if __name__ == "__main__":
    main()
