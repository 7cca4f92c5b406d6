"""Names of things -> the words of template captions."""
import re

SINGULAR_IN_S = {"bus", "octopus", "walrus", "cactus", "glass"}


def with_article(name):
    return ("an " if name.lower().startswith(("a", "e", "i", "o", "u")) else "a ") + name


def noun_phrase(name):
    """ "dog" -> "a dog"; "scissors", "Mount Fuji" and "two hearts" stay as they are."""
    name = name.removeprefix("the ")
    last = name.split()[-1] if name else ""
    is_plural = last.endswith("s") and not last.endswith("ss") and last not in SINGULAR_IN_S
    if is_plural or name[:1].isupper() or re.match(r"(a|an|the|no|two|three) ", name):
        return name
    return with_article(name)
