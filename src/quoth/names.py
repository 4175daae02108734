"""Whether two written names can be one person's, whatever the language of the article.

Cyrillic is romanized by the BGN/PCGN systems of 1947 (Russian), 1965 (Ukrainian) and 1979 (Belarusian), without
their soft and hard signs; then spellings that passports, agencies and those systems write differently for one
sound (-y, -iy, -yy, -ii; -yov, -ev; kh, h; -enko, -enka) are brought to one key.  A key is for comparing only.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from quoth.lookalikes import mixes_scripts

_ROMANIZED = "а=a б=b в=v г=g д=d е=e з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f ы=y э=e і=i ґ=g ў=w"
CYRILLIC = {pair[0]: pair[2:] for pair in _ROMANIZED.split()} | {
    "ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "",
    "ю": "yu", "я": "ya", "є": "ye", "ї": "yi",
}  # fmt: skip
"""Lower-case letters; BGN/PCGN, with е as "e" throughout, as agencies write it."""

LATIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
"""Latin letters that Unicode does not decompose."""

UKRAINIAN_OR_BELARUSIAN = frozenset("іїєґў")

SPELLINGS = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"kh", "h"),
        (r"(?:tsch|tsh|tch)", "ch"),
        (r"ck", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"j(?=[aeou]|\b)", "y"),
        (r"(?<![aeiou])[yi]o(?=[a-z]*v\b)", "e"),  # Gorbachyov, Kovalyov
        (r"(?:\b|(?<=[^aeiouy\W]))[yi]e", "e"),  # Yeltsin, Medvedyev
        (r"\bts(?=i)", "t"),  # Belarusian Tsikhanouskaya
        (r"(?<=[aoe])u(?=sk(?:y|i|a|aya|aia)\b)", "v"),
        (r"enka\b", "enko"),
        (r"(?:iy|yy|ij|yi|ii|yj|i|y)\b", "i"),
        (r"(?<=[a-z])y(?![aeiou])", "i"),
        (r"y(?=[aou])", "i"),
        (r"ii+", "i"),
        (r"([b-df-hj-np-tv-z])\1", r"\1"),
    )
)

GIVEN_NAMES = tuple(
    frozenset(line.split())
    for line in """
    aleksandr alexander alexandr oleksandr aliaksandr alyaksandr
    aleksei alexei alexey aleksey oleksii oleksiy aliaksei
    andrei andrey andriy andrii
    anton antin
    dmitri dmitry dmitriy dmytro dzmitry
    evgeny evgeni yevgeny yevgeniy yevhen yauhen
    igor ihor
    konstantin kostiantyn
    mikhail mykhailo mikhaylo mikhas michail
    nikolai nikolay mykola mikalai
    oleg oleh
    pavel pavlo
    petr pyotr petro piotr
    sergei sergey serhii serhiy siarhei
    viktor victor
    vladimir volodymyr uladzimir wladimir
    vladislav vladyslav uladzislau
    yuri yury yurii yuriy iurii
    """.splitlines()
    if line.strip()
)
"""Given names that one man bears in Russian, Ukrainian and Belarusian, as passports of the three states write them."""

_TITLES = (
    "mr mrs ms miss mx dr prof sir dame lord lady president minister premier chancellor secretary general gen colonel "
    "col senator sen governor gov representative rep prime foreign deputy vice king queen prince princess pope"
)
TITLES = frozenset(_TITLES.split())

_WORDS = re.compile(r"[^\W\d_]+|[\W\d_]+")
_NOT_A_LETTER = re.compile(r"[^\w]+|_")
_APOSTROPHES = re.compile(r"['’ʼ`´]s\b|['’ʼ`´]")


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """The comparison key of a name: lower-case ASCII words, one blank between them.

    Names that differ in case, accents, script or habits of romanization share a key; the order of words counts.
    A word that mixes scripts keeps its Cyrillic letters: "Rеuters" with a Cyrillic е is not Reuters.
    """
    lowered = name.casefold()
    letters = CYRILLIC | {"г": "h"} if UKRAINIAN_OR_BELARUSIAN & set(lowered) else CYRILLIC
    romanized = "".join(
        "".join(c if mixed else letters.get(c, LATIN.get(c, c)) for c in word)
        for word in _WORDS.findall(lowered)
        for mixed in [mixes_scripts(word)]
    )
    plain = "".join(c for c in unicodedata.normalize("NFKD", romanized) if not unicodedata.combining(c))
    words = " ".join(_NOT_A_LETTER.sub(" ", _APOSTROPHES.sub("", plain)).split())
    for pattern, key in SPELLINGS:
        words = pattern.sub(key, words)
    return words


@lru_cache(maxsize=1)
def _given() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, names in enumerate(GIVEN_NAMES):
        for name in names:
            groups.setdefault(fold(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


def given_fits(a: str, b: str) -> bool:
    """Whether two folded given names are equal, one the initial of the other, or two languages' forms of one name."""
    if a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]):
        return True
    return bool(_given().get(a, frozenset()) & _given().get(b, frozenset()))


def words_of(name: str) -> list[str]:
    """The folded words of a name without the titles before it; all of them if nothing else is left."""
    words = fold(name).split()
    first = next((i for i, w in enumerate(words) if w not in TITLES), 0)
    return words[first:]


def same_person(a: str, b: str) -> bool:
    """Whether both names can be one person's: equal surnames, and no given name that speaks against it.

    A surname alone fits every full name that ends in it.  With equal given names, the surnames may differ
    in one letter of six or more.
    """
    first, second = words_of(a), words_of(b)
    if not first or not second:
        return False
    if first == second or (len(first) > 1 and sorted(first) == sorted(second)):
        return True
    if len(first) > len(second):
        first, second = second, first
    if len(first) == 1:
        return first[0] == second[-1] or (len(second) > 2 and first[0] == second[-2])
    given = given_fits(first[0], second[0])
    if first[-1] == second[-1]:
        return given
    long_enough = min(len(first[-1]), len(second[-1])) >= 6 and len(first[0]) > 1 < len(second[0])
    return given and long_enough and Levenshtein.distance(first[-1], second[-1]) <= 1


def canonical(names: Iterable[str]) -> str:
    """The fullest of some names of one person: most words (initials count half), then most frequent, then longest.

    Raises ValueError when there is none.
    """
    counts = Counter(names)
    if not counts:
        raise ValueError("no name to choose from")

    def fullness(name: str) -> tuple[float, int, int]:
        words = name.replace(".", ". ").split()
        return sum(0.5 if len(w.strip(".")) == 1 else 1.0 for w in words), counts[name], len(name)

    return max(counts, key=fullness)
