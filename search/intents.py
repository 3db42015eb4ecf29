"""Words of a query that say what about a page is asked, and not which page."""

from search.words import stems_of

# These say nothing about what is looked for, unless nothing else was typed.
FILLERS = frozenset(
    "a about am an and any are as at be been being but by can could did do does for from get gets getting give given "
    "had has have he her him his how i if in into is it its me my of on or our out she should so some than that the "
    "their them then there these they this those to up us was we were what when where which who why will with would "
    "you your yes vs versus tell please explain mean means called"
    .split()
)  # fmt: skip
# These count where they stand, and are not needed.
WEAK = frozenset(
    "after again all also before best come cope during ever good happen help just know last like long make need new "
    "normal not now off often other people patient safe safely same start still stop sure take taking tell time too "
    "use used using want way while without work works working year years"
    .split()
)  # fmt: skip
# What is asked of a page: the words, and the section of the page that answers.
SECTIONS = {
    "indications": "treat treats treated treating treatment treatments therapy therapies medicine medicines medication "
    "medications drug drugs cure cures cured",
    "symptoms": "symptom symptoms sign signs feel",
    "causes": "cause causes caused trigger triggers inherited genetic",
    "diagnosis": "diagnosis diagnose diagnosed diagnosing test tests testing",
    "harms": "harm harms risk risks danger dangers dangerous effect effects side safe safety cancer-risk",
    "administration": "dose doses dosing dosage inject given administered infusion",
    "monitoring": "monitoring monitored checkup check-up",
    "how-it-works": "works work mechanism",
    "daily-life": "travel work holiday daily",
    "living-with": "living live cope lifestyle",
    "who-should-not-have-it": "contraindication contraindications contraindicated avoid pregnancy pregnant "
    "breastfeeding",
    "when-to-get-help": "emergency urgent ambulance",
}  # fmt: skip
# Of these a page of another kind is asked for than the one that is named: “what treats lupus” asks for lupus.
OPTIONAL = frozenset(
    "treat treats treated treating treatment treatments therapy therapies medicine medicines medication medications "
    "drug drugs cure cures cured symptom symptoms sign signs cause causes caused effect effects side risk risks dose "
    "doses"
    .split()
)  # fmt: skip


def _section_of_stems() -> dict[str, str]:
    return {stem: section for section, words in SECTIONS.items() for word in words.split() for stem in stems_of(word)}


SECTION_OF = _section_of_stems()
FILLER_STEMS = frozenset(stem for word in FILLERS for stem in stems_of(word))
OPTIONAL_STEMS = frozenset(stem for word in OPTIONAL | WEAK for stem in stems_of(word))
ABOUT_TREATMENT = frozenset(stems_of(SECTIONS["indications"]))
