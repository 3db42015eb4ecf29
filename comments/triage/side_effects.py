"""Somebody tells of trouble that a treatment may have caused: staff may have to pass it on.

A trouble alone is no report, for most troubles are those of the disease. It becomes one beside a treatment and a sign
that the one came with the other: "since", "after", "made me", "the next day"; and not where the trouble went away.
"""

from bisect import bisect_left

from django.utils.translation import gettext_lazy as _

from comments.phrases import QUESTION, Phrases, Reading, read
from comments.triage.wording import BODY, FAMILY, MEDICINE, MEDICINE_NAMES, MUCH
from comments.verdicts import PASS, Candidate, Flag, Verdict, hold

Span = tuple[int, int]
Spans = list[Span]
PERSONAL = frozenset(f"else i me my mine we us our he she his her {FAMILY}".split())
# Words of sentences about anybody, where nobody is named.
GENERAL = frozenset(
    (
        "can may might could people patients everyone everybody you your risk risks rare rarely common often usually "
        "doctors study studies trial trials cells children adults women men disease diseases causes sometimes most "
        "many some if include includes serious named reported severe warnings need needs treated treat prevent"
    ).split()
)
LIVED = frozenset(
    (
        "had got felt was were went came made gave started lost gained dropped ended stopped threw woke broke put "
        "developed turned left caused since awful terrible horrible"
    ).split()
)
STATING = frozenset(
    (
        "is are be means include includes carry make makes become becomes such not has have should must will when "
        "called named"
    ).split()
)

GROUPS = {
    "med": MEDICINE,
    "drug": MEDICINE_NAMES,
    "family": FAMILY,
    "much": MUCH,
    "pain": (
        "pain|pains|painful|ache|aches|aching|ached|hurt|hurts|hurting|cramp|cramps|cramping|sore|soreness|stiff|"
        "stiffness|swell|swells|swelling|swollen|swelled|swole|puffy|puffed|bloated|itch|itches|itchy|itching|itched|"
        "burn|burns|burning|burned|burnt|tingle|tingles|tingling|tingly|numb|numbness|red|redness|rash|spots|"
        "blister*|peel*|sting*|stinging|stung|tender|throb*|pounding|pounded|bruise*|bruising|bleed|bleeds|bleeding|"
        "bled|dry|cracked|inflamed|weak|weakness|heavy|shaky|shaking|shook|shake|tremble*|trembling|twitch*|spasm*|"
        "jerking|jumpy|tight|tightness|lump|lumps|hard lump|bump|bumps|discolour*|discolor*|yellow|hot|racing|raced|"
        "upset|cramped|killing me|agony|irritat*|infected|ulcer*|blurry|blurred|ringing|watering|watery|streaming|"
        "gone|falling|fell|raw|on fire|flush*|lost|swam|spinning|went|pins and needles"
    ),
    "part": BODY,
}  # fmt: skip

