"""What may be said of a picture: its captions, its label, what the label is a kind of, and what the teacher sees in it.

Everything that can be said of several pictures is a concept with a number; a caption is of its own picture alone.
"""
import random
import re

import torch

from tokenizer import words
from wordnet import Wordnet

CAPTION, OWN = "caption", -1
TEMPLATES = ["{}"] * 6 + [
    *("a photo of a {}", "a photo of {}", "a picture of a {}", "a {}", "an image of a {}", "a close up photo of a {}"),
    *("a good photo of the {}", "one {}", "a blurry photo of a {}", "photo of the {}", "a small {}", "a large {}"),
]
# Words of captions that WordNet knows as nouns and that name nothing.
NO_NOUNS = set("a an the in on at of with and is are to it its one two three four other another some man's up down out".split())
IRREGULAR = {"men": "man", "women": "woman", "children": "child", "people": "person"}
TEACHER_SPEAKS = 0.2  # how often the text is what the teacher sees
SURE = 0.15  # the teacher's least probability of a class that is worth saying


def article(template, name):
    text = template.format(name)
    return re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text)


class Texts:
    def __init__(self, rows, class_names, paraphrases=()):
        """class_names: of the teacher's classes in order, synonyms separated by commas. paraphrases: groups of sentences
        that say the same."""
        self.wordnet, self.numbers, self.label_synsets = Wordnet(), {}, {}
        self.classes = [[name.strip() for name in line.split(",")] for line in class_names]
        self.class_synsets = [self._class_synset(names) for names in self.classes]
        for row in rows:
            self._describe(row)
        self.instances = {}  # concept -> classes that are a kind of it
        for k in range(len(self.classes)):
            for concept in self._class_concepts(k):
                self.instances.setdefault(concept, []).append(k)
        self.paraphrases = paraphrases
        self.glosses = [
            (offset, name, synset.gloss)
            for offset, synset in self.wordnet.synsets.items()
            for name in synset.names[:3]
            if self.wordnet.first_sense(name) == offset and " " in synset.gloss
        ]

    def number(self, kind, key):
        return self.numbers.setdefault((kind, key), len(self.numbers))

    def has(self, rows, concepts):
        """Which rows certainly show which concepts: [rows, concepts] f32."""
        known = torch.zeros(len(rows), len(self.numbers))
        for i, row in enumerate(rows):
            known[i, row.concepts] = 1
        return known[:, concepts]

    def kinds_of(self, concepts):
        """Which classes are an instance of which concepts: [classes, concepts] f32."""
        kinds = torch.zeros(len(self.classes), len(concepts))
        for i, concept in enumerate(concepts.tolist()):
            kinds[self.instances.get(concept, []), i] = 1
        return kinds

    def say(self, row, seen):
        """A text for a picture and its concept (OWN for captions). seen: the teacher's probabilities, or None."""
        if seen is not None and random.random() < TEACHER_SPEAKS:
            k = int(torch.multinomial(seen, 1))
            if seen[k] > SURE:
                return self.say_class(k)
        u = random.random()
        if row.captions and (not row.nouns or u < 0.75):
            return random.choice(row.captions), OWN
        if row.nouns:
            word, offset = random.choice(row.nouns)
            return self._say_kind(offset, word, 0.7)
        synset = self.label_synsets.get((row.label, row.wnid))
        if synset is None or u < 0.6:
            return article(random.choice(TEMPLATES), row.label.lower()), self.number("label", row.label.lower())
        return self._say_kind(synset, None, 0.4)

    def say_class(self, k):
        synset = self.class_synsets[k]
        if synset is None or random.random() < 0.75:
            return article(random.choice(TEMPLATES), random.choice(self.classes[k])), self.number("class", k)
        return self._say_kind(synset, None, 0.3)

    def name_class(self, k):
        return article("{}" if random.random() < 0.5 else random.choice(TEMPLATES), random.choice(self.classes[k]))

    def pair(self):
        """Two texts of one meaning: two sentences about one picture, or from WordNet a noun and its gloss, or what it is a
        kind of."""
        if self.paraphrases and random.random() < 0.6:
            return random.sample(random.choice(self.paraphrases), 2)
        offset, name, gloss = random.choice(self.glosses)
        synset, u = self.wordnet.synsets[offset], random.random()
        if u < 0.6 or not synset.hypernyms:
            return name, gloss
        kind = random.choice(self.wordnet.synsets[random.choice(synset.hypernyms)].names)
        return name, f"{kind}, {gloss}" if u < 0.8 else f"{random.choice(synset.names)}, {kind}"

    def _say_kind(self, offset, word, itself):
        """The synset with probability `itself`, else something that it is a kind of."""
        if random.random() > itself:
            offset, word = random.choice(self.wordnet.chain(offset)), None
        word = word or random.choice(self.wordnet.synsets[offset].names)
        return article(random.choice(TEMPLATES), word), self.number("synset", offset)

    def _describe(self, row):
        concepts = set()
        if row.label:
            concepts.add(self.number("label", row.label.lower()))
            synset = self._label_synset(row.label, row.wnid)
            if synset:
                concepts.update(self.number("synset", o) for o in self.wordnet.chain(synset))
        if len(row.captions) > 2:  # said by several people: what two of them name is there
            row.nouns = self._shared_nouns(row.captions)
            for _, offset in row.nouns:
                concepts.update(self.number("synset", o) for o in self.wordnet.chain(offset))
        row.concepts = sorted(concepts)

    def _label_synset(self, label, wnid):
        if (label, wnid) not in self.label_synsets:
            known = wnid[1:] if wnid[1:] in self.wordnet.synsets else None
            self.label_synsets[label, wnid] = known or self._find(label.lower())
        return self.label_synsets[label, wnid]

    def _find(self, label):
        """The synset of a label such as "painting of a dog" or "golden retriever dog"."""
        parts = [label, label.split(" of a ")[-1], label.split(" of an ")[-1], " ".join(label.split()[-2:]), label.split()[-1]]
        for part in parts:
            for form in (part, part[:-1] if part.endswith("s") else part):
                if self.wordnet.first_sense(form):
                    return self.wordnet.first_sense(form)
        return None

    def _shared_nouns(self, captions):
        counts = {}
        for caption in captions:
            for noun in self._nouns(caption):
                counts[noun] = counts.get(noun, 0) + 1
        return [noun for noun, n in counts.items() if n >= 2]

    def _nouns(self, caption):
        spoken, found = words(caption), set()
        for i in range(len(spoken)):
            for length in (2, 1):
                phrase = " ".join(spoken[i : i + length])
                forms = (phrase, phrase.removesuffix("s"), phrase.removesuffix("es"), IRREGULAR.get(phrase, phrase))
                form = next((f for f in forms if len(f) > 2 and self.wordnet.first_sense(f)), None)
                if form and phrase not in NO_NOUNS:
                    found.add((form, self.wordnet.first_sense(form)))
                    break
        return found

    def _class_synset(self, names):
        for offset in self.wordnet.senses.get(names[0].lower(), []):
            shared = {n.lower() for n in names} & {n.lower() for n in self.wordnet.synsets[offset].names}
            if len(shared) >= min(2, len(names) - 1):
                return offset
        return self.wordnet.first_sense(names[0])

    def _class_concepts(self, k):
        synset = self.class_synsets[k]
        found = {self.number("class", k), self.number("label", self.classes[k][0].lower())}
        if synset:
            found.update(self.number("synset", o) for o in self.wordnet.chain(synset))
        return sorted(found)
