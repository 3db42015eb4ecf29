"""Words that decide what a sentence about health says. None of them is a matter of spelling."""

# A sign or a blank that moves beside one of these can turn the sentence round: “No. Treatment works.”
TURNING = frozenset(
    "no not nor none never neither nothing nobody nowhere cannot without hardly rarely seldom scarcely barely"
    " only except unless if unlike instead rather avoid stop stops stopped refuse lack lacks absent free but"
    " however although despite false wrong nil zero negative minus".split()
)

NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands"
    " million millions billion billions first second third fourth fifth once twice thrice half halves double"
    " triple quarter dozen dozens single couple pair fold tenfold".split()
)

UNITS = frozenset(
    "mg mcg µg μg ng kg g gram grams milligram milligrams microgram micrograms nanogram nanograms kilogram"
    " kilograms ml dl l litre litres liter liters millilitre millilitres milliliter milliliters microlitre"
    " microlitres mmol mol iu unit units cm mm metre metres meter meters millimetre millimetres centimetre"
    " centimetres percent percentage degree degrees celsius fahrenheit calorie calories second seconds minute"
    " minutes hour hours hourly day days daily week weeks weekly fortnight fortnightly month months monthly year"
    " years yearly annual annually quarterly time times nightly night nights morning mornings evening evenings"
    " noon midday bedtime today tomorrow yesterday tablet tablets capsule capsules drop drops dose doses dosage"
    " spoon spoons teaspoon teaspoons puff puffs vial vials".split()
)

DECIDING = frozenset(
    # How many, how often, how sure.
    "all any both each either every everyone few fewer least less lesser little lot lots many more most much"
    " several some somebody someone another other others same also always usually often sometimes occasionally"
    " frequently regularly common commonly uncommon rare about almost nearly exactly approximately maximum minimum"
    " average enough too very slightly severe severely serious mild moderate may might can could must should shall"
    " will would need needs ought likely unlikely possible possibly impossible probable probably certain certainly"
    " maybe perhaps"
    # Joining and comparing.
    " and or then than because since while whereas until till with within above below over under between among up"
    " down before after during prior following earlier later early late immediately soon now ago yet still already"
    " again into onto from off out outside inside through via against towards away near along across"
    # Directions and changes.
    " left right upper lower top bottom front back inner outer proximal distal anterior posterior medial lateral"
    " increase increases increased increasing decrease decreases decreased decreasing raise raises raised reduce"
    " reduces reduced reducing rise rises rising fall falls falling gain gains loss lose loses high higher highest"
    " low lowest better worse best worst improve improves improved worsen worsens worsened start starts started"
    " begin begins end ends continue continues continued pause paused resume resumed add adds added remove removes"
    " removed fast slow quick quickly slowly long longer short shorter large larger small smaller big bigger old"
    " older young younger new newer"
    # What is done, and what follows.
    " take takes taken give gives given use used inject injected inhale inhaled swallow swallowed apply applied"
    " oral orally nasal rectal vaginal intravenous intravenously subcutaneous subcutaneously intramuscular"
    " intradermal topical systemic local prescribe prescribed proscribe proscribed recommend recommended allow"
    " allowed permit forbid forbidden prohibit prohibited approved unapproved licensed unlicensed safe safely"
    " unsafe dangerous harmful harmless harm harms benefit benefits effective ineffective help helps hurt hurts"
    " cause causes caused prevent prevents prevented protect protects treat treats treated untreated cure cures"
    " cured heal heals kill kills die dies died death deaths fatal lethal survive survives alive dead live"
    " inactivated active inactive activate activated activates deactivate suppress suppresses suppressed stimulate"
    " stimulates stimulated inhibit inhibits inhibited block blocks blocked positive normal abnormal benign"
    " malignant acute chronic contagious infectious sterile resistant sensitive susceptible immune allergic"
    " pregnant pregnancy breastfeeding fertile infertile child children adult adults baby babies infant infants"
    " women woman men man male female true real emergency urgent".split()
)

# A part of a word that turns or moves its meaning. A correction neither brings one in nor takes it away.
PREFIXES = (
    *("ab", "ad", "ante", "anti", "contra", "counter", "de", "dis", "endo", "exo", "extra", "hyper", "hypo", "il"),
    *("im", "in", "infra", "inter", "intra", "ir", "macro", "micro", "mis", "mono", "multi", "non", "over", "para"),
    *("peri", "poly", "post", "pre", "pro", "re", "semi", "sub", "super", "supra", "trans", "un", "under"),
)
SUFFIXES = ("able", "emia", "fold", "free", "ful", "ible", "itis", "less", "like", "oma", "osis", "penia", "proof")