STRONG = (
    "no energy|no strength|zero energy|heart race|upset ..2 (stomach|tummy|gut)|(memory|concentration|eyesight|sleep|"
    "mood|skin|balance|breathing|hearing|appetite) ..4 (awful|terrible|bad|worse|gone|shot|poor|dreadful|suffers|"
    "suffered|failing|hopeless|rubbish|ruined)|(developed|caused|triggered|brought on|gave me|got) ..1 (psoriasis|"
    "eczema|lupus|arthritis|colitis|gout|hepatitis|vitiligo|alopecia|neuropathy|asthma) ..2 (on|from|after|since|due|"
    "because|with) ..3 <med>|knocked me ..1 (flat|down|over|out|sideways|about)|flattened me|sleep # hours|slept "
    "(all|for)|sleeping all|(high|raised|elevated|low|abnormal|rising) (alt|ast|liver|enzymes|creatinine|platelets|"
    "white|neutrophil*|counts|blood pressure|blood sugar|sugar|sugars|cholesterol|potassium)|rash|rashes|spots|dark "
    "(patches|spots|marks)|bad (stomach|breathe|temper|skin|dreams|guts)|screamed at|snapped at|drenched|in sweat|"
    "catch everything|catching everything|periods|like (balloons|balloon|sausages|elephants|sandpaper|lead|jelly|mad|"
    "crazy)|went haywire|haywire|bright red|bruise|bruises|bruised|dried out|bleed|bleeds|bled|ached|aching|temp of|"
    "temperature of|broke my|broken (hip|bone|wrist|rib|vertebra)|thinned|brittle|shake|shakes|catch every|went "
    "(deaf|blind|numb|red|blotchy|yellow|white|grey|hyper|manic|mad|crazy|loopy)|going (deaf|blind|bald|mad|crazy)|"
    "cried (daily|all|every|for)|crying|suicidal|in tears|caused (psoriasis|eczema|lupus|arthritis|colitis)|crashed|"
    "tanked|plummeted|through the roof|bottomed out|skyrocketed|knackered|dead on my feet|dead to the world|in agony|"
    "in bits|stopped me sleeping|keeps me awake|kept me awake|kept me up|up all night|could not (get up|move|"
    "function|work|hold|lift|see)|can not (hold|lift|see|remember|think)|forgot* everything|stiff neck|snoring|nose "
    "ran|runny nose|streaming nose|watery eyes|lost my voice|croaky|metallic|funny taste|bitter taste|dry mouth|"
    "mouth dry|furry tongue|black tongue|sore throat|earache|ringing|vertigo|spinning|giddy|staggering|heavy legs|"
    "leg cramps|charley horse|frozen shoulder|tendon*|ruptured|tore|gastric|vomited|retching|heaving|gagging|"
    "belching|burping|wind|gas|flatulence|farting|piles|haemorrhoids|hemorrhoids|blood in|protein in|cystitis|kidney "
    "stones|gallstones|hot all over|freezing|teeth chattering|temperature spike|spiked a|high temperature|sinus|"
    "sinuses|ear infection|abscess|styes|stye|conjunctivitis|ringworm|fungal|athletes foot|impetigo|staph|mrsa|c "
    "diff|norovirus|flu|colds|every cold|every bug|every virus|scar|scarring|welt|weals|wheals|bumps|nodules|pimple|"
    "breakouts|breaking out|break out|flaking|scaling|scabs|dandruff|patches|discoloured|discolored|pigment*|grey "
    "skin|hairy|facial hair|hair growth|moustache|grew a beard|thinner hair|bald spot|bald patches|came out in spots|"
    "(lost|losing|no) ..1 sense of (taste|smell)|hives|welts|urticaria|nausea|nauseous|nauseated|queasy|queasiness|"
    "sick|vomit*|puke*|puking|threw up|throw up|throwing up|thrown up|diarrhea|the runs|runs|trots|loose stools|"
    "loose stool|upset stomach|upset tummy|stomach upset|constipat*|heartburn|indigestion|reflux|bloat*|headache*|"
    "migraine*|dizzy|dizziness|lightheaded*|light headed*|vertigo|woozy|faint|fainted|fainting|fainty|passed out|"
    "blacked out|collapsed|palpitation*|heart (racing|raced|pounding|pounded|flutter*|fluttering|skipping|skipped)|"
    "chest (pain|pains|tightness|tight)|breathless*|short of breathe|shortness of breathe|trouble breathing|could "
    "not breathe|wheez*|coughing|cough|fever|fevers|feverish|chills|shivers|shivering|shivered|shivery|rigor*|shakes|"
    "shaking|shook|tremor*|trembl*|hot flush*|hot flash*|flushing|flushed|night sweats|sweats|sweating|sweated|"
    "weight gain|gained ..3 (weight|kilo*|kg|kgs|pounds|stone|lbs|lb|#)|put on ..4 (weight|kilo*|kg|kgs|pounds|stone|"
    "lbs|lb)|piled on|ballooned|lost ..3 (weight|kilo*|kg|pounds|stone|lbs)|weight ..3 (gone up|went up|up|loss|"
    "dropped|crept up|shot up)|moon face|moonface|moon shaped|hamster cheeks|buffalo hump|stretch marks|insomnia|"
    "sleepless|can not sleep|could not sleep|unable to sleep|not slept|no sleep|not sleep*|awake all night|wide "
    "awake|nightmares|mood swings|mood swing|moody|moods|irritab*|rage|angry|anxiety|anxious|panic attack*|depress*|"
    "tearful|crying|weepy|low mood|agitated|paranoi*|psychosis|mania|manic|hallucinat*|confus*|foggy|brain fog|fuzzy "
    "head|memory (loss|problems)|forgetful|personality change*|hair loss|losing ..1 hair|lost ..3 hair|hair ..4 "
    "(fall*|fell|coming out|came out|come out|comes out|thin*|shedding|loss|out|clumps|handfuls|dropping)|bald|"
    "balding|clumps of hair|mouth (ulcer*|sores)|ulcers|sores|metallic taste|metal taste|taste in my mouth|"
    "everything taste*|lost ..2 (taste|appetite|voice|hearing|smell)|no appetite|not eat|off my food|loss of "
    "(appetite|taste|hair|smell|hearing|libido)|nosebleed*|nose bleed*|bruis*|bleeding|infection|infections|"
    "pneumonia|shingles|cold sores|thrush|uti|utis|water infection*|sepsis|cellulitis|abscess*|bronchitis|"
    "tuberculosis|chest infection*|tb|sinusitis|liver (enzymes|values|tests|function|numbers|readings|counts|results|"
    "levels|count|test|markers|panel|damage|injury|problems)|(alt|ast|enzymes) ..6 (up|high|raised|elevated|doubled|"
    "tripled|#|rose|went|shot|through)|kidney (function|damage|problems|values|failure)|creatinine|(white|blood|"
    "platelet|platelets|neutrophil*|lymphocyte*|red) [blood] [cell|cells|sugar] [count|counts|levels] ..3 (low|"
    "dropped|drop|fell|down|crashed|high|up|rose|tanked|plummet*|too low|went)|neutropeni*|anemi*|platelets|blood "
    "pressure ..4 (high|up|low|dropped|drop|rose|shot|sky*|through|went|soared|crashed)|blood sugar* ..4 (high|up|"
    "rose|shot|sky*|went|through|soared)|high blood (pressure|sugar)|diabetes|osteoporosis|cataract*|glaucoma|"
    "fracture*|blood clot*|clot|thrombosis|embolism|stroke|heart attack|seizure*|blurred vision|blurry vision|double "
    "vision|blurry|eyesight|dry eyes|ringing in|tinnitus|floaters|pins and needles|tingling|numb|numbness|neuropathy|"
    "cramps|cramping|spasms|twitching|itch|itching|itchy|itched|blister*|acne|pimples|spotty|eczema|psoriasis flare|"
    "peeling|sunburn*|sun sensitive|photosensitiv*|red (patches|patch|marks|spots|blotches)|blotch*|blotchy|swollen|"
    "swelling|swelled|swole|puffy|oedema|edema|allergic reaction*|allergic to|meningitis|pancreatitis|colitis|"
    "jaundice|jaundiced|yellow (eyes|skin)|lupus like|drug induced|serum sickness|flu like|flu symptoms|like flu|"
    "felt like ..2 (death|dying|flu|hell|zombie|crap|shit|rubbish|hit by|train)|feel like ..2 (death|dying|flu|hell|"
    "zombie|crap|shit|rubbish|hit by|train)|wiped out|wipes me out|wiped me out|knocks me out|knocked me (out|for "
    "six|sideways)|floored me|floors me|laid (me|up)|(feel|feels|feeling|felt) ..2 (awful|terrible|dreadful|horrible|"
    "horrid|rough|rotten|ill|unwell|poorly|sick|lousy|crap|crappy|shit|shitty|grim|weird|strange|funny|off|drained|"
    "wrecked|spaced out|hungover|drunk|woozy|weak|worse|bad|rubbish)|was so (ill|unwell|poorly)|made me (ill|unwell|"
    "poorly|worse)|in bed for|bedridden|could not get out of bed|could hardly walk|could not walk|could barely walk|"
    "exhaust*|shattered|zombie|lethargic|lethargy|crushing fatigue|extreme fatigue|fatigue|fatigued|drowsy|knackered|"
    "miscarriage|miscarried|periods (stopped|stop|gone)|period (stopped|is late)|libido|erection*|sex drive|impoten*|"
    "heavy periods|side effect|side effects|adverse (effect|effects|reaction|reactions|event|events)|reacted|bad "
    "reaction|allergic reaction|reaction|reactions|intoleran*|could not tolerate|can not tolerate|did not tolerate|"
    "not tolerate|hospitalised|hospitalized|ended up in (hospital|a&e|er|casualty|icu|the)|hiccups|hiccup*|hoarse|"
    "thirsty|ravenous|starving hungry|always hungry|hungry all|toothache|teeth ..2 (fall*|crumbl*|broke)|pustules|"
    "boils|warts|lump|lumps|black stools|stomach bleed|ulcer|gastritis|incontinen*|pee* ..2 (brown|dark|red)|urine "
    "..3 (dark|brown|red|orange)|nails ..4 (brittle|fall*|black|ridges|lift*|crack*|break*|split*)|skin ..4 (thin*|"
    "tear*|peel*|crack*|yellow|dry|grey|sensitive|crawl*)|orange skin|deaf|hearing loss|joint pain|joint pains|"
    "muscle pain|muscle pains|muscle weakness|stomach pain|stomach pains|tummy pain|back pain|bone pain|body aches|"
    "aches|achy|stomach cramps|stomach (ache|hurts)|tummy ache|chest infection|legs gave way|wobbly|unsteady|off "
    "balance|jittery|wired|hyper|restless*|fell (over|asleep)|slurred|droop*|twitch|paralys*|weepy"
)  # fmt: skip

