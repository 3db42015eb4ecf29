"""Recognises a word in what people type: look-alike letters, digits for letters, stretched, misspelt words."""

import re
from collections.abc import Iterator
from itertools import product

# For character classes: letters of no width and marks that sit on other letters.
UNSEEN = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"

# Letters of other scripts that look like Latin ones, and apostrophes.
LETTERS_SEEN = str.maketrans(
    "аеорсухіјѕԁһӏкмтвнгѵԛԝ" + "αεορτυνικωχγβη" + "օոսցհ" + "ɑɡɩıøłđħŧ" + "ᴀᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡᴢ" + "’‘ʼ`´＇",
    "aeopcyxijsdhlkmtbhrvqw" + "aeoptuvikwxybn" + "onugh" + "agiioldht" + "acdeghijklmnoprstuvwz" + "''''''",
)

_SUBJECTS = "i you he she it we they that there who what how where".split()
_VERBS = {"'ll": "will", "'ve": "have", "'d": "would", "'re": "are"}
# With "n't" behind.
_NEGATED = "do does did is are was were has have had could would should must need might ought dare".split()
# What people write in short, or wrongly, by what they mean.
_SHORT_FORMS = {
    "i am": "i'm im iam",
    "you are": "youre",
    "they are": "theyre",
    "he is": "hes",
    "she is": "shes",
    "that is": "thats",
    "what is": "whats",
    "there is": "theres",
    "let us": "let's lets",
    "can not": "cannot can't cant cann't",
    "will not": "won't wont",
    "shall not": "shan't",
    "is not": "ain't aint",
    "do not": "dnt dont't",
    "do not know": "dunno idk",
    "going to": "gonna gunna",
    "want to": "wanna wana",
    "got to": "gotta",
    "have to": "hafta",
    "kind of": "kinda",
    "give me": "gimme",
    "let me": "lemme",
    "because": "cos coz cuz bc cause",
    "you": "u ya",
    "your": "ur",
    "are": "r",
    "please": "pls plz",
    "i would": "i'd",
    "as well": "aswell",
    "right now": "rn",
    "a lot": "alot",
    "no one": "noone",
    "in case": "incase",
    "through": "thru",
    "with": "w",
    "without": "w/o",
    "and": "n",
    "thanks": "thx ty",
    "tonight": "tonite 2nite",
    "it is": "tis",
    "until": "till til",
    "though": "tho",
    "myself": "meself myslef mysef myselfs",
    "before": "b4",
    "what": "wot wat",
    "want": "wanr wnt",
    "anymore": "anymor",
    "doctor": "doc docs dr",
    "dose": "dosage dosis",
    "breathe": "breath breathe breeth brethe",
    "people": "ppl",
    "prescription": "script",
}
LONG_FORMS = {
    **{f"{subject}{short}": f"{subject} {verb}" for subject in _SUBJECTS for short, verb in _VERBS.items()},
    **{f"{subject}'s": f"{subject} is" for subject in _SUBJECTS if subject != "i"},
    **{f"{verb}{short}": f"{verb} not" for verb in _NEGATED for short in ("n't", "nt", "n'")},
    **{f"{pronoun}ve": f"{pronoun} have" for pronoun in ("you", "we", "they", "i")},
    **{short: long for long, shorts in _SHORT_FORMS.items() for short in shorts.split()},
}

