"""Whether a text is made of words at all: other scripts, letters at random, repetitions, signs that nobody sees."""

import re
import unicodedata
from collections import Counter
from itertools import pairwise

# From here on a text is long enough to be judged by its letters; "10/10" and a row of hearts are fine.
SHORTEST = 20
MOST_STRANGE = 0.5
LEAST_LETTERS = 0.35
MOST_MARKS = 30
# Letters at random are seen by then.
LONGEST_READ = 2_000
SHORTEST_RANDOM_WORD = 4
LONGEST_WORD = 60
MOST_REPEATED = 5

# Not the two marks of direction, which people who write from right to left may type.
_REVERSING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HIDDEN = re.compile("[\u200b\u2060\u00ad\ufeff]")
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_LONG_MARKS = re.compile(f"{_MARKS.pattern}{{{MOST_MARKS}}}")
_HIDDEN_IN_WORD = re.compile(r"(?<=[^\W\d_])[\u200b\u2060\u00ad\ufeff](?=[^\W\d_])")
MOST_HIDDEN = 3
_PICTURES = frozenset(("So", "Sk", "Mn", "Cf"))
_WORD = re.compile(r"[^\W_]+")
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿœıąęėįųůőű]")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxzßçñ]{5,}")
# Runs of five that words of English, German and medicine do have.
_PRONOUNCED = re.compile(
    r"ngths?|ghts?|tchst|tchc|tchm|rschl|rschr|chts|schm|schw|schn|schl|schr|rldsch|mpts|ntgr|ndsch|phth"
)
# Neighbours that hardly a word has, and runs along a keyboard.
_RARE = frozenset(
    "bq bx bz cb cf cg cj cp cv cw cx dx fb fc fd fg fh fj fk fm fp fq fv fw fx fz gc gj gk gp gq gv gx gz hc hg hj "
    "hk hq hv hx hz jb jc jd jf jg jh jk jl jm jn jp jq jr js jt jv jw jx jy jz kc kg kj kp kq kv kx kz lj lq lx lz "
    "mj mk mq mw mx mz oq pg pj pk pq pv px pz qa qb qc qd qe qf qg qh qi qj qk ql qm qn qo qp qr qs qt qv qw qx qy "
    "qz rx sj sx sz tj tk tq tx uq vb vc vd vf vg vh vj vk vl vm vn vp vq vr vs vt vw vx vz wb wc wf wg wj wm wp wq "
    "wu wv wx wz xb xd xf xg xj xk xl xm xn xq xr xs xv xw xz yj yq yx zb zc zd zf zg zj zk zl zm zn zp zq zr zs zt "
    "zv zx".split()
)
_KEYBOARD = ("asdf", "sdfg", "dfgh", "fghj", "ghjk", "hjkl", "qwer", "tyui", "zxcv", "xcvb", "cvbn", "vbnm")


def strange_letters(text: str) -> float:
    """The share of letters that are neither Latin nor Greek."""
    if text.isascii():
        return 0.0
    letters = Counter(filter(str.isalpha, text))
    strange = sum(count for letter, count in letters.items() if ord(letter) > 0x250 and not _is_latin_or_greek(letter))
    return strange / max(1, letters.total())


def few_letters(text: str) -> bool:
    """A text of some length that is mostly signs. Emojis and the numbers of a laboratory do not count."""
    said = sum(map(str.isalnum, text))
    if said >= LEAST_LETTERS * len(text):
        return False
    signs = sum(1 for sign in text if not sign.isspace() and unicodedata.category(sign) not in _PICTURES)
    return signs >= SHORTEST and said < LEAST_LETTERS * signs


def unseen_signs(text: str) -> tuple[str, ...]:
    """Signs that turn or hide what is written, by their code."""
    if text.isascii():
        return ()
    found = _REVERSING.findall(text)
    if len(_HIDDEN_IN_WORD.findall(text)) >= MOST_HIDDEN:
        found += _HIDDEN.findall(text)
    if _LONG_MARKS.search(text):
        found += _MARKS.findall(text)[:1]
    return tuple(f"U+{ord(sign):04X}" for sign in dict.fromkeys(found))


def random_words(text: str) -> tuple[str, ...]:
    """Words that nobody can say, if there are hardly any others."""
    # Addresses of sites and of mail have their own spelling.
    pieces = (piece for piece in text[:LONGEST_READ].split() if "@" not in piece and "://" not in piece)
    words = _WORD.findall(" ".join(pieces))
    long = [word for word in words if len(word) >= SHORTEST_RANDOM_WORD and not word.isdigit()]
    random, others = [], 0
    for word in long:
        if is_random(word):
            random.append(word)
        elif (others := others + 1) > len(long) / 2:
            return ()
    return tuple(dict.fromkeys(random)) if random and 3 * len(random) >= len(words) else ()


def is_random(word: str) -> bool:
    word = word.casefold()[:LONGEST_WORD]
    if not word.isascii() and strange_letters(word) > MOST_STRANGE:
        return False
    if len(set(word)) == 1:
        return True
    if any(run in word for run in _KEYBOARD):
        return True
    if _jumps(word):
        return True
    if not word.isalpha():
        return False
    rare = sum(1 for pair in pairwise(word) if "".join(pair) in _RARE)
    unspeakable = not _VOWEL.search(word) or _CONSONANTS.search(_PRONOUNCED.sub("e", word))
    return (
        rare >= 2
        or (rare == 1 and bool(unspeakable) and len(word) > SHORTEST_RANDOM_WORD)
        or (bool(unspeakable) and len(word) >= 7)
    )


def repeated(text: str) -> tuple[str, ...]:
    """The words of a text that says the same few of them again and again."""
    words = [word.casefold() for word in _WORD.findall(text)]
    each = dict.fromkeys(words)
    return tuple(each) if len(words) >= 2 * MOST_REPEATED and len(each) * MOST_REPEATED <= len(words) else ()


def _jumps(word: str) -> bool:
    """Whether letters and digits change places as in a password: a batch number has its digits together."""
    changes = sum(1 for one, next_ in pairwise(word) if one.isdigit() != next_.isdigit())
    return len(word) >= 8 and changes >= 4


def _is_latin_or_greek(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN", "GREEK", "FULLWIDTH LATIN", "MATHEMATICAL", "MICRO"))
