"""From public repositories and packages to the packs that train.py reads: README.md."""
