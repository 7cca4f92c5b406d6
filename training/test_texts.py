import collections
import unittest

from texts import article
from tokenizer import Tokenizer, learn, words


class Texts(unittest.TestCase):
    def test_says_an_before_a_vowel(self):
        self.assertEqual(article("a photo of a {}", "owl"), "a photo of an owl")
        self.assertEqual(article("a photo of a {}", "dog"), "a photo of a dog")

    def test_cuts_a_text_into_words(self):
        self.assertEqual(words("Two Dogs' 10 bones."), ["two", "dogs", "'", "1", "0", "bones", "."])

    def test_learns_the_commonest_pieces(self):
        vocabulary = learn(collections.Counter({"dog": 5, "dogs": 3, "cat": 2}), 16)
        self.assertEqual(vocabulary[:4], ["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
        self.assertLess({"dog", "dogs", "cat"}, set(vocabulary))

    def test_numbers_a_text_within_its_context(self):
        tokenizer = Tokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "dog", "##s"], context=4)
        self.assertEqual(tokenizer("Dogs"), [2, 4, 5, 3])
        self.assertEqual(tokenizer("zebra"), [2, 1, 3])
        self.assertEqual(tokenizer("dog dog dog dog"), [2, 4, 4, 3])
