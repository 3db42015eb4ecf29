"""One spelling for each word: `canonical` gives the same form for all ways to write it.

Names and texts both go through it, so no variant of a name is ever listed. Each rule merges spellings of one word; a
rule that would merge two words has no place here (the tests hold look-alike names of medicines against it).
"""

import unicodedata

GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau "
        "upsilon phi chi psi omega".split(),
        strict=True,
    )
)

# Only capitals, and never the single letters: vitamin C, hepatitis C and the word "I" are no numbers.
ROMAN = {
    numeral: str(number)
    for number, numeral in enumerate("I II III IV V VI VII VIII IX X XI XII XIII XIV XV".split(), start=1)
    if numeral not in {"I", "IV", "V", "X"}
}
# These are numbers only after a word that is numbered.
ROMAN_AFTER = {"i": "1", "iv": "4", "v": "5", "x": "10", "ii": "2", "iii": "3"}
NUMBERED = frozenset("type subtype stage grade factor class phase group level category complex".split())

# A word and the words that mean the same in every name of a disease or medicine.
SAME_WORDS = {
    "disease": "disorder",
    "tumor": "neoplasm",
    "alpha": "alfa",
    "kidney": "renal",
    "deficient": "deficiency",
}

APOSTROPHES = "'\u2018\u2019\u02bc\uff07\u00b4`"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, zero-width characters

_MOST_WORDS_KEPT = 1 << 16
_LONGEST_WORD_KEPT = 40
_kept: dict[str, str] = {}


def canonical_forms(words: list[str]) -> list[str]:
    """The canonical form of each word, from a bounded table shared by all texts."""
    forms = list(map(_kept.get, words))
    if None in forms:
        unknown = {word for word, form in zip(words, forms, strict=True) if form is None}
        new = {word: canonical(word) for word in unknown}
        forms = [form or new[word] for word, form in zip(words, forms, strict=True)]
        if len(_kept) + len(new) > _MOST_WORDS_KEPT:
            _kept.clear()
        _kept.update((word, form) for word, form in new.items() if len(word) <= _LONGEST_WORD_KEPT)
    return forms


def canonical(word: str) -> str:
    if word in ROMAN:
        return ROMAN[word]
    form = plain_letters(without_possessive(word))
    if len(form) > 3:
        form = _without_plural(_american(form))
    return _SAME.get(form, form) or word


def plain_letters(word: str) -> str:
    """Small letters without accents or invisible characters, Greek letters by name."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(GREEK.get(each, each) for each in parts if each.isalnum())


def without_possessive(word: str) -> str:
    return word[:-2] if len(word) > 2 and word[-1] in "sS" and word[-2] in APOSTROPHES else word


def _american(word: str) -> str:
    if "ph" in word:
        word = word.replace("ph", "f")  # sulphate, amphetamine
    if word.endswith(("tre", "bre")):
        word = word[:-2] + "er"  # centre, fibre
    if len(word) > 5:
        if "ae" in word or "oe" in word:
            word = word.replace("ae", "e").replace("oe", "e")  # anaemia, oedema
        if "our" in word:
            word = _our(word)
        if "iz" in word or "yz" in word:
            word = _with_s(word)
        if "cycl" in word:
            word = word.replace("cycl", "cicl")  # aciclovir
        if word.startswith("leuc"):
            word = "leuk" + word[4:]  # leucocyte
    return word


def _our(word: str) -> str:
    for british in ("tumour", "behaviour", "colour", "odour", "humour"):
        if british in word:
            return word.replace(british, british[:-2] + "r")
    return word


def _with_s(word: str) -> str:
    for ending in ("ize", "izes", "ized", "izing", "ization", "izations", "yze", "yzed", "yzing"):
        if word.endswith(ending):
            return word[: -len(ending)] + ending.replace("z", "s")
    return word


def _without_plural(word: str) -> str:
    ending = word[-3:]
    if ending == "des" and word.endswith("itides"):
        return word[:-4] + "is"  # arthritides
    if ending == "ata" and word.endswith("omata"):
        return word[:-2]  # carcinomata
    if ending in _S_STEMS and word[-4:-3] in "aeiouy":
        return word[:-2]  # metastasis, metastases, diseases, viruses
    if ending in _SE_STEMS:
        return word[:-1]  # disease, analyse
    if ending == "ies" and len(word) > 4:
        return word[:-3] + "y"
    if ending[1:] == "es" and word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word[-1] == "s" and ending[1] not in "sui":
        word = word[:-1]
    if word.endswith("che"):
        return word[:-1]  # headache, headaches
    if len(word) > 6 and word.endswith("ine"):
        return word[:-1]  # cyclosporine, cyclosporin
    return word


_S_STEMS = frozenset({"ses", "sis"})
_SE_STEMS = frozenset({"ase", "ese", "ise", "use", "yse"})

_SAME = {_without_plural(_american(word)): _without_plural(_american(same)) for word, same in SAME_WORDS.items()}
