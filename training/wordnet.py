"""WordNet's nouns (Debian: wordnet-base) -> names, hypernyms and glosses by synset. Format: wndb(5WN)."""
import re
from typing import NamedTuple

FOLDER = "/usr/share/wordnet"

# Too general to be said of a picture.
ABSTRACT = set(
    "entity;physical entity;object;whole;abstraction;matter;thing;living thing;artifact;instrumentality;attribute;"
    "psychological feature;relation;unit;chordate;vertebrate;placental;organism;causal agent;measure;group;state;event;"
    "cognition;content;communication;part;substance;process;natural object;way;equipment;device;covering;structure;"
    "commodity;consumer goods;article;creation;conveyance;act;solid;nutriment;eutherian".split(";")
)
MOST_STEPS = 7


class Synset(NamedTuple):
    names: list[str]
    hypernyms: list[str]  # offsets
    gloss: str


class Wordnet:
    def __init__(self, folder=FOLDER):
        self.synsets = dict(map(_synset, _lines(f"{folder}/data.noun")))
        self.senses = dict(map(_senses, _lines(f"{folder}/index.noun")))  # name -> offsets, commonest first

    def first_sense(self, word):
        senses = self.senses.get(word.lower())
        return senses[0] if senses else None

    def name(self, offset):
        return self.synsets[offset].names[0].lower()

    def chain(self, offset):
        """The synset and what it is a kind of, as far as that can be said of a picture."""
        return [offset] + [o for o, steps in self._ancestors(offset) if steps <= MOST_STEPS and self.name(o) not in ABSTRACT]

    def _ancestors(self, offset):
        found, seen, todo = [], set(), [(offset, 0)]
        while todo:
            o, steps = todo.pop(0)
            if o in seen:
                continue
            seen.add(o)
            if steps:
                found.append((o, steps))
            todo += [(h, steps + 1) for h in self.synsets[o].hypernyms]
        return found


def _lines(path):
    return (line for line in open(path, encoding="latin-1") if not line.startswith("  "))


def _synset(line):
    head, _, gloss = line.partition("|")
    words = head.split()
    count = int(words[3], 16)
    names = [words[4 + 2 * i].replace("_", " ") for i in range(count)]
    at = 4 + 2 * count
    pointers = [words[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(words[at]))]
    hypernyms = [offset for symbol, offset, _, _ in pointers if symbol in ("@", "@i")]
    return words[0], Synset(names, hypernyms, re.split(r'; "', gloss.strip())[0].split(";")[0].strip())


def _senses(line):
    words = line.split()
    return words[0].replace("_", " "), words[-int(words[2]) :]
