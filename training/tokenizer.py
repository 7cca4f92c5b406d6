"""A lower-case WordPiece tokenizer: learnt from texts, and written as Hugging Face's tokenizer.json.

Words, single digits and punctuation marks; pieces by byte pair merges (Sennrich et al. 2016), cut greedily as in BERT.
"""
import collections
import heapq
import json
import re

PATTERN = r"[a-z]+|[0-9]|[^\sa-z0-9]"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


def words(text):
    return re.findall(PATTERN, text.lower())


def learn(counts, size):
    """counts: word -> how often -> the vocabulary, special tokens first."""
    pieces = [([c if i == 0 else "##" + c for i, c in enumerate(word)], n) for word, n in counts.items()]
    vocabulary = sorted({piece for word, _ in pieces for piece in word})
    known, pairs, places = set(vocabulary), collections.Counter(), collections.defaultdict(set)
    for w, (word, n) in enumerate(pieces):
        for pair in zip(word, word[1:]):
            pairs[pair] += n
            places[pair].add(w)
    heap = [(-n, pair) for pair, n in pairs.items()]
    heapq.heapify(heap)
    while len(vocabulary) < size - len(SPECIAL) and heap:
        negative, pair = heapq.heappop(heap)
        if pairs[pair] != -negative:  # counted again since
            if pairs[pair] > 0:
                heapq.heappush(heap, (-pairs[pair], pair))
            continue
        if pairs[pair] < 2:
            break
        merged = pair[0] + pair[1][2:]
        if merged not in known:
            vocabulary.append(merged)
            known.add(merged)
        changed = set()
        for w in list(places[pair]):
            word, n = pieces[w]
            for old in zip(word, word[1:]):
                pairs[old] -= n
                changed.add(old)
            word = _merge(word, pair, merged)
            pieces[w] = (word, n)
            for new in zip(word, word[1:]):
                pairs[new] += n
                places[new].add(w)
                changed.add(new)
        pairs[pair] = 0
        for each in changed:
            if pairs[each] > 0:
                heapq.heappush(heap, (-pairs[each], each))
    return SPECIAL + vocabulary


def _merge(word, pair, merged):
    out, i = [], 0
    while i < len(word):
        if tuple(word[i : i + 2]) == pair:
            out.append(merged)
            i += 2
        else:
            out.append(word[i])
            i += 1
    return out


class Tokenizer:
    def __init__(self, vocabulary, context=32):
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.context, self.cache = context, {}

    @classmethod
    def load(cls, path, context=32):
        """From the tokenizer.json of a model."""
        vocabulary = json.load(open(path))["model"]["vocab"]
        return cls(sorted(vocabulary, key=vocabulary.get), context)

    def __call__(self, text):
        ids = [self.ids["[CLS]"]]
        for word in words(text):
            if word not in self.cache:
                self.cache[word] = self._cut(word)
            ids += self.cache[word]
        return ids[: self.context - 1] + [self.ids["[SEP]"]]

    def _cut(self, word):
        ids, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = word[start:end] if start == 0 else "##" + word[start:end]
                if piece in self.ids:
                    ids.append(self.ids[piece])
                    start = end
                    break
            else:
                return [self.ids["[UNK]"]]
        return ids


def to_json(vocabulary, context=32):
    """tokenizer.json, as the Rust and JavaScript libraries read it."""
    special = dict(single_word=False, lstrip=False, rstrip=False, normalized=False, special=True)
    cls, sep = ({"SpecialToken": {"id": t, "type_id": 0}} for t in ("[CLS]", "[SEP]"))
    a, b = {"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}
    return {
        "version": "1.0",
        "truncation": {"max_length": context, "strategy": "LongestFirst", "stride": 0, "direction": "Right"},
        "padding": None,
        "added_tokens": [{"id": i, "content": t, **special} for i, t in enumerate(SPECIAL)],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [{"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Removed", "invert": True}],
        },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [cls, a, sep],
            "pair": [cls, a, sep, b],
            "special_tokens": {t: {"id": t, "ids": [SPECIAL.index(t)], "tokens": [t]} for t in ("[CLS]", "[SEP]")},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": {piece: i for i, piece in enumerate(vocabulary)},
        },
    }
