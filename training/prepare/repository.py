"""Files of bare git repositories, read without a checkout. FOLDER/OWNER/NAME.git -> lists of files, and their bytes."""
import csv
import io
import json
import os
import re
import subprocess

IMAGE = re.compile(r"\.(jpe?g|png|webp|bmp|gif|tiff?)$", re.I)


class Repository:
    def __init__(self, folder, name, commit="HEAD"):
        self.name, self.commit = name, commit
        self.directory = f"{folder}/{name}.git"
        if not os.path.isdir(self.directory):
            raise FileNotFoundError(f"Expected the repository of {name} for {self.directory} but there is none.")
        self._files = None

    def files(self, pattern=None):
        """-> [(object id, path)], of the paths that match a regular expression."""
        if self._files is None:
            self._files = list(_parse_tree(git(self.directory, "ls-tree", "-r", "-z", self.commit)))
        return [each for each in self._files if pattern is None or re.search(pattern, each[1], re.I)]

    def images(self, prefix=""):
        return [each for each in self.files() if each[1].startswith(prefix) and IMAGE.search(each[1])]

    def bytes(self, path):
        return git(self.directory, "show", f"{self.commit}:{path}")

    def object_bytes(self, object_id):
        return git(self.directory, "cat-file", "blob", object_id)

    def text(self, path):
        return self.bytes(path).decode("utf-8", "replace")

    def json(self, path):
        return json.loads(self.text(path))

    def table(self, path):
        """A file of comma separated values -> a dict a line."""
        return list(csv.DictReader(io.StringIO(self.text(path).lstrip("\ufeff"))))


def git(directory, *arguments):
    return subprocess.run(["git", "--git-dir", directory, *arguments], capture_output=True, check=True).stdout


def _parse_tree(listing):
    for line in listing.split(b"\0"):
        if not line:
            continue
        about, path = line.split(b"\t", 1)
        mode, kind, object_id = about.split()
        if kind == b"blob" and mode != b"120000":  # no links
            yield object_id.decode(), path.decode("utf-8", "replace")


class ObjectReader:
    """Reads many objects of one repository through one process."""

    def __init__(self, directory):
        command = ["git", "--git-dir", directory, "cat-file", "--batch"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def read(self, object_id):
        """-> bytes, or None when the repository lacks the object."""
        self.process.stdin.write(object_id.encode() + b"\n")
        self.process.stdin.flush()
        header = self.process.stdout.readline().split()
        if len(header) < 3:
            return None
        content = self.process.stdout.read(int(header[2]))
        self.process.stdout.read(1)
        return content

    def close(self):
        self.process.stdin.close()
        self.process.wait()
