"""A name inside a longer compound is not that name: "non-Hodgkin lymphoma", "anti-TNF", "hepatitis B virus".

Two kinds are told apart. A *compound* turns a name into something else. A *longer phrase* narrows it ("cerebral
vasculitis", "familial melanoma", "melanoma of the eye"): most often that is another disease, without a page.
If the vocabulary has the longer phrase itself, that one is found first and no rule here is asked.

The rules are lists of words and endings of adjectives, each with its reason. `evaluate_links` on annotated abstracts
decided which stayed: before names that the first list of endings holds back, one in four was marked by the experts.
"""

from collections.abc import Callable

from crosslinks.matching.reading import Reading
from crosslinks.matching.spelling import NUMBERED, canonical_forms
from crosslinks.matching.vocabulary import Vocabulary


def _forms(words: str) -> frozenset[str]:
    return frozenset(canonical_forms(words.split()))


# Before a name with a hyphen or a space: they turn the meaning round.
TURNING_BEFORE = _forms("non anti pseudo pre quasi")

# After a name with a hyphen or a space: something else than the disease or medicine is meant.
TURNING_AFTER = _forms(
    "gene protein antibody autoantibody vaccine vaccination virus receptor transporter antigen kinase enzyme homolog "
    "analog analogue agonist antagonist inhibitor blocker suppressor factor like mimic syndrome deficiency neoplasm "
    "cancer carcinoma allergy surface immunoglobulin anticoagulant resistance hormone producing converting binding "
    "releasing activating stimulating inhibiting blocking"
)

# After a name with a hyphen these leave the name what it is ("asthma-free"), and so do participles ("asthma-related",
# "cocaine-abusing"); every other hyphened word makes it a longer one ("HL-A").
HARMLESS_HYPHENED_AFTER = _forms(
    "specific prone susceptibility type positive negative resistant refractory naive free dependent sensitive"
)
PARTICIPLE_ENDINGS = ("ed", "ing", "ible", "able")

# These make a disease another one wherever they stand before it: heredity, age, cause, part.
NARROWING = _forms(
    "linked x recessive dominant autosomal hereditary familial inherited sporadic congenital juvenile infantile "
    "neonatal idiopathic cryptogenic isolated acquired latent gestational maternal fetal occult major minor "
    "atypical variant cell stage"
)
# These do so before short names only: "acute leukemia", "acute myocardial infarction"; but "acute hepatitis B" is
# hepatitis B.
NARROWING_SHORT_NAMES = _forms("acute subacute toxic")

# Endings of adjectives: most adjectives before a disease say its place or kind ("cerebral", "hemorrhagic").
ADJECTIVE_ENDINGS = ("ic", "ac", "al", "ar", "ary", "ory", "ous", "oid")

# Adjectives with these endings that say how bad, how sure, how given or whose, and leave the name what it is.
# And nouns and verbs that only look like adjectives.
HARMLESS = _forms(
    "avoid appear hospital clinic animal trial approval removal referral arrival interval signal journal material "
    "sugar history memory category theory summary library laboratory regulatory january february steroid opioid "
    "reveal clear chronic metastatic symptomatic asymptomatic specific classic classical typical clinical several "
    "initial usual unusual total final potential general normal special medical surgical critical serious "
    "refractory maximal minimal optimal oral intravenous subcutaneous topical systemic nasal intramuscular "
    "intrathecal parenteral sublingual intravesical allogeneic autologous prophylactic therapeutic experimental "
    "biologic biological medicinal synthetic generic antiviral antimalarial antibiotic glucocorticoid "
    "corticosteroid previous various numerous continuous obvious dangerous particular similar regular ordinary "
    "preliminary temporary elementary contrary necessary additional conventional traditional optional occasional "
    "historical theoretical practical actual eventual individual gradual annual partial essential public realistic "
    "basic automatic dramatic academic pediatric geriatric diagnostic prenatal postnatal natural national "
    "international mutual equal legal local global epidemic endemic pandemic mortal fatal lethal nonfatal terminal "
    "episodic simultaneous spontaneous heterogeneous homozygous heterozygous hemizygous homogeneous monogenic "
    "polygenic american european asian african hispanic contagious infectious notorious curious residual overall "
    "real ideal historic scientific"
)