SYMPTOM = Phrases(
    STRONG,
    "<part> ..5 <pain>",
    (
        "(sore|swollen|puffy|itchy|red|burning|numb|tingling|tingly|shaky|bloated|inflamed|bruised|blurry|blurred|"
        "dry|cracked|painful|weak|heavy|peeling|yellow|shaking|twitching|bleeding|tender|throbbing|lump|lumps|pain|"
        "pains|cramps|rash|spots|blisters|ache|burn|bruise|bruises|swelling|itching|pins and needles|numbness|hole|"
        "ulcers) ..3 <part>"
    ),
    (
        "(<much>|constantly|completely|extremely) ..1 (tired|sleepy|weak|cold|hot|hungry|thirsty|emotional|anxious|"
        "low|ill|bad|unwell|rough)"
    ),
    (
        "(tired|sleepy|weak|hungry|thirsty|emotional) all [the] (time|day)|(hardly|barely) (walk|stand|move|eat|"
        "function|keep my eyes)|can not (stay awake|concentrate|think straight|focus|eat|taste|keep anything)"
    ),
    "could not (stay awake|concentrate|think straight|focus|eat|stand|keep (anything|food))",
    (
        "(stopped|quit|had to stop|came off|taken off|took me off|pulled off|switched) ..8 (because|due to|as it|"
        "after) ..8 (liver|kidney*|reaction|ill|pain|pains|bad|count|counts|effects|vision|eyes|mood)"
    ),
    groups=GROUPS,
    unless=(
        # None of it, or none any more.
        (
            "(no|not|never|without|zero|any|nil|hardly any|barely any|none of the|did not (get|have|feel|notice|"
            "suffer|experience)|have not (had|noticed|felt|got|experienced)|not (had|noticed|felt|have|having|"
            "experienced|get|got|suffered)|never (had|felt|got|noticed|experienced)|free of|free from|instead of|"
            "rather than) ..3 (side effect|side effects|adverse effects|reaction|reactions|problem|problems|nausea|"
            "sickness|headache*|rash|pain|hair loss|infection|infections|fever|weight gain|sick|trouble|allergic|"
            "swelling|swollen|vomit*|ill|dizzy|itch*|bruis*|tired|tiredness|fatigue|cold*|symptoms|cramps|bad|worse|"
            "sore|redness)"
        ),
        (
            "(side effects|side effect|reaction|problems) free|free of side effects|(side effects) ..2 (are|were) "
            "..2 (minimal|mild|none|few|rare|zero|nothing|manageable)"
        ),
        (
            "(few|fewer|less|minimal|minor|lower|reduce|reduced|reducing|prevent*|avoid*|help with|helps with|helped "
            "with|against|stopped|stops|relieves|relieved|eased|eases|treat|treats|treating|cured) ..2 (side effects|"
            "pain|pains|infections|infection|swelling|nausea|flares|headache*|fatigue|rash|itching|fever|stiffness|"
            "inflammation|cramps|migraine*|hives|symptoms|attacks)"
        ),
        (
            "(side effects|side effect|reactions|pain|pains|swelling|rash|fatigue|itching|infections|headaches|"
            "nausea|stiffness|joints|skin|hives|ulcers|fever|fevers|symptoms|cough|diarrhea|tiredness|bleeding|"
            "colitis|cramps|attacks|eczema|psoriasis|hair|swollen) ..5 (gone|went away|has gone|better|cleared|"
            "clearing|improv*|disappear*|settled|settling|stopped|under control|eased|vanished|calmed|went down|gone "
            "down|reduced|less|fewer|subsid*|in remission|faded|healed|normal again|back to normal|growing back|grew "
            "back|grown back|calmer|controlled|halved)"
        ),
        (
            "(what|which|any|are there|are the|common|possible|potential|list of|about|known|usual|read about|"
            "worried about|worry about|scared of|afraid of|fear of|long term|chance of|risk of|risks of|leaflet|"
            "about the|have|does|do|cause|causes|causing|how (common|likely|often)) ..3 (side effects|side effect|"
            "reactions|infection|infections|hair loss|weight gain|allergic reaction) ..6 ?"
        ),
        (
            "(possible|potential|fear of|risk of|risks of|chance of|afraid of|scared of|worried about|worry about|"
            "terrified of|reading about|read about|list of|section on|page on|information (on|about)|paragraph (on|"
            "about)|explain* [the]|explanation of|described|describing|understand [the]|about [the]|about possible) "
            "(side effects|side effect|infections|infection|reactions|hair loss|weight gain|needles)"
        ),
        (
            "(side effects|side effect) (section|page|list|table|part|leaflet|information|chapter|heading|paragraph|"
            "listed|described|mentioned|explained|box)"
        ),
        (
            "(side effects|side effect) ..2 (is|are|were|was) ..1 (explained|listed|described|covered|mentioned|"
            "clear|missing|discussed|well|clearly|worth|important|different|possible|interesting)"
        ),
        (
            "(immune|autoimmune|inflammatory|allergic|inflammation|immunological|cross|innate|adaptive|chain|"
            "polymerase chain) (reaction|reactions|response)"
        ),
        (
            "faint (hearted|of heart|line)|sick (of|leave|note|pay|day|days|people|children|kids|person|patients|"
            "from work|bed)|(home|call|calling|called|off) sick|heart (warming|felt|breaking)|hot (water|drink|"
            "drinks|chocolate|tea|day|days|bath|pack|weather|tip)|warm up"
        ),
        (
            "(lupus|arthritis|hepatitis|colitis|meningitis|diabetes|psoriasis|eczema|vasculitis) (patient*|clinic|"
            "nurse|group|foundation|society|community|diagnosis|research)"
        ),
        (
            "(red|white) (blood|cells|cell|wine|tape|cross|flag*|light)|back (at|to|in|on|and|home|then|up|again|"
            "from|soon|seat)|on the other hand|head (office|of|nurse|start|to)|face (to face|the|it|mask|up)|hand "
            "(in|out|over|sanit*|wash*|gel)|(give|gives|need|lend) ..1 (a|me) hand"
        ),
        (
            "(feel|feels|feeling|felt|am|was) (so|very|really|quite|pretty|just|much) (better|well|good|grateful|"
            "lucky|happy|thankful|relieved|welcome| safe|supported)"
        ),
        (
            "(feel|felt|feeling) (weird|strange|funny|off|bad|sick) (about|that|asking)|confus* (about|by|with) (the|"
            "which|all|what|these|how|all the)|(leaflet|page|article|names|terms|letter|website|information|"
            "instructions|numbers|text|abbreviations) ..3 confus*|confusing"
        ),
        (
            "(was|were|been|felt|feel|am|is|so|very|really|bit|little|quite) ..2 (anxious|nervous|scared|worried|"
            "angry|depressed|tearful|weepy|crying) ..3 (about|before|that|beforehand|the night|at first|of|when|with|"
            "for|at|over)"
        ),
        (
            "(for|against|treat|treats|treating|helps|helped|help|relieve|relieves|manage|stop|stops|prevent|"
            "prevents|cure|instead of) [with] [the|my|his|her|their|chronic|severe|bad|that|this|all|those|these|"
            "recurrent|your] (pain|pains|swelling|swollen joints|rash|rashes|itch|itching|hives|fatigue|infection|"
            "infections|headache|headaches|migraine|migraines|nausea|neuropathy|diarrhea|cramps|stiffness|uveitis|"
            "colitis|psoriasis|joint pain|inflammation|depression|anxiety|insomnia|bleeding|fever|cough|reflux|"
            "heartburn|constipation|ulcers|allergy|blood pressure|diabetes|osteoporosis|gout|arthritis)"
        ),
        (
            "(skip*|pause*|stop*|delay*|postpone*|hold|held) ..5 (during|while|when|until|for|because of) ..4 "
            "(infection|infections|cold|fever|surgery|operation|cough|antibiotics)"
        ),
        (
            "(before|until|till|prior to|pre) ..3 (treatment|diagnosis|diagnosed|starting|started|start|starts|"
            "biologics|infusions|steroids|methotrexate|injections|it|that|the|this|<drug>) ..12 (swollen|swelling|"
            "pain|could not|rash|fever|tired|ill|sick|infection|infections|sore|hair|exhaust*|fatigue|pneumonia|"
            "bleeding|hands|joints|bed|walk|diarrhea)"
        ),
        (
            "(years|months|weeks|lifetime|decades) of ..4 (swollen|swelling|pain|rash|rashes|fever|fevers|infection|"
            "infections|exhaust*|fatigue|pneumonia|bleeding|diarrhea|hives|migraine*|headaches|antibiotics|steroids)"
        ),
    (
        "(before|until) ..8 (swollen|swelling|pain|could not|rash|fever|tired|ill|sick|infection|infections|sore|"
        "exhaust*|fatigue|pneumonia|bleeding|diarrhea) ..4 (now|and now|since then|today)"
    ),
        (
            "(swollen|swelling|pain|could not|rash|rashes|fever|fevers|tired|ill|sick|infection|infections|sore|hair "
            "loss|exhaust*|fatigue|pneumonia|bleeding|diarrhea|bedridden|cough|headaches) ..6 (before|until|led to|"
            "turned out|years until|months until) ..6 (diagnosis|diagnosed|started|starting|treatment|found|"
            "biologic*|lupus|doctor|doctors|<drug>|infusions)"
        ),
        (
            "(prevent|prevents|preventing|protect*|vaccin*|immune system fights|fights|fight|fighting|catch|catching|"
            "avoid|avoiding|exposed to|against|dealing with|cope with|coping with|manage|managing) ..2 (infection|"
            "infections|pneumonia|shingles|hepatitis|fatigue|tb|tuberculosis|colds|pain|side effects)"
        ),
        (
            "(shingles|hepatitis|pneumonia|tb|meningitis) (vaccine*|vaccination*|jab|jabs|shot|shots|booster|test|"
            "tests|screen*)"
        ),
        (
            "(tb|hepatitis|liver|kidney|blood pressure|allergy) ..1 (test|tests|checked|check|checks|monitored|"
            "monitoring|screening|every) ..4 (before|every|first|monthly|weeks|normal|fine|ok|good|stable|clear|"
            "months|regular*)|(liver|kidney) (values|function|tests|enzymes|numbers|results) ..3 (fine|ok|normal|"
            "good|stable|checked|monitored|better|perfect|great)"
        ),
        "(liver|kidney) (transplant*|specialist*|clinic|unit|team|patients)",
        (
            "killer (cell|cells)|(sore|stiff|painful|swollen|aching) ..1 (joints|joint|knees|hands|fingers) ..3 "
            "(before|until|used)"
        ),
        (
            "(fell|fall|falling|fallen|went) (asleep|in love|behind|into place|for|home|well|fine|smoothly|to|on|in|"
            "ok|really|down well|back|great|quickly|without|with|great)|(heart|lost|gone) (goes out|of the|for "
            "words)|lost (count|in|my (letter|card|place))"
        ),
        "(needle|needles|nurse|cannula|vein|veins|plaster) ..6 (hurt|hurts|sting*|pinch*|bruis*|sore|pain|painful) ..2",
        (
            "(sharp|small|little|tiny|quick|slight) ..1 (scratch|sting|pinch|prick|bruise)|(stings|sting|stung|hurt|"
            "hurts) ..1 (a (bit|little)|slightly|less|for a (second|moment)|no more)"
        ),
        "(hardly|barely|does not|did not|do not|not) ..2 (hurt|hurts|sting|feel|bruise|itch|burn)",
        (
            "(depress*|anxious|sick|pain|tired|exhaust*|fatigue) ..4 (disease|illness|lupus|arthritis|condition|"
            "waiting|diagnosis|work|travel*|journey|drive|driving|parking|school|people|friends|flare|flares|flareup)"
        ),
        (
            "(disease|illness|lupus|arthritis|condition|sjogren|crohn|ms|psoriasis|flare|flares|coeliac|celiac|"
            "myositis|vasculitis|jia) ..4 (cause|causes|caused|causing|gave|gives|gave me|pain|rash|fatigue|makes|"
            "made|brings|comes with|with) ..3 (rash|pain|fatigue|fever|fevers|tired|swelling|ulcers|me (tired|ill|"
            "sick|exhausted)|joint|rashes|diarrhea|exhaust*|depress*)"
        ),
        (
            "(some|many|most|few|other|certain|rare|all) (people|patients|children|person|users) ..3 (get|have|feel|"
            "experience|develop|report|suffer|react|are|may|can) ..5"
        ),
        (
            "(pain|depression|fatigue|anxiety|infection|allergy|infusion|headache|diabetes|stroke) (clinic|nurse|"
            "specialist|management|killer|killers|control|suite|ward|team|unit|control|app|diary|relief|group|centre|"
            "center)"
        ),
        (
            "sick and tired|ill (be|ask|try|let|have|go|come|check|never|keep|always)|low (dose|level|risk|cost|fat|"
            "salt)|heavy (traffic|bag|topic|stuff)"
        ),
    ),
)  # fmt: skip