# Long words that matter and are often misspelt; none has another word one letter away from it.
_OFTEN_MISSPELT = (
    "suicide suicidal overdose overdosed ambulance unconscious anaphylaxis anaphylactic emergency hopeless "
    "worthless goodbye strangle "
    "methotrexate prednisolone prednisone hydroxychloroquine azathioprine rituximab infliximab adalimumab tocilizumab "
    "mycophenolate ciclosporin cyclosporine tacrolimus leflunomide sulfasalazine etanercept secukinumab belimumab "
    "upadacitinib tofacitinib baricitinib cyclophosphamide immunoglobulin dexamethasone antibiotics medication "
    "medications medicine medicines treatment infusion infusions injection injections prescription tablets steroids "
    "immunosuppressant immunosuppressants biologics "
    "diarrhea vomiting nausea nauseous dizziness palpitations headache headaches migraine swollen blisters bruising "
    "breathless breathing wheezing fatigue exhausted exhaustion insomnia depression constipation heartburn "
    "infection infections pneumonia shingles hallucinations numbness tingling itching tremors seizure seizures "
    "rheumatologist consultant appointment hospital symptoms dangerous pregnant breastfeeding alcohol vaccinated "
    "homeopathy naturally miracle herbalist remedy remedies pharmaceutical conspiracy"
).split()
_MISSPELT = {
    "diarrhea": (
        "diarhea diarreah diarhoea diarrea diarea diarrhoae dihorea diorrhea diahrea diahorrea diarreha diahorea"
    ),
    "suicide": "suicid sucide sucicide suiside suacide sewerslide sewercide",
    "suicidal": "sucidal sucicidal suisidal",
    "anaphylaxis": "anaphalaxis anaphilaxis anafilaxis anaphlyaxis",
    "breathing": "breating brething breathin",
    "vomiting": "vomitting vommiting vomitin",
    "dizzy": "dizy dizzi",
    "rash": "rashe",
    "nausea": "nausia nasuea naseous nauseus",
    "prednisolone": "predisolone prednisalone prednisilone preds prednis",
    "methotrexate": "methatrexate metotrexat methotrexat methotrexade metho",
    "kill": "kil",
    "dying": "dieing",
    "medicine": "medecine medcine",
    "swollen": "swolen swollon swoolen",
    "should": "shoud shuold shld shud",
    "tired": "tierd",
    "doctor": "docter",
    "myself": "my-self",
    "throat": "throte thoat troat",
    "chest": "cheast",
    "itchy": "itchey",
    "headache": "headach headaich head-ache",
    "stomach": "stomache stomack",
    "infection": "infecton",
    "palpitations": "palpatations palputations",
    "appetite": "apetite appatite",
    "stopped": "stoped",
    "stopping": "stoping",
    "tomorrow": "tomorow tommorow tomorro",
    "seizure": "siezure seizer seazure",
    "because": "becuase becasue",
}
_WORD_OF = {wrong: right for right, wrongs in _MISSPELT.items() for wrong in wrongs.split()}

# Words that people write with a star in place of letters.
_CENSORED = "kill killing die dying dead death suicide suicidal cut cutting hang rape self unalive overdose".split()

_DIGITS_FOR_LETTERS = ("0134578@$!|", ("oieastbasii", "oleastbasll"))
_STRETCHED = re.compile(r"(.)\1{2,}")
_LONGEST = 40


def _shortened(word: str) -> Iterator[tuple[str, int]]:
    return ((word[:place] + word[place + 1 :], place) for place in range(len(word)))


_NEIGHBOURS: dict[str, list[tuple[str, int]]] = {}
for _word in _OFTEN_MISSPELT:
    for _short, _place in _shortened(_word):
        _NEIGHBOURS.setdefault(_short, []).append((_word, _place))
_OFTEN = frozenset(_OFTEN_MISSPELT)


def spellings(word: str) -> Iterator[str]:
    """Other words that this may have been meant to be, the likeliest first."""
    if len(word) > _LONGEST:
        word = _STRETCHED.sub(r"\1", word)
        if len(word) > _LONGEST:
            return
    forms = dict.fromkeys([word, *_in_letters(word)])
    for form in forms:
        if form != word:
            yield form
        yield from _unstretched(form)
    for form in forms:
        yield from _corrected(form)


def _in_letters(word: str) -> Iterator[str]:
    if word.isalpha():
        return
    if "*" in word:
        parts = re.split(r"\*+", word)
        yield from (meant for meant in _CENSORED if _is_censored(meant, parts))
    signs, readings = _DIGITS_FOR_LETTERS
    if any(map(str.isalpha, word)):
        for letters in readings:
            yield word.translate(str.maketrans(signs, letters))


def _is_censored(meant: str, parts: list[str]) -> bool:
    """Whether the parts stand in the word in order, with something left out between each two."""
    first, *between, last = parts
    place = len(first)
    for part in between:
        found = meant.find(part, place + 1)
        if found < 0:
            return False
        place = found + len(part)
    return meant.startswith(first) and meant.endswith(last) and len(meant) - len(last) > place


def _unstretched(word: str) -> Iterator[str]:
    if _STRETCHED.search(word):
        # One run may stand for a double letter and the next for a single one.
        runs = sum(1 for _ in _STRETCHED.finditer(word))
        for lengths in product((1, 2), repeat=min(runs, 3)):
            left = iter(lengths)
            yield _STRETCHED.sub(lambda match, left=left: match[1] * next(left, 1), word)


def _corrected(word: str) -> Iterator[str]:
    if right := _WORD_OF.get(word):
        yield right
    american = word.replace("ae", "e").replace("oe", "e")
    if american != word:
        yield american
    if not 6 <= len(word) <= _LONGEST:
        return
    for right, _ in _NEIGHBOURS.get(word, ()):
        yield right
    for short, place in _shortened(word):
        if short in _OFTEN:
            yield short
        for right, other in _NEIGHBOURS.get(short, ()):
            if abs(place - other) <= 1:
                yield right
