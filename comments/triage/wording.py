"""Groups of words that several rules of this package need."""

FAMILY = (
    "son|daughter|child|children|kid|kids|baby|toddler|boy|girl|teen|teenager|mum|mom|mam|mother|dad|father|parent|"
    "parents|husband|wife|partner|boyfriend|girlfriend|bf|gf|fiance|fiancee|spouse|brother|sister|sibling|nan|nana|"
    "gran|granny|grandma|grandmother|grandad|grandpa|grandfather|grandson|granddaughter|grandchild|aunt|auntie|uncle|"
    "cousin|niece|nephew|friend|mate|best friend|twin|little one|(#|one|two|three|four|five|six|seven|eight|nine|"
    "ten) (year|yr|yo|month|week) [old]|newborn|infant|neighbour|neighbor|colleague|flatmate|roommate|ex|loved one|"
    "stepson|stepdaughter|daughters|sons"
)
# The one a sentence is about.
SOMEBODY = f"i|he|she|they|we|me|him|her|them|us|someone|somebody|who|{FAMILY}"

MEDICINE_NAMES = (
    "*mab|*nib|*ercept|*tacept|*olone|*nisone|*asone|*isone|*oquine|*quinil|*trexate|*prine|*mycin|*cillin|*opril|"
    "*ipril|*lapril|*statin|*statins|*sartan|*limus|*olol|*azole|*nomide|*salazine|*phenolate|*sporin|*sporine|"
    "cyclosporin*|ciclosporin*|*dipine|pulmicort|symbicort|*oprost|*oxacin|*vudine|*ciclib|*gepant|*platin|*taxel|"
    "*rubicin|*fenac|*oxicam|*coxib|*semide|*xaban|*gatran|*glutide|*poetin|*grastim|*penem|*nidazole|*parin|"
    "*globulin|*globulins|*phamide|*profen|*codone|*cyclin|*cycline|*oxetine|*azepam|*pezil|*ximod|*gliptin|*formin|"
    "*kinra|*dronate|*dronic|*tidine|*imod|*gabalin|*gabapentin|*lukast|*adine|*rizine|*triptyline|mtx|hcq|aza|mmf|"
    "ivig|scig|ivigs|ig|mesalamine|pentasa|asacol|colchicine|insulin|warfarin|thyroxine|levothyroxine|paracetamol|"
    "acetaminophen|tylenol|aspirin|naproxen|tramadol|morphine|codeine|insulin|plaquenil|humira|enbrel|remicade|"
    "stelara|rituxan|mabthera|truxima|benlysta|saphnelo|cosentyx|xeljanz|olumiant|rinvoq|imuran|cellcept|actemra|"
    "roactemra|orencia|otezla|dupixent|tysabri|ocrevus|keytruda|opdivo|xolair|simponi|cimzia|entyvio|skyrizi|tremfya|"
    "taltz|kesimpta|medrol|medrone|prograf|arava|cytoxan|endoxan|soliris|ultomiris|kineret|ilaris|amgevita|hyrimoz|"
    "imraldi|idacio|benepali|inflectra|hizentra|privigen|octagam|gamunex|cuvitru|hyqvia|nplate|avonex|rebif|copaxone|"
    "tecfidera|gilenya|lemtrada|interferon|deltacortril|budesonide|steroid|steroids|corticosteroid|corticosteroids|"
    "cortisone|biosimilar|biosimilars|biologic|biologics|biological|biologicals|immunosuppress*|immunosupress*|"
    "immunotherap*|immunomodulat*|antihistamine*|antibiotic*|statin|statins|nsaid|nsaids|dmard|dmards|jak inhibitor*|"
    "jak|tnf (blocker*|inhibitor*)|checkpoint inhibitor*|pred|chemo|chemotherapy|epipen|adrenaline|antidepressant*|"
    "painkiller*|opioid*|anticoagulant*|blood thinner*|monoclonal*|antibod*"
)
FORMS = (
    "med|meds|medicine|medicines|medication|medications|medicament*|drug|drugs|tablet|tablets|tabs|pill|pills|"
    "capsule|capsules|infusion|infusions|injection|injections|injecting|jab|jabs|jag|jags|shot|shots|needle|drip|"
    "drips|iv|dose|doses|treatment|treatments|therapy|therapies|vaccine*|vaccination*|booster*|jabbed|prescription|"
    "prescriptions|inhaler|ointment|drops|suppositor*|plasma exchange|transfusion|cycle|cycles"
)
MEDICINE = f"{MEDICINE_NAMES}|{FORMS}"

MUCH = (
    "so|very|really|extremely|incredibly|totally|completely|absolutely|just|literally|quite|pretty|too|constantly|"
    "always|all"
)

UNITS = (
    "mg|mgs|mcg|ug|g|gram|grams|milligram|milligrams|microgram|micrograms|iu|ius|unit|units|ml|mls|tablet|tablets|"
    "pill|pills|capsule|capsules|puff|puffs|drop|drops|tabs|spoon*|teaspoon*|milliliter*|millilitre*"
)
NUMBER_WORDS = "#|one|two|three|four|five|six|seven|eight|nine|ten|half|double|twice|a"

BODY = (
    "head|face|eye|eyes|eyelid*|ear|ears|nose|mouth|lip|lips|tongue|gum|gums|teeth|jaw|throat|neck|shoulder*|arm|"
    "arms|elbow*|hand|hands|finger|fingers|wrist*|nail|nails|chest|breast*|back|belly|stomach|tummy|gut|guts|abdomen|"
    "bowel*|hip|hips|leg|legs|thigh|thighs|knee|knees|calf|calves|ankle|ankles|foot|feet|toe|toes|skin|scalp|hair|"
    "muscle|muscles|joint|joints|bone|bones|vein|veins|heart|lungs|kidney|kidneys|liver|body|gland|glands|bladder|"
    "site|injection site|vision|eyesight|sight|hearing|cheeks|whole body|groin|spine|injection arm"
)