TREATMENT = Phrases(
    "<med>|patch|cream|pen|pens|first one|second one|third one|last one|loading dose|top up", groups=GROUPS
)

# Signs that the trouble came with the treatment.
CAUSE = Phrases(
    (
        "since|ever since|after|afterwards|within|woke up|anyone else|anybody else|came back|did not warn|nobody "
        "warned|following|during|halfway through|half way through|while on|when on|whilst on|as soon as|(#|one|two|"
        "three|four|five|six|seven|ten|few|couple|several|a|next|same|first|second|third|fourth|day|hour|hours|days|"
        "weeks|that|following) [of] (minutes|hours|hour|day|days|week|weeks|month|months|evening|night|morning|"
        "afternoon) [later|after|into|in|of|afterwards|on]|(gave|gives|give|giving|given) (me|him|her|us|my|them|"
        "terrible|bad|<family>)|(made|makes|make|making) (me|him|her|us|my|them|your|it|things|<family>)|leaves me|"
        "left (me|him|her)|(cause|causes|caused|causing)|triggered|triggers|brought on|due to|because of|from (the|"
        "my|this|taking|it|<drug>|them|his|her)|on (<drug>|day|the (drug|drip|tablets|steroids|pills|medication|med|"
        "meds|injections|new|infusion|higher)|(my|his|her) (tablets|steroids|meds|medication|injections)|steroids|"
        "pred|chemo|it|them|this)|each time|every time|whenever|every (infusion|injection|dose|week|month|jab|shot|"
        "cycle)|when (i|he|she|we|they) (take|took|inject|injected|started|start|had|have|get|got|went|use|increased|"
        "was on|am on|tried|switched|takes|gets|starts)|with (<drug>|the (first|second|third|tablets|higher|"
        "injections|infusions|new|drip))|ended up|had to (stop|come off|quit|change|switch|reduce|go to|be)|(put|"
        "keeps|kept|messed|messes|ruined|wrecked|ruins|destroyed|affects|affected|raised|lowered|dropped|knocks|"
        "knocked|wipes|wiped|floors|floored|sent|sends) ..1 (me|my|his|her)|reacted|(developed|develop|develops) ..4|"
        "broke out|came out in|come out in|comes out in|came up in|taken off|took me off|turns out|(is|are|was|were) "
        "(making|giving|causing)|started (getting|having|to)|(the|that) (day|evening|night|morning) (i|of|after)|(#|"
        "few|two|three|several|first|second|third|fourth|last) ..1 (infusion|infusions|dose|doses|injection|"
        "injections|tablets|tablet|shot|shots|jab|jabs|session|sessions|cycle|cycles)|stopped (working|sleeping|"
        "eating)|(so|too) ..2 (bad|bad that|badly|strong|severe|much) (that|i|we|they)|(is this|is it|was it|could "
        "it be|blame|blaming|suspect|put it down to|thanks to) ..3 <med>|(has|have) (been|got|gone|given|made|become|"
        "started|had)"
    ),
    groups=GROUPS,
)
# Where no medicine is named, the page says which is meant.
UNNAMED = Phrases(
    "(on|from|with|off) (it|them|this|that stuff|this stuff)|(pulled|took|taken|came) ..1 off ..1",
    (
        "(was|were) (my|the) ..3 (first and last|last|first) ..2 (dose|one|infusion|time|injection)|(my|the) (first "
        "and last) ..2"
    ),
    (
        "(since|from|by|in|during|until) week #|week (#|one|two|three)|within (the|an|#|half) ..1 (hour|hours|"
        "minutes|minute)"
    ),
    "nobody warned me|no one warned me|was not warned|not warned about",
    "anyone else ..2 (get|getting|got|have|had|having|with|notice|feel|feeling|find|experience|suffer|react)",
    (
        "(it|this|they) ..2 (has|have|had) ..2 (turned|made|given|caused|dried|ruined|wrecked|messed|left|put|"
        "affected|stopped|started|thinned|changed|raised)"
    ),
    (
        "(it|this|they) ..1 (dried|turned|thinned|raised|lowered|burns|burned|burnt|stung|hurts|upset|upsets|"
        "triggered|brought|messes|destroyed|causes|caused|changes|changed) ..2 (my|me|up|on|out|his|her|a)"
    ),
    (
        "(side effect|side effects) ..2 (was|were|are|is|got|have been|include|included|so far|made|mine|started|"
        "like|such as)|(gave|gives|giving|made|makes|left|caused|causes) (me|him|her|my)"
    ),
    (
        "(had|have|has|got|gets|get|having|suffered|suffering|experienced|experiencing|developed|terrible|bad|awful|"
        "horrible|worst|horrendous|nasty|main|only|severe|unpleasant|huge|scary|delayed|allergic|infusion|injection|"
        "site) ..2 (side effect|side effects|reaction|reactions|adverse)"
    ),
    (
        "(it|this|that|they|these|stuff|thing|injections|drug|which|first one|second one|last one) ..2 (made|makes|"
        "making|left|leaves|leaving|gave|gives|giving|give|caused|causes|causing|knocked|knocks|wiped|wipes|floored|"
        "floors|messes|messed|ruined|wrecked|turned|turns|sent|put) (me|him|her|us|my|<family>|his|a|terrible|awful|"
        "bad|horrible|so)"
    ),
    (
        "(had to|made me|forced to|decided to|told me to) (stop|come off|stopped|came off|quit|discontinue|change|"
        "switch|reduce)"
    ),
    "(stopped|quit|came off) ..3 (because|due|since|as|after) ..4",
    (
        "(since|after|following|while|whilst|within|when|during|from) ..2 (starting|started|start|beginning|began|"
        "begin|taking|took|take|going on|went on|switching|switched|increasing|upping|the (first|second|third|fourth|"
        "last|new) (one|time|dose|week|day)|coming off|been on|being on|on (it|this|them|these)|having it|having "
        "(the|my)|i (had|have|got|get) (it|this|them|mine))"
    ),
    "(react|reacted|reacting|reacts) ..1 (badly|to|with|terribly)|(could|can|did|does) not tolerate",
    groups=GROUPS,
)