GENE = "gene"
# By these endings most names of medicines and other substances are known: a place or way before them changes nothing.
MEDICINE_ENDINGS = tuple("mab nib cept mus vir in ine ol ide ate one ast am il ium tide stim".split())
DISEASES = _forms(
    "disease syndrome deficiency cancer carcinoma neoplasm failure dystrophy disability retardation palsy "
    "telangiectasia anemia ataxia dysplasia malformation asthma diabetes lupus migraine obesity epilepsy hypertension"
)
DISEASE_ENDINGS = tuple("itis oma os emia uria pathy penia plegia trofy ism ectasia filia dactyly".split())  # canonical

COORDINATING = frozenset({"and", "or"})
LONGEST_CONJUNCT = 3  # words


def turned_round(reading: Reading, first: int, last: int, names: Callable[[], list[str]]) -> bool:
    """Whether a compound makes it something else."""
    if first and _touches(reading, first) and reading.forms[first - 1] in TURNING_BEFORE:
        return True
    if last == len(reading.words) or not _touches(reading, last):
        return False
    word = reading.forms[last]
    if word in TURNING_AFTER:
        return not (word == GENE and all(map(is_disease, names())))
    harmless = word in HARMLESS_HYPHENED_AFTER or word.endswith(PARTICIPLE_ENDINGS)
    return _hyphened(reading, last) and not harmless


def is_disease(name: str) -> bool:
    """By its last word. "The cystic fibrosis gene" is the gene of that disease; "the insulin gene" is not insulin."""
    last = canonical_forms(name.split())[-1]
    return last in DISEASES or last.endswith(DISEASE_ENDINGS)


def in_longer_phrase(reading: Reading, first: int, last: int, vocabulary: Vocabulary) -> bool:
    """Whether a word before or after it narrows it to something else."""
    return (
        _narrowed_before(reading, first, last)
        or _narrowed_after(reading, first, last)
        or _shares_its_head(reading, first, last, vocabulary)
    )


def _narrowed_before(reading: Reading, first: int, last: int) -> bool:
    if first == 0 or not _touches(reading, first):
        return False
    word = reading.forms[first - 1]
    if _hyphened(reading, first) or word in NARROWING or _is_proper_noun(reading, first, last):
        return True
    if word in NARROWING_SHORT_NAMES and last - first < 3 and len(reading.forms[last - 1]) > 1:
        return True
    if first > 1 and reading.forms[first - 2] in NUMBERED and (word.isdigit() or len(word) == 1):
        return True  # "type I Gaucher disease"
    if reading.forms[last - 1].endswith(MEDICINE_ENDINGS):
        return False  # "intravitreal adalimumab" is adalimumab
    return len(word) > 4 and word.endswith(ADJECTIVE_ENDINGS) and word not in HARMLESS


def _is_proper_noun(reading: Reading, first: int, last: int) -> bool:
    """ "Becker muscular dystrophy": a capitalised word before a name of several words in small letters."""
    index, name = first - 1, reading.surface(first, last)
    in_sentence = index > 0 and _touches(reading, index) and "\n" not in reading.gaps[index]
    word = reading.words[index]
    return in_sentence and " " in name and name.islower() and word.istitle() and len(word) > 2


def _narrowed_after(reading: Reading, first: int, last: int) -> bool:
    if last + 1 >= len(reading.words) or not _touches(reading, last):
        return False
    word, following = reading.forms[last], reading.words[last + 1]
    if word == "of":
        return last - first == 1 and not reading.words[first].isupper()  # "melanoma of the eye"
    return word in NUMBERED and (following.isdigit() or len(following) < 3 or following.isupper())  # "type B"


def _shares_its_head(reading: Reading, first: int, last: int, vocabulary: Vocabulary) -> bool:
    """ "ovarian cancer" in "breast and ovarian cancer", if "breast cancer" is a name: one mention of two diseases."""
    forms, before = reading.forms, first
    if last - first < 2:
        return False
    if before and forms[before - 1] in COORDINATING:
        before -= 1
    if before and forms[before - 1] in COORDINATING:
        before -= 1  # "and/or"
    if before == first and reading.flow[first] != f"/{forms[first]}":
        return False
    for start in range(max(0, before - LONGEST_CONJUNCT), before):
        for head in range(first + 1, last):
            if vocabulary.has([*forms[start:before], *forms[head:last]]):
                return True
    return False


def _touches(reading: Reading, index: int) -> bool:
    """Only space or a hyphen stands before the word at this index."""
    return reading.flow[index] == reading.forms[index]


def _hyphened(reading: Reading, index: int) -> bool:
    gap = reading.gaps[index]
    return gap != "" and not gap.isspace() and "'" not in gap and "\u2019" not in gap
