"""Somebody promotes a cure that no medicine is: herbs, diets, devices, healers, and secrets that doctors keep."""

from django.utils.translation import gettext_lazy as _

from comments.phrases import Phrases
from comments.triage.wording import FAMILY, MEDICINE
from comments.verdicts import PASS, Candidate, Flag, Verdict, hold

GROUPS = {
    "med": MEDICINE,
    "family": FAMILY,
    "disease": (
        "lupus|arthritis|ra|ms|multiple sclerosis|crohn|crohns|colitis|psoriasis|eczema|asthma|diabetes|cancer|"
        "hashimoto|hashimotos|sjogren|sjogrens|vasculitis|myositis|scleroderma|autoimmune [disease|diseases|"
        "condition|conditions|illness|disorder]|autoimmunity|immune deficiency|immunodeficiency|cvid|hiv|aids|herpes|"
        "hepatitis|celiac|coeliac|alopecia|vitiligo|fibromyalgia|allergy|allergies|disease|diseases|illness|"
        "condition|inflammation|symptoms|ibd|itp|uveitis|myasthenia [gravis]|narcolepsy|parkinson|als|thyroid|graves|"
        "gout|spondylitis|sarcoidosis|ankylosing spondylitis|flares|lyme|everything|anything|any disease|all "
        "diseases|ailment*|sickness|psoriatic arthritis|chronic [illness|fatigue|pain|disease]|immune system|leaky "
        "gut|urticaria|hives"
    ),
    "quack": (
        "herb|herbs|herbal|herbalist|natural|naturally|nature|remedy|remedies|holistic|homeopath*|homoeopath*|"
        "naturopath*|ayurved*|detox*|cleanse*|cleansing|alkaline|turmeric|curcumin|black seed*|essential oil*|cbd|"
        "cannabis|hemp|celery juice|juice|juicing|juicer|carnivore|keto|fasting|raw food|plant based|superfood*|"
        "supplement|supplements|powder|potion|elixir|tonic|tea|tincture|crystal*|reiki|energy|frequency|frequencies|"
        "quantum|magnet*|vibration*|light therapy|biophoton*|ozone|hydrogen peroxide|colloidal silver|silver|mms|"
        "bleach|chlorine|ivermectin|fenbendazole|borax|zeolite|parasite*|heavy metal*|toxin|toxins|prayer|prayers|"
        "spell|healer|healers|healing|spiritual*|manifest*|mindset|meditation|protocol|method|program|programme|"
        "course|coach|ebook|recipe|diet|gluten|dairy|enema|enemas|coffee enema*|stem cell*|bee venom|bee stings|"
        "snake|mushroom|mushrooms|mushroom*|ginger|garlic|honey|vinegar|lemon|baking soda|celery|noni|moringa|"
        "soursop|aloe|wheatgrass|spirulina|chlorella|kefir|bone broth|root|roots|leaf|leaves|seed|seeds|oil|drops|"
        "capsules|patch|patches|device|bracelet|mat|grounding|earthing|structured water|water|salt|sea moss|kombucha|"
        "vitamin*|d3|zinc|minerals|amazing product|product|formula|chinese medicine|acupuncture|chiropract*|urine|"
        "urine therapy|venom|worms|helminth*|hypnosis|iridolog*|kinesiolog*|bioresonance|rife|pemf|sauna|cupping|"
        "leech*|wim hof|cold showers|lectin*|nightshade*|plant|plants|berry|berries|mixture|extract|elimination|"
        "eating|sunlight|oxygen"
    ),
    "cure": (
        "cure|cures|cured|curing|heal|heals|healed|healing|reverse|reverses|reversed|reversing|reversal|eliminate|"
        "eliminates|eliminated|eradicate*|banish*|vanish*|wiped out|got rid of|gets rid of|get rid of|rid of|"
        "disappear*|fixed|fixes|fix|beat|beats|restore*|regenerat*|resets|reset|melts|dissolves|flushes|flush|"
        "overcame|defeat*|conquer*|put ..4 (in|into) remission|gone|free of|free from|normalised|normalized|freed|"
        "killed"
    ),
    "time": "day|days|week|weeks|month|months|hour|hours|overnight|fortnight|sessions|year",
    "they": (
        "they|doctors|doctor|big pharma|pharma|the government|the (medical|pharmaceutical|drug) (industry|"
        "establishment|companies|system|mafia)|drug companies|pharmaceutical*|hospitals|the nhs|the fda|the system|"
        "the media|the elite|medics|rheumatologists|specialists|consultants|the establishment|mainstream medicine|"
        "western medicine|modern medicine|medicine|conventional medicine|the industry|gps|oncologists|physicians"
    ),
}  # fmt: skip