# "... that is mycophenolate for you", "I bruise since ciclosporin", "too sick on the tablets".
BEHIND = Phrases(
    "(on|with|of|from|since|off|under|by|to|after|at|during|was|is|are|blame|thanks to|in) ..3 (<med>|#)",
    groups=GROUPS,
)

SIGNS = (CAUSE, UNNAMED, BEHIND)

REASON = _("Tells of trouble that a treatment may have caused")
_UNWANTED_EFFECTS = 2  # among the four answers about an experience
_FRAGMENT = 3
_AROUND = 12
_MOST_REPORTED = 20
_NEAR = 30  # words between the name of a treatment and the trouble


def side_effects(candidate: Candidate) -> Verdict:
    words: list[str] = []
    for place, answer in enumerate(candidate.experience):
        asked = place == _UNWANTED_EFFECTS
        words += _reported(read(answer), asked=asked)
    words += _reported(candidate.reading if candidate.whole == candidate.text else read(candidate.text))
    return hold(REASON, *dict.fromkeys(words), flag=Flag.SIDE_EFFECT) if words else PASS


def _reported(reading: Reading, *, asked: bool = False) -> list[str]:
    troubles = SYMPTOM.spans(reading.in_clauses())
    if not asked and troubles:
        troubles = _of_treatments(reading, troubles)
    return [reading.written(*each) for each in troubles[:_MOST_REPORTED]]