CURES = Phrases(
    (
        "<quack> ..8 (reset|resets|resetting|rebuilt|restored|removed|cleared|washed|flushed|purified|repaired|"
        "regenerated|balanced|rebooted) ..2 (my|your|the|his|her|itself) ..3 (immune|immunity|gut|blood|body|virus|"
        "cells|system|liver|disease|dna|inflammation|joints|skin|infection)"
    ),
    (
        "(immune|immunity|gut|body|system|cells) ..4 (reset|rebooted|restored|rebuilt|repaired|regenerated|balanced|"
        "purified|healed) ..2 (itself|after|with|by|thanks|through) ..6 <quack>"
    ),
    (
        "(suppress|suppresses|suppressed|hide|hides|hid|bury|buries|buried|block|blocks|banned|ban|fear|killed|"
        "steal*|censor*) ..2 (the|a|all|this|every|natural|these|real|many) ..2 (cure|cures|remedy|remedies|truth|"
        "healer*|treatment that works)"
    ),
    (
        "(wheelchair|bed|bedridden|crutches|stick|incurable|gave up on|dying|hopeless case|no hope|nothing (worked|"
        "helped)|tried everything) ..8 (then|until|till|but) ..3 (i|he|she|we|my <family>|someone) ..3 (found|"
        "discovered|met|tried|started|heard|contacted|came across|read about) ..6 <quack>"
    ),
    (
        "(herbalist|healer|shaman|guru|naturopath|homeopath|prophet|pastor|witch doctor|spell caster|medicine man|"
        "priest) ..5 (removed|healed|cured|treated|fixed|cleared|saved|took away|mixture|mix|medicine|herbs|powder|"
        "potion|brew|tea) ..5 (<disease>|me|my|virus|blood|pain|all|gone|her|him)"
    ),
    (
        "(too much|lots of|make|makes|making|earn|billions|fortune) ..1 (money|profit|profits|billions) ..4 (from|"
        "off|out of|with|on) ..3 (sick|ill|illness|us|you|patients|disease|people|suffering|drugs) ..4"
    ),
    (
        "(threw|thrown|throw|binned|ditched|threw away|got off|came off|no longer need|stopped|off all|free of|"
        "without|flushed) ..4 (<med>|inhaler*|puffer*) ..6 (after|since|thanks to|because of|due to|when i (started|"
        "found|discovered)|with|by) ..6 <quack>"
    ),
    (
        "<quack> ..3 (took|takes|taken|take|drew|pulled|washed|chased|swept|melted) ..1 (my|the|his|her|all|your) "
        "..3 <disease> ..2 away"
    ),
    (
        "<quack> ..8 (say goodbye to|said goodbye to|goodbye to|no more|never again|no flares|no flare|changed "
        "everything|changed my|zero symptoms|no symptoms|off all|normal again|new person|cleared|cured|healed|"
        "sorted) ..2"
    ),
    (
        "(no more|goodbye|say goodbye to|rid of) ..1 <disease> ..3 (ever|forever|for good|thanks|since|with|again|"
        "after|in (just|only|#)) ..2"
    ),
    (
        "(truth|secret|secrets|facts|lies|lie|what) ..6 (doctor|doctors|rheumatologist|rheumatologists|consultant|"
        "pharma|they|industry|mafia|hospitals) ..3 (hide|hides|hiding|keep from|keeps from|will not tell|does not "
        "tell|do not tell|never tell|conceal*|not want you|do not want|does not want|refuse) ..2"
    ),
    (
        "(mafia|cartel|cabal|elite|establishment|industry) ..5 (keep|keeps|hide|hides|suppress*|ban*|bury|buries|"
        "kill|kills|silence*|want|wants|hates|hate|lies|fear|fears) ..2"
    ),
    (
        "(keep|keeps|kept|keeping) ..2 (cure|cures|truth|remedy|knowledge) ..1 (secret|hidden|quiet|from us|from you|"
        "from people|away|under)"
    ),
    (
        "(medicine|medicines|drugs|pills|doctors|meds|medication|pharma) ..2 only ..1 (treat|treats|mask|masks|hide|"
        "hides|suppress*|cover*|manage|manages) ..2 (symptom|symptoms) ..6"
    ),
    (
        "(treat|treats|heal|heals|address|addresses|fix|fixes|go to|tackle|remove|removes) the (root|root cause|real "
        "cause|true cause|cause)"
    ),
    "(able to|managed to|could|can|will|how to|how i|way to|i|we|you|to) ..1 (reverse|cure|heal) ..3 <disease> ..5",
    (
        "<quack> ..1 (cured|heals|healed|cures|reversed|reverses|fixed|beats|beat|saved) ..1 (what|where|me|my|us|"
        "everything|more than|the|all|him|her)"
    ),
    "(cured|healed|reversed|fixed) ..1 (what|where) ..3 (could not|can not|failed|never)",
    (
        "(remove|cut out|quit|give up|stop eating|eliminate|avoid|drop|without) ..2 (sugar|gluten|dairy|lectins|"
        "nightshades|grains|meat|seed oils|wheat|milk|carbs|processed food) ..6 (<disease>|symptoms|it|everything) "
        "..3 (disappear*|vanish*|gone|goes away|go away|heal*|cured|cure|reverse*|stop|never|free|leave*|fades)"
    ),
    (
        "(works|working|worked|success*|effective|cured|helped|healed) ..3 (# (in|of|out of) #|# percent|# %|every "
        "patient|all my (clients|patients|customers)|thousands|hundreds) ..2 (patient*|people|clients|cases|$|order|"
        "i) ..1"
    ),
    (
        "(pharma|doctors|doctor|rheumatologists|hospitals|dermatologists) (hate|hates|fear|fears|laugh*|do not like|"
        "is afraid of|are afraid of) ..2 (this|trick|it|remedy|when|simple|plant|cure)"
    ),
    # It cured me.
    (
        "(cured|healed|reversed|eliminated|eradicated|beat|fixed|overcame|defeated) ..2 (my|his|her|our|their|me|him|"
        "us|them|myself|himself|herself|<family>|all|your|every|the) ..3 <disease>"
    ),
    (
        "(cured|healed|cure|heal) ..1 (me|myself|himself|herself|him|us|hundreds|thousands|many|people|so many|over|"
        "permanently|naturally|completely|fully|totally|of|from|everything|<family>) ..2"
    ),
    (
        "(was|been|is|am|are|be|got|get|getting|finally|fully|completely|totally|permanently|now|were) ..2 (cured|"
        "healed) ..1"
    ),
    (
        "<quack> ..8 <cure> ..6 (<disease>|me|my|him|her|it|you|your|naturally|permanently|anything|everything|for "
        "good|people|thousands)"
    ),
    (
        "<cure> ..8 (<disease>|itself|myself|yourself|me) ..8 (with|using|by|thanks to|through|via|from|due to|"
        "without (drugs|medication|meds|doctors|chemicals|medicine|steroids)) ..5 <quack>"
    ),
    (
        "<cure> ..6 <disease> ..6 (naturally|permanently|for good|for ever|forever|completely|at home|without (drugs|"
        "medication|meds|side effects|doctors|medicine|steroids|chemicals|any)|in (just|only|under|less|#|two|three|"
        "six|four|a few|as little)|within #|with (herbs|natural|this|one|his|her|simple|diet|food|just|only|nothing "
        "but))"
    ),
    "(cure|cures|cured|curing|heals|reverse|reverses|reversed|reversing|eliminate*) ..1 <disease> ..4",
    (
        "(cure|remedy|treatment|solution|answer|remedies|medicine|protocol|secret) ..1 (for|to|against) ..2 "
        "<disease> ..10 (<quack>|works|guarantee*|permanent*|100*|hidden|they|contact|order|buy|doctor|found|"
        "discovered|is|called|naturally|finally|available|no one|really|exists|email|whatsapp|online|link)"
    ),
    (
        "(permanent|permanently|complete|total|guaranteed|guarantee|100*|hundred percent|real|true|lasting|instant|"
        "miracle|proven|only|amazing|natural|herbal|secret|ancient|powerful|ultimate|hidden|known|holistic) ..2 "
        "(cure|cures|cured|healing|healed|remedy|remedies|reversal|recovery|antidote|elixir)"
    ),
    (
        "(100|hundred|1000|99|95|98) (%|percent|per cent) ..3 (cure*|natural|guarantee*|heal*|success*| safe|"
        "effective|work*|organic|herbal|pure|recovery|reversed|free|better|of people|gone|recovered|remission)"
    ),
    "(guarantee|guaranteed|guarantees) ..4 (cure|results|relief|heal*|work*|remission|improv*|or your|money|to)",
    # A promise with a date.
    (
        "(symptom free|symptoms gone|pain free|in remission|remission|gone|disappeared|vanished|cleared|off all|no "
        "more|free of|completely (well|better|normal)|healthy|walking again|no (symptoms|flares|pain)|antibodies "
        "(gone|negative|normal)|negative) ..6 (in|within|after|since|thanks to|with|because of|by|from) ..6 (<quack>|"
        "this|#|just|only) ..3 [<time>] ..4 (<quack>)"
    ),
    (
        "<quack> ..14 (symptom free|symptoms gone|symptoms (disappeared|vanished)|pain free|in remission|into "
        "remission|remission|gone|disappeared|vanished|cleared up|off all ..2 <med>|no more ..2 <med>|threw ..4 "
        "<med>|never needed|no longer need|do not need|came off|stopped all|antibodies|better than any|works better|"
        "instead of ..3 <med>|worked wonders|saved my life|changed my life|life changing|free from)"
    ),
    (
        "(thanks to|because of|due to|after|since (starting|taking|drinking|using|i started)|all i did was|only|"
        "just) ..6 <quack> ..10 (<disease>|symptoms|pain|antibodies|doctor|doctors) ..4 (gone|disappeared|vanished|"
        "cured|remission|shocked|amazed|baffled|stunned|normal|free|no more|could not believe|healed|reversed)"
    ),
    (
        "(doctor|doctors|rheumatologist|consultant|specialist|neurologist|they) ..4 (shocked|amazed|baffled|stunned|"
        "speechless|could not (explain|believe)|can not (explain|believe)|lost for words|had no explanation|"
        "astonished|gobsmacked)"
    ),
    # What they hide.
    (
        "<they> ..3 (do not want (you|us|people|anyone|patients|the public|this)|does not want (you|us|people|anyone|"
        "patients|this)|never want you|will not tell (you|us|people)|wont tell|will never tell|do not tell (you|us)|"
        "never tell (you|us)|does not tell you|hide (it|this|the|that|from)|hides (it|this|the)|hiding (it|this|the|"
        "from)|suppress (it|this|the truth|cures|natural|every)|keep (you|us|it secret|this secret|it hidden|people|"
        "patients) ..1|want (you|us|people) (sick|ill|to stay|to keep|hooked|dependent)|refuse to (tell|admit)|are "
        "afraid (of|you)|profit*|make (money|billions|millions|a fortune)|only (want|care) ..2 money|just want ..2 "
        "money|need you sick|are paid (by|to)|get paid|lied to|lie to|lie about|lied about|earn (money|billions|"
        "from)) ..6"
    ),
    (
        "(hidden|suppressed|hide|hiding|banned|censored|buried|covered up|secret|secrets|kept from|silenced|lied) "
        "..4 (by|from|cure|cures|remedy|truth|us|public|knowledge|pharma)"
    ),
    (
        "big pharma|big farma|bigpharma|pharma (mafia|lies|shill*|profits)|(cured|healthy) (patient|patients|"
        "customer*) ..3 (customer*|lost|no|profit)|(keep|keeps|keeping) (you|us|people|everyone) (sick|ill|hooked|"
        "dependent|poor)|(no|not) ..1 (money|profit) in ..2 (cure*|healthy|healing|curing)"
    ),
    (
        "(^ wake up|wake up (people|everyone|folks|sheeple|and)|open your eyes|do your [own] research|educate "
        "yourself|they lied|sheep|sheeple|mainstream medicine|poisoning us)"
    ),
    (
        "(root cause|real cause|true cause|underlying cause|cause of all) ..8 (<quack>|doctors|ignore*|heal*|"
        "address*|gut|treat*|fix*|toxins|mould|mold|emotion*|trauma|not)"
    ),
    # Sellers and healers.
    (
        "(herbal|native|traditional|spiritual|african|spell|natural|holistic) (doctor|doctors|healer|healers|"
        "herbalist|cure|cures|caster|casters|home|formula|practitioner)"
    ),
    (
        "(try|tried|take|took|taking|swear by|recommend|got|bought|ordered|using|used|use|drink|drinking|started|"
        "with|thanks to|only|just|buy|order|get|sent) ..3 (herbal|native|traditional|natural|holistic|ayurvedic|"
        "chinese) ..1 (medicine|medicines|remedy|remedies|mixture|mix|product|products|treatment|treatments|therapy|"
        "tea|supplement*|herbs|drink|soup|medication|clinic|capsule*|root|roots|protocol) ..14 (cure*|heal*|gone|"
        "free|better than|work*|remission|revers*|disappear*|permanent*|saved|changed|miracle|amazing|clear*|normal|"
        "no more|off|wonder*|never|vanish*|helped me|negative)"
    ),
    (
        "(herbalist|naturopath|homeopath|healer|shaman|spell caster|prophet|pastor|functional medicine|health coach|"
        "wellness coach|nutritionist|energy healer|iridologist) ..12 (cure*|heal*|reverse*|fixed|saved|contact him|"
        "contact her|remission|got rid|sorted)"
    ),
    (
        "(contact|email|whatsapp|message|dm|inbox|call|text|reach|visit|order|buy|write to|google|look up|search for|"
        "pm|follow|join|click|check out|link|book|sign up|subscribe) ..8 (herbal*|heal*|cure*|remedy|remedies|"
        "protocol|detox*|cleanse|natural*|doctor who|doctor that|supplement*|my (program|course|book|method|recipe|"
        "page|store|shop|website|blog|protocol|link)|bio|formula|miracle)"
    ),
    (
        "(herbal*|heal*|cure*|remedy|remedies|protocol|detox*|cleanse|supplement*|formula|miracle|natural*|tea|oil|"
        "product|capsules|powder|drops|juice) ..12 (contact|email|whatsapp|message me|dm me|inbox me|pm me|order|buy|"
        "discount|price|website|link|free shipping|ask me how|get yours|available|in stock|limited|shop|store|sold|"
        "sell|selling)"
    ),
    (
        "(testimony|testimonies|testimonial|my story of healing|god bless doctor|all thanks to ..2 doctor|great man|"
        "thanks to doctor) ..6"
    ),
    (
        "(miracle|miraculous|miraculously|magic|magical) ..2 (cure|cures|cured|remedy|healing|healed|pill|product|"
        "plant|herb|oil|water|tea|diet|mineral|solution|supplement|food|drink|doctor|recovery|root|juice|supplement*|"
        "drops|recover*|potion|fruit|ingredient|powder|mushroom*|results|device)"
    ),
    (
        "(secret|one weird|this one|simple|ancient|forgotten|grandmother|kitchen|amazing|weird|cheap|little known|"
        "old) ..1 (trick|ingredient|remedy|remedies|plant|herb|root|spice|recipe|food|formula|mineral|fruit|tea|oil|"
        "drink|cure|hack|berry|mushroom) ..6"
    ),
    # Cleansing and other ways.
    (
        "(need|needs|try|do|did|doing|good|just|must|should|proper|full|week|day|days|start|started|recommend|after|"
        "through|with|my|your|the body|body|liver|gut|by|to|natural|and|then|deep|regular) ..2 (detox|detoxing|"
        "detoxed|detoxify*|detoxific*|detoxes|juice cleanse|parasite cleanse|liver cleanse|gut cleanse|colon cleanse|"
        "heavy metal cleanse|liver flush|cleanse your|cleansing your|cleansed my|clean out your|coffee enema*)"
    ),
    "(^|$) (detox|detoxing|detoxify|cleanse) ..3",
    (
        "(toxins|toxin|parasites|heavy metals|candida|leaky gut|mould|mold|acidity|acidic body|acidic|negative "
        "energy|bad energy|trapped emotions|unresolved trauma|blocked energy|chakra*|past life) ..10 (cause*|remove*|"
        "flush*|cleans*|get rid|rid|out of|behind|real|root|heal*|cure*|disease|illness|autoimmun*|reason|clear*|"
        "body|release*)"
    ),
    (
        "(cause*|remove*|flush*|cleans*|get rid|rid|behind|pull*|draws|eliminat*|release*|purge*|clear*|balance*|"
        "unblock*) ..4 (toxins|toxin|parasites|heavy metals|candida|chakra*|negative energy|impurities|poisons|"
        "acidity|energy field|trapped emotions)"
    ),
    (
        "(boost|boosts|boosting|boosted|strengthen*|reset*|supercharge*|rebuild*|reprogram*|rebalance*|balances|"
        "restart) ..2 (immune|immunity|immune system|your immune) ..6 (natural*|<quack>|so|and|never|with|in|by|that|"
        "100|back|instead|forget|overnight|without)"
    ),
    (
        "<quack> ..6 (boost*|strengthen*|reset*|supercharge*|rebuil*|repair*|balance*|cleans*|detox*|purif*) ..3 "
        "(immune|immunity|body|gut|blood|cells|liver|your|system|dna|energy)"
    ),
    (
        "(works|work|worked|working|better|stronger|safer|more effective|faster) ..2 (better|than|faster|stronger|as "
        "well as|like) ..2 (any|all|every|than) ..3 (<med>|doctor|doctors|pharma|chemical*|pharmaceutical*|hospital) "
        "..6"
    ),
    (
        "(natural|naturally|nature|herbs|diet|food|plants|god|your body|the body|body|jesus|prayer|faith|mind) ..4 "
        "(has (the|a|every) ..1 (cure|answer|remedy)|heals|can heal|will heal|healed|cures|can cure|cured|knows how "
        "to heal|heal itself|heals itself|is [the] (best medicine|medicine|all you need|the only)|provides|reversed|"
        "can reverse|reverses|reverse)"
    ),
    (
        "(let|make) ..1 (food|nature) ..2 (be|your) ..2 medicine|food is medicine|medicine is (a lie|a scam)|"
        "(chemicals|chemical|poison|poisons|toxic) ..4 (natural*|nature|herb*|instead|god|pharma)"
    ),
    (
        "(no|without|zero) ..1 (side effects|chemicals|drugs|doctors|medication|prescription|toxins) ..8 (natural|"
        "herbal|pure*|organic|cure*|heal*|100|plant|works|guarantee*|just nature|order|buy|remedy)"
    ),
    (
        "(natural|herbal|organic|plant based|pure|homeopath*|ayurved*|holistic) ..10 (no side effects|without side "
        "effects|zero side effects|no chemicals|no drugs|works|cure*|heal*| safe|better than)"
    ),
    (
        "(ayurved*|homeopath*|homoeopath*|naturopath*|colloidal silver|mms|chlorine dioxide|black seed*|bee venom|"
        "urine therapy|reiki|crystal*|bioresonance|energy healing|quantum healing|ozone therapy|ivermectin|"
        "fenbendazole|rife|celery juice|sea moss|carnivore diet|carnivore|medical medium|joe dispenza|wim hof|"
        "coimbra protocol|lion diet|soursop|alkaline (water|diet)|raw vegan|water fast*|dry fast*) ..16 (cured|cure*|"
        "heal*|reverse*|remission|gone|work*|fix*|help*|saved|change*|better|best|try|miracle|amazing|recommend|"
        "disappear*|needed|off|free|anything|eliminat*|answer|symptom*|clear*|stop*|rid|life)"
    ),
    (
        "(cured|healed|reversed|remission|try|fixed|saved|swear by|believe in|recommend|only thing|discovered|"
        "switched to|went) ..8 (ayurved*|homeopath*|homoeopath*|naturopath*|colloidal silver|mms|chlorine dioxide|"
        "black seed*|bee venom|urine therapy|reiki|crystal*|bioresonance|energy heal*|quantum heal*|ozone|ivermectin|"
        "fenbendazole|rife|celery juice|sea moss|carnivore|medical medium|coimbra|soursop|alkaline|water fast*|dry "
        "fast*|raw vegan|herbs|herbal)"
    ),
    (
        "(diet|juice|fasting|keto|gluten|sugar|dairy|food|herbs|oil|tea|turmeric|vitamin*|supplement*|water|vegan|"
        "raw|meat|celery|sunlight|cold|breathwork|prayer|faith|god|mushrooms) ..10 (reversed|cured|healed|heals|"
        "cures|reverses|got rid of|put ..4 (in|into) remission|eliminated|fixed|threw away|all my (symptoms|"
        "medication|meds|pain|tablets)|my (lupus|ra|arthritis|ms|crohns|crohn|psoriasis|disease|hashimotos) (is|was|"
        "has) ..1 (gone|in|disappeared|vanished|cured|completely))"
    ),
    (
        "(my|his|her|the) <disease> ..2 (is|was|has|have|are) ..2 (gone|disappeared|vanished|cured|reversed|healed|a "
        "thing of the past|history|just disappeared|nowhere) ..12 (<quack>|without|naturally|all|doctor|and|$|thanks|"
        "after|by|in|forever)"
    ),
    (
        "(they|doctors|people|everyone) ..2 (say|says|said|told|tell|claim|claims|think|thinks) ..6 (incurable|no "
        "cure|cannot be cured|can not be cured|lifelong|for life|for ever|chronic) ..4 (lie|wrong|not true|rubbish|"
        "but|nonsense|i|they|proof|proved|do not believe|bull*)"
    ),
    "(is|are) (curable|reversible)|(can|could) be (cured|reversed|healed) ..6|not incurable|incurable is",
    "(throw|threw|bin|ditch|ditched|flush|chuck|toss) ..6 <med> ..12 (<quack>)",
    (
        "(ask me how|message me|dm me|pm me|inbox me|link in (bio|my)|join my|my (protocol|program|programme|coach|"
        "mentor|course|ebook|healing journey|book)) ..6"
    ),
    "(i (am|was)|my <family>) ..4 (living proof|proof that|the proof) ..10|living proof",
    groups=GROUPS,
    unless=(
        (
            "(no|not|never|nor|without|hope|hoping|hopes|find|finding|found|search|research|researchers|towards|"
            "toward|until there is|until|closer to|one day|someday|waiting for|is there|there is|isn|not yet|working "
            "on|pray for|wish there was|yet|if only|promise|promising|looking for|work on|develop*|any|talk of|"
            "claim*|claims|sell*|so called|fake|beware|scam|dangerous|false) ..3 (cure|cures|cured|miracle cure|"
            "miracle|reverse|reversed|curable) ..1"
        ),
        (
            "(cure|cures|cured|reverse|reversed|heal|heals|curable|detox|natural|herbal|homeopath*|turmeric) ..10 "
            "(is (not|no)|does not (exist|work|cure)|do not (exist|work|cure)|not possible|scam|nonsense|dangerous|"
            "evidence|proven|not (help|cure|replace)|no proof|myth|claims) ..1"
        ),
        (
            "(antivirals|antiviral|tablets|medicines|drugs|treatments|interferon|injections) ..4 (cure|cures|cured) "
            "..2 [hepatitis|people]|(to|not|can|could) cure hepatitis"
        ),
        (
            "(cure|cures) ..4 (yet|or not|some day|one day)|(rubbish|nonsense|scam|fake|myth|almost bought|nearly "
            "bought|warn*|advert|adverts|advertising|wasted|promised|promise|promises|claims|claimed|supposed|"
            "sceptical|skeptical|quack*) ..8 (detox|herbal|cure|cures|cured|heal|heals|healed|supplements|remedy|"
            "remedies|natural|diet|oil|juice|miracle) ..6"
        ),
        (
            "(is|are|does|do|can|could|has|have|will|would|what|how|why|which|did) ..2 (there|it|this|they|anyone|"
            "the|a|that|these|turmeric|diet|gluten|stem|car|gene|bone|vitamin|natural|herbal|we|you|homeopathy|cbd) "
            "..16 ?"
        ),
        (
            "(wound|wounds|cut|scar|skin|ulcer|ulcers|bone|fracture|incision|site|tissue|operation|gut|gums|slow to|"
            "blister*) ..3 (heal|heals|healed|healing)|(heal|heals|healed|healing) ..2 (slowly|well|nicely|quickly|"
            "properly|wound|wounds|cut|ulcer|ulcers|time|within # days)"
        ),
        (
            "(car t|stem cell transplant*|gene therapy|bone marrow|clinical|transplant|antiviral|antivirals|"
            "hepatitis c|surgery|immunotherapy|antibiotics|trial|trials|transplantation) ..6 (cure|cures|cured|"
            "curing|reverse*|remission|heal*)"
        ),
        (
            "(natural killer|naturally occurring|natural (history|immunity|killers|light|antibodies|course|response|"
            "rubber|death|reaction|part|to|that)|naturally (i|we|produce*|make*|occur*|have|happen*))"
        ),
        (
            "(fixed|fix) (the|this|my) (typo|link|page|date|appointment|picture|table|car|spelling|mistake|parking|"
            "error)|(beat|beats) (the|a) (traffic|queue|record|heart|waiting)|(doctor|doctors|nurse|nurses|team) ..2 "
            "(amazed|shocked) (at|by) (how)"
        ),
        (
            "(nurse|nurses|team|doctor|doctors|staff|infusion|infusions|treatment|drug|biologic|biologics|<med>) ..4 "
            "(is|was|are|were|has been|have been|a|works|worked|my) ..2 (miracle|miracles|magic|wonder|lifesaver)"
        ),
        (
            "(they|doctors|doctor|consultants|gps|specialists) ..2 (do not want|does not want|would rather|want|"
            "wants|need|keep|keeps|just want|only want) ..1 (me|my|him|her|to (help|see|check|wait|start|stop|know|"
            "do|try|make|change|give|be sure|keep an|monitor|rule)|an|a|an eye|asking|changing|telling|saying|"
            "cancelling)"
        ),
        (
            "(keep|keeps|keeping) (it|them|me|up|going|records|notes|calm|warm|cold|well| safe|a|the|an|my|well|in|on|"
            "you informed)"
        ),
        (
            "(they|doctors|nurses|consultants) ..1 (cover|lose|fear|hide|profit) (with|the (cannula|needle)|my "
            "(notes|letter|file|arm)|it with|costs|the costs)"
        ),
        (
            "gluten free|dairy free|sugar free|free of charge|(gone|went|go|going) (to|well|on|up|down|back|through|"
            "home|smoothly|by|for|into|from|away)|(energy|water|oil|tea|diet|food|salt|vitamin*|course|program*|"
            "leaf*|leaves|seeds|honey|garlic|ginger|root) (levels|level|bottle|intake|lessons|break)"
        ),
        (
            "(lots of|more|no|little|enough|my|some|any|less|have|got|the|low|drink|drinking|plenty of|of|glass of|"
            "cup of) (energy|water|tea)"
        ),
        (
            "(vitamin d|vitamin b12|folic acid|iron) ..2 (level|levels|deficiency|tablets|test|tests|prescribed|"
            "injections)"
        ),
    ),
)  # fmt: skip

# Somebody who asks whether it can be true, or warns of it, promotes nothing.
DOUBT = Phrases(
    "(is|are|was) (there|that|this|it) ..2 (proof|evidence|true|studies|serious|real|nonsense|rubbish|a scam) ..4 ?",
    (
        "what do ..2 (studies|study|research|experts|you) ..2 say|did nothing|did not (help|work|do anything)|no "
        "effect|warn (people|readers|others)|be careful out there|glad that i read|should not be on|delete the|"
        "changed the homeopath|unbelievable|still take my"
    ),
)  # fmt: skip

REASON = _("Promotes a miracle cure")


def miracle_cures(candidate: Candidate) -> Verdict:
    reading = candidate.reading
    words = CURES.words(reading)
    return hold(REASON, *words, flag=Flag.MIRACLE_CURE) if words and not DOUBT.any(reading) else PASS