def _of_treatments(reading: Reading, troubles: Spans) -> Spans:
    """The troubles that came with a treatment."""
    places = {phrases: [first for first, _ in phrases.spans(reading)] for phrases in (TREATMENT, *SIGNS)}
    has_person = bool(PERSONAL.intersection(reading.words))
    found: Spans = []
    for first, last in reading.sentences:
        inside = _between(troubles, first, last)
        if inside and (has_person or _sounds_lived(reading.words[first:last])):
            found += [each for each in inside if _came_with(reading, each[0], (first, last), places)]
    return found


def _between(troubles: Spans, first: int, last: int) -> Spans:
    return troubles[bisect_left(troubles, (first, 0)) : bisect_left(troubles, (last, 0))]


def _came_with(reading: Reading, trouble: int, sentence: Span, places: dict[Phrases, list[int]]) -> bool:
    first, last = sentence
    if reading.words[last] == QUESTION and not PERSONAL.intersection(reading.words[first:last]):
        return False
    if last - first <= _FRAGMENT:  # "Rash. Hives. After my first dose."
        first, last = max(0, first - _AROUND), min(len(reading.words) - 1, last + _AROUND)

    def stands(phrases: Phrases, start: int, end: int) -> bool:
        place = bisect_left(places[phrases], start)
        return place < len(places[phrases]) and places[phrases][place] < end

    if stands(UNNAMED, first, last):
        return True
    if stands(CAUSE, first, last) and (
        stands(TREATMENT, first - _NEAR, trouble) or stands(TREATMENT, trouble + 1, last + _NEAR)
    ):
        return True
    if stands(TREATMENT, first, trouble):
        return True
    return stands(TREATMENT, first, last) and stands(BEHIND, first, last)


def _sounds_lived(words: list[str]) -> bool:
    """Where nobody is named: "Terrible nightmares with it", "felt sick all night", and no sentence of a leaflet."""
    if GENERAL.intersection(words):
        return False
    return bool(LIVED.intersection(words)) or not STATING.intersection(words)
