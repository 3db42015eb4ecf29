"""Somebody may be in danger now: thoughts of death, a goodbye, an overdose, or a body that fails this minute.

Here a needless look of a moderator is cheap and a missed one is not: in doubt it is flagged.
"""

from django.utils.translation import gettext_lazy as _

from comments.phrases import Phrases
from comments.triage.wording import FAMILY, FORMS, MEDICINE, MEDICINE_NAMES, SOMEBODY
from comments.verdicts import PASS, Candidate, Flag, Verdict, hold

GROUPS = {
    "med": MEDICINE,
    "pills": f"{FORMS}|{MEDICINE_NAMES}|packet|packets|bottle|box|boxes|strip|stash|everything|them",
    "family": FAMILY,
    "who": SOMEBODY,
    "i": "i|we|he|she|they|who|<family>",
    "my": "my|his|her|their|our|the|your|a",
    "self": "myself|himself|herself|themselves|themself|yourself|urself|oneself|itself|my self|him self|her self",
    "be": "am|is|are|was|were|be|been|being|feel|feels|felt|feeling",
    "wish": (
        "want|wants|wanted|wanting|wish|wishes|wished|wishing|hope|hopes|hoped|hoping|pray|prays|prayed|praying|long|"
        "longing|longed|need|rather|prefer|preferred|ready|plan|plans|planned|planning|going|decided|tempted|dream|"
        "dreams|dreaming|fantasise*|fantasize*|considered|considering|consider|thinking|think|thinks|thought|"
        "thoughts|feel like|feeling like|feels like|felt like|urge|urges|try|tried|tries|trying|attempt*|intend|"
        "intending|about|desire|ways|way|how|let me|let him|let her|time|best|easier|better|want me|threaten*|talks|"
        "talking|talked|talk|says|said|easiest|quickest|googled|googling|imagine|imagining|scared"
    ),
    "death": (
        "die|dying|dead|(end|ending|ends|ended) (it|things|everything|my life|his life|her life|their life|my own "
        "life|my days|myself|life)|(kill|killing|hurt|hurting|harm|harming|hang|hanging|shoot|shooting|drown|"
        "drowning|poison|poisoning|unalive|unaliving|off|cut|cutting|stab|starve|starving|throw|throwing) <self>|"
        "(take|taking|took|taken) (my|his|her|their|your) [own] (life|lives)|(stop|stopping|cease|ceasing) (existing|"
        "being|living|to exist|breathing)|not (exist|existing|be here|being here|be alive|being alive|wake|wake up|"
        "waking|waking up|be around|live|living|being around)|never (wake|wake up|waking|waking up|woken up)|"
        "(disappear|vanish|fade away|be gone|being gone)|(sleep|slept) (forever|and not wake|and never wake)|leave "
        "this (world|earth|life|planet)|leaving this (world|earth|life|planet)|suicid*|jump ..1 (off|from|in front|"
        "under)|jumping ..1 (off|from|in front|under)|meet my maker|be with (god|jesus|the angels)|(check|opt) out|"
        "(checking|opting) out"
    ),
    "notlast": "not|never|cant|no",
    "over": "over|over with|finished|done|to end|to stop|to be over|all over",
    "more": "anymore|any more|any longer|no more|much longer|for much longer",
    "now": (
        "now|tonight|right away|currently|today|this (minute|morning|evening|second|moment|afternoon)|at the moment|"
        "as i (type|write)|(minutes|minute|mins|min|hour|hours|hrs) ago|half an hour|(getting|gets|got) ..1 (worse|"
        "bad|tighter|bigger)|suddenly|sudden|just started|started (#|ten|twenty|five|half)|for the last (#|ten|hour|"
        "few)|for (#|ten|twenty|five|thirty) (minutes|mins|min)|last (hour|hours)|since this|since last night|help|"
        "ambulance|urgent|urgently|emergency|999|911|112|a&e|er|what do i do|what should i do|asap|quickly|fast|by "
        "the (minute|second)|is this (normal|serious|an)|not sure what to do|no idea what to do|who (do|should) i|"
        "anyone (online|there|awake)|still (has|is|have|am)|since (lunch|breakfast|dinner)"
    ),
    "many": (
        "8|9|10|11|12|13|14|15|16|17|18|19|20|21|22|23|24|25|26|27|28|29|30|32|35|36|40|42|45|48|50|54|56|60|64|70|"
        "75|80|84|90|96|98|100|112|120|150|180|200|twenty|thirty|forty|fifty|sixty|hundred|fifteen|dozen|dozens"
    ),
    "ing": (
        "am|is|are|has|have|keeps|keep|started|starts|feel|feels|feeling|getting|gets|gone|going|went|looks|look|"
        "looking|turned|turning|turns|became|become|becoming"
    ),
    "swollen": (
        "swell|swells|swelling|swollen|swelled|swole|swelling up|puffy|puffed|puffing|ballooning|ballooned|huge|"
        "doubled|itching|tingling|enlarged|blown"
    ),
    "airway": "throat|throats|tongue|lip|lips|airway|airways|windpipe|neck",
    "blue": "blue|bluish|purple|grey|gray|greyish",
}  # fmt: skip

DESPAIR = Phrases(
    # A wish, and death.
    (
        "(i|me|my|he|she|<family>|we) ..10 (want*|wish*|hope*|pray*|would|rather|better|worse|peace|relief|easier|"
        "only|feel|feels|thought|think|thinking|scared|ready|deserve|should|could|let|please|tonight|why|just|"
        "sometimes|need|afraid) ..8 (die|dying|dead|death)"
    ),
    (
        "(die|dying|dead|death) ..8 (want|wish|hope|pray|peace|relief|easier|better|worse|than this|only|tonight|"
        "ready|welcome|free|escape|comfort*|beautiful|tempting) ..6 (i|me|my|he|she|us)"
    ),
    "(worse|better|easier|kinder|preferable) than (being dead|death|dying|living|being alive|life|this life)",
    "(like|as) this is worse than",
    (
        "(pray|hope|wish|want|prays|hopes|wishes|want*) ..5 (not|never|would not|do not|could not) ..2 (open my eyes|"
        "wake|see (tomorrow|another|the morning)|get up again|come back|breathe|survive|be here)"
    ),
    (
        "(have|has|got|holding|hold|with|sitting|sat) ..5 (<pills>|razor|rope|knife|gun|bleach|blade|insulin|"
        "morphine|scissors|noose|lighter) ..3 (in (my|his|her) (hand|hands|lap|mouth|palm)|right now|in front of (me|"
        "him|her)|next to (me|him|her)|beside me|around (my|his|her) neck|to (my|his|her) (wrist|head|throat|neck|"
        "arm))"
    ),
    (
        "(going to|gonna|will|am|is|ready to|about to|might|want to|planning to|decided to) ..2 (do it|doing it|end "
        "it|ending it|finish it|finishing it|end everything|finish everything|get it over with) ..3 (tonight|now|"
        "today|soon|tomorrow|this time|once and for all|$|myself|for good|by|if|before)"
    ),
    (
        "if ..8 (i am|i will|then i|i would|am|im|i) ..1 (ending|finishing|doing|leaving) (it|this|everything|things|"
        "the world)"
    ),
    (
        "(locked|shut|barricaded) ..2 (himself|herself|myself|themselves) ..4 (bathroom|room|car|garage|toilet|loo) "
        "..8 (razor|knife|pills|rope|not answer*|tablets|will not|crying|scared|blade|what|help)"
    ),
    (
        "(left|leaves|found|wrote|written|posted|sent|got) ..1 (a|his|her|the|this|me a) (note|letter|message|text|"
        "goodbye|suicide note) ..10 (find|gone|missing|goodbye|sorry|scared|not answer*|phone off|disappeared|dead|"
        "die|love you all|last)"
    ),
    (
        "(going|wanted|about|ready|tempted|tried|almost|nearly|want|wants|thinking|thought|threatened|threatens|"
        "threatening) ..2 (to jump|jumped|jump|of jumping|about jumping) ..3 ($|and|but|off|from|when|until|last|"
        "stopped|in front|out|under|into the|from the)"
    ),
    (
        "(swallowed|swallows|drank|drunk|ate|eaten|injected) ..3 (bleach|antifreeze|detergent|poison|battery|"
        "batteries|acid|weedkiller|weed killer|rat poison|drain cleaner|disinfectant|white spirit|hand sanitiser|"
        "magnets)"
    ),
    (
        "(took|taken|swallowed|swallow|drank|drunk|downed|eaten|ate|emptied|finished) ..2 (whole|entire|full|half|"
        "nearly the whole|an entire) ..1 (bottle|bottles|box|packet|pack|strip|bag|jar|tub|boxes|packets) ..1"
    ),
    (
        "(walk|walking|walked|wade|swim|drive|drives|driving|drove|go|disappear) ..2 (into|in|off) ..1 (sea|ocean|"
        "river|lake|canal|traffic|wall|tree|water|cliff|bridge|snow|woods and not|motorway) ..2 ($|and (never|not|"
        "keep|be|let|end|that)|forever|to (die|end)|tonight|on purpose)"
    ),
    (
        "(not|can not|never|no longer) ..3 (carry|bear|stand|take|endure|face|live with) ..2 (this|it|these|the "
        "(pain|burden|weight)) ..2 (any longer|any more|anymore|no more|much longer|another)"
    ),
    (
        "(hold|hang|holding|hanging|cling*) on ..2 (much longer|any longer|anymore|any more|for (much|long)|to (life|"
        "living))"
    ),
    (
        "(how much longer|how long|not know how) ..3 i ..1 can ..2 (hold|go|carry|keep|do this|take this|survive|"
        "live|last|bear|cope|stand|hang|fight)"
    ),
    (
        "(has|have|had) ..2 (stopped|given up|lost) ..3 (wanting|will|caring|trying) ..1 (to live|about life|living|"
        "to be here)"
    ),
    (
        "bring (me|him|her) peace|(be|been|am|is) at peace (at last|finally|when i|if i|soon)|free from (this|the) "
        "(pain|body|life) (forever|at last|finally|for good)"
    ),
    "(no|without|not) ..1 (more|any) (me|tomorrow|tomorrows|mornings|pain for me) $",
    "<wish> ..1 [to|of|about|for|that|with|by|out|up|on] ..3 <death>",
    (
        "<wish> ..2 (i|he|she|they) (was|were|had|could|would|wish|am|is) ..3 (dead|die|died|never (been|be|woken|"
        "wake|existed|born)|not (here|alive|wake|woken|exist|be|been)|gone|disappear|vanish|sleep forever|never born|"
        "wake|end|killed|killing|dying)"
    ),
    (
        "(hope|wish|pray|hoping|praying|wishing) ..2 (do|does|did|will|would|could|can|had|i|not|never) ..1 (not|"
        "never) ..1 (wake|woken|woke|survive|come round|make it)"
    ),
    (
        "(hope|wish|pray|hoping|praying|wishing) ..3 (illness|disease|lupus|infection|it|god|something|this|next one|"
        "heart|somebody|someone|car|bus) ..2 (kills|kill|takes|take|finishes|finish|hit|stop|gets|end) ..1 me"
    ),
    (
        "(wish|wishing|wished) ..4 (all be over|be all over|it was all over|was over|just end|all end|would end|end "
        "already)"
    ),
    (
        "not (want|wanting|wanna) ..1 to ..2 (be alive|be here|be around|wake|wake up|exist|be on this|see (tomorrow|"
        "another|next|the)|keep (living|going|doing this|fighting)|carry on|continue (living|like|any|$)|go on|do "
        "this anymore|do (this|life) any more|fight <more>|live (anymore|any|like|with (this|the pain|it)|$|and|in "
        "this|through|to see|longer|another|i|because|if|without|so))"
    ),
    "(not|never) ..2 wanted to (live|be alive|be here|die|wake up|exist|carry on|go on)",
    (
        "(do|does|did|could|would) not (care|mind|matter|bothered) (if|whether|that) ..2 (live|die|wake|woke|survive|"
        "make it|am alive|dead|never|lived|died|lives|dies|happens to me)"
    ),
    "(care|matter) ..1 (what happens to me|if i live|whether i live)",
    "no (longer) want* to (live|be alive|be here|exist|go on|wake up)",
    (
        "(lost|losing|no|without) ..2 (will|reason|desire|wish|motivation|strength) to (live|go on|carry on|exist|"
        "wake up|be here|keep going|stay|keep living|keep fighting|stay alive|get up|be alive)"
    ),
    (
        "(no|any|what|the|not much|not any|see no) (point|reason|purpose|sense|use) [in|to|for|of] ..2 (living|live|"
        "life|go on|going on|carrying|carry|being (here|alive)|anymore|waking|wake|existing|existence|me being|be "
        "here|be alive|any of it|staying|keep going|trying anymore|continuing|stay|any of this|it all|getting up|get "
        "up|fighting|fight)"
    ),
    (
        "what (is|was) the (point|use) (?|$|anymore|of it all|of (anything|everything|me|this|going|fighting|getting|"
        "trying)|in (anything|me|going|this|trying|getting))"
    ),
    (
        "(no|not see a|not see any|without a|have no|not have a) (point|future) ..2 (me|anymore|any more|ahead|like "
        "this|$)"
    ),
    "nothing ..1 (left|more) ..1 [to] (live|give|me|fight)",
    "(nothing|little) to live for",
    "no (future|life) (for|left for|ahead of) me",
    "(no|only|one|another) (way|escape|exit) out ..2 ($|of this|for me|but|except|is|left|i|any|than)",
    (
        "(life|living|existence|it|this|being alive|existing|everything) (is|was|does|feels|seems) not ..2 worth (it|"
        "living|the|anything|going|staying)"
    ),
    (
        "(life|living|being alive|existence) (is|was|does|feels|seems) ..2 (unbearable|pointless|meaningless|"
        "worthless|too (much|hard|painful)|torture|agony|not a life)"
    ),
    "worth (living|being alive|staying alive|going on|carrying on) ?",
    "is ..2 (life|it) ..1 worth (living|going|carrying|staying|continuing)",
    "not worth (living|going on|being here|being alive|carrying on)",
    "my life (is|has) ..1 (over|pointless|meaningless|worthless|no (meaning|value|worth|point)|finished|ended|lost)",
    # Without me.
    (
        "(better|happier|easier|fine|ok|okay|relieved|freed|free|richer) ..1 (off|place|if|when|once|without) ..2 "
        "(without me|without (him|her|them) ..1 burden|dead|gone|if i (am|was|were|died|die|had|disappeared|left|"
        "vanished|did)|were not here|i was not|i were not|i am gone|not here|was gone|were gone|am gone)"
    ),
    (
        "(better|happier|easier|fine|cope|manage|survive|relief|carry on|go on|continue) ..2 without me ..1 ($|here|"
        "around|anyway|and|now|in|on|soon|than|they|he|she|i)"
    ),
    (
        "(world|everyone|everybody|family|kids|children|husband|wife|they|mum|parents|people|partner) would ..3 "
        "(better|happier|easier|relieved|relief) ..3 (without|off|gone|dead|if i|when i|not here)"
    ),
    (
        "(nobody|no one|noone|not anyone|who|anyone|anybody|they|everyone|somebody) (would|will|ll|going to) ..2 "
        "(miss|notice|care|mind|cry|mourn|be sad|grieve) ..2 (me|if i|if we|gone|disappeared|died|i (was|am|were) "
        "(gone|dead|not))"
    ),
    "(nobody|no one|noone) (would|will) ..1 (miss|notice|care|cry) ..1 ($|and|anyway)",
    "(only|just|nothing but|such|being|am|be|become|became|feel like|felt like|always) [a] ..1 burden",
    "burden (to|on) (everyone|everybody|my|them|others|anyone|people|all|him|her|the family|those)",
    "(do not|does not|not) deserve to (live|be here|be alive|exist|breathe)",
    "deserve to (die|be dead|suffer)",
    (
        "(hate|hates|hated|loathe|despise|disgusted by) (<self>|being alive|waking up|living|existing|that i am "
        "alive|that i woke|my existence)"
    ),
    (
        "(i|am|feel|feels|feeling|felt|be|being|so|feelings) ..3 (worthless|useless|unlovable|hopeless|hopelessness|"
        "worthlessness) ..2 ($|and|to everyone|person|human|life|burden|as a|i|now|about|inside|anymore|with no)"
    ),
    (
        "(feel|feels|feeling|felt|am|is|so|totally|completely) ..2 (hopeless|suicidal|worthless|empty inside|numb "
        "inside|dead inside|trapped|despair*|helpless)"
    ),
    (
        "(no|any|lost|losing|given up|without|all) ..1 hope ..1 ($|left|anymore|any more|for me|of|in life|at all|"
        "now|i|and|is gone)"
    ),
    # Cannot go on.
    (
        "can not ..2 (go on|carry on|keep going|keep on|keep doing this|keep living|keep fighting|continue) ..1 ($|"
        "like|anymore|any more|any longer|much longer|living|with (this|life|it|my life)|and|but|i|this way|in this|"
        "tonight|without (him|her)|feeling|pretending|it|the|much|being)"
    ),
    (
        "can not ..2 (do|take|bear|stand|handle|face|stomach|endure|live|fight|cope|manage|deal|suffer|exist|see) "
        "..4 (anymore|any more|any longer|no more|much longer|another (day|night|morning|year|week)|tomorrow|like "
        "this|with (life|living|being)|being alive|living)"
    ),
    (
        "can not (cope|take it|live|face (life|it|the world|living|being)|bear (it|life|living|this)|stand (it|life|"
        "living|being alive)|hold on|hang on|see a way|see any way|see myself|see a future|find a reason|think of a "
        "reason) ..1 ($|anymore|and|i|any|like|with|in|out|getting|ahead|for|much|left|one|to (stay|live|go|be))"
    ),
    (
        "(not|hardly|barely|can not) ..1 (know how much|sure how much|know how many|think) ..1 (longer|more|days) "
        "..1 i ..3 (can|take|go|last|hold|left|do)"
    ),
    (
        "(tired|exhausted|sick|weary|fed up|done|bored|finished|over|enough) (of|with|from|by) ..2 (living|life|"
        "being alive|existing|existence|waking up|being here|it all|everything|this (life|world|existence|body|pain)|"
        "being a burden|breathing|my life|being me|fighting (for|to|my|every|this)|holding on|pretending|suffering|"
        "trying|hurting|feeling like this|the world|people)"
    ),
    "(tired|exhausted|sick|enough) of fighting ($|and|i|it)",
    "had enough ..1 (of (life|living|this life|everything|it all|being|this world|suffering|pain)|$)",
    (
        "(ready|want|wants|going|about|will|just|decided|am|time|finally|have|had|feel|feels|feeling|thinking) ..1 "
        "[like|of|about] (to give up|giving up|given up|give up) ..1 ($|on (life|living|everything|myself|it all|me)|"
        "i|and|completely|fighting|for good|now)"
    ),
    (
        "(am|just|so|simply|completely) ..1 (done|finished|over it|out) (with (life|living|it all|everything|this "
        "world|being here|this life|the pain)|here|fighting|trying|$)"
    ),
    (
        "(ready|time|want|wants|okay|prepared|allowed) (to|for me to) (go|leave|let go|rest|say goodbye|meet god|be "
        "at peace|be free) ..1 ($|now|and|i|forever|from (this|it all|life)|of (this|it all|life)|home to|already|"
        "permission)"
    ),
    (
        "(easier|better|best|simpler|kinder|good|nice|favour|favor) ..3 if (i|he|she) ..1 (was|were|had|just|simply|"
        "could|would|did|am|is) ..2 (dead|gone|die|died|disappear|disappeared|vanished|not (here|around|alive|exist)|"
        "never|asleep|end|ended|stopped)"
    ),
    (
        "(want|need|wish|make|end|stop|ending) ..2 (it|this|everything|the (pain|suffering|misery|nightmare|hurt*|"
        "voices|thoughts|agony)|my (pain|suffering|misery|life)|(pain|suffering)) ..2 (<over>|stop|stopped|end|ended|"
        "go away forever|forever) ..1 ($|now|and|i|forever|so|for good|already|all)"
    ),
    (
        "(end|ending) (it|things|everything|this|my|the|all|his|her|their) ..1 (all|now|tonight|suffering|misery|"
        "pain|life|lives|nightmare|torment|existence|here|soon|for good|once and for all|today|before|somehow|by|"
        "with|myself|own)"
    ),
    "put (me|him|her|myself) out of (my|his|her|this) (misery|pain|suffering)",
    (
        "(be|is|are|out|over|rid) ..2 (of this|from this) (hell|misery|nightmare|body|world|life|pain) ..1 ($|for "
        "good|forever|and|i)"
    ),
    (
        "(slip|drift|fade|float|slipping|drifting|fading) away ..2 ($|forever|and|quietly|in (my|the)|peacefully|"
        "from|so|without)"
    ),
    "(sleep|bed|asleep|eyes) ..4 (not|never|without) (wake|waking|open|opening|get|getting) [up|them|again]",
    (
        "(not|never) ..2 (wake|waking|woken|woke) up ..1 ($|again|tomorrow|in the morning|anymore|and|from|one|would|"
        "i|ever)"
    ),
    "(sleep|rest|peace|asleep) (forever|for ever|eternally|at last|permanently|for good)",
    (
        "(scares|scare|frightens|worries|easy|peaceful|comforting|welcome|relief) ..3 (of dying|about dying|death|to "
        "die|dead)"
    ),
    (
        "(death|dying) ..3 (would|sounds|seems|feels|looks|is|as) ..2 (relief|easier|better|peaceful|only|comfort*|"
        "welcome|answer|kind*|solution|an option|freedom|escape|way out|preferable)"
    ),
    "(rather|sooner) ..2 (be dead|die|not be|not live|not exist|not wake|be gone)",
    (
        "(dark|darkest|black|blackest|bad|scary|horrible|terrible|awful|intrusive|evil|morbid|frightening|worst|"
        "those|these|such|ugly) ..1 (thought|thoughts|place|ideas|impulses) ..1 ($|again|about|of|and|i|in|lately|"
        "tonight|at|that|keep|are|every|where|these|with|for|since|when|right|on|have|to|come|creep*|coming)"
    ),
    (
        "(thought|thoughts|thinking|think|thinks|fantas*|dream*|obsess*|ideas|idea|plan|plans|planning|urge|urges) "
        "..1 (of|about|on|to) ..3 (<death>|death|dying|dead|ending|suicide|my (funeral|own funeral)|harm|self harm|"
        "not being|not existing|crashing|bridge|bridges|trains|pills|overdose|overdosing|disappearing|how to go|"
        "going to sleep|the end|ways|driving (into|off)|jumping|cutting|stepping)"
    ),
    "(suicid*|kms|kys|ctb|unalive|unaliving|unalived|killmyself|wanttodie|selfharm|selfharm*|killing me slowly inside)",
    "self (harm|harms|harmed|harming|injury|injuring|injures|mutilat*|destruct*|inflicted)",
    (
        "(kill|kills|killed|killing|hang|hanged|hung|hanging|unalive|unalived|overdosed|overdosing|drown|drowned|"
        "shoot|shot|top|topping|topped|offed|offing|strangle*) <self>"
    ),
    (
        "(been|started|starting|start|keep|keeps|kept|am|is|was|want|wants|urge|going|deliberately|purpose*|"
        "intentionally|secretly|stop|stopped|by|about|afraid|scared|might|may|could|will|not to|did|risk|thinking|"
        "rather) ..2 (cut|cutting|cuts|hurt|hurting|hurts|harm|harming|harms|harmed|burn|burning|burns|punch*|hit*|"
        "injure|injuring|scratch*|starve|starving|bite|biting) ..1 <self>"
    ),
    "(cutting|cuts|harming|burning) <self>",
    (
        "(cut|cutting|cuts|slit|slitting|slash*|scars|razor|razors|blade|blades|knife) ..2 (my|his|her|their|own|"
        "both) ..1 (wrist|wrists|arm|arms|thigh|thighs|leg|legs|skin|veins|body|throat|stomach)"
    ),
    (
        "(started|been|am|is|was|back to|relapsed|keeps|keep|caught|stop|stopped|hides|hiding|without|addicted to|"
        "clean from|by) ..2 (cutting) ..1 ($|again|since|because|to cope|and|i|for|when|at|myself|in (secret|the)|"
        "last)"
    ),
    (
        "(razor|razors|blade|blades|rope|noose|gun|knife|bleach) ..5 (ready|tonight|wrist*|bath|drawer|table|next to|"
        "hand|bed|garage|lap|skin|waiting)"
    ),
    # Plans, attempts, goodbyes.
    (
        "(not|never) ..3 (see|make it|making it|last|live|survive|be here|get) ..2 (to|until|till|for|as far as) ..2 "
        "(christmas|birthday|new year|next year|spring|summer|the weekend|the morning|the end|easter|winter|next "
        "week|tomorrow|thirty|forty|#)"
    ),
    "not see <self> ..4 (making|being|living|here|alive|getting|having|surviving|old)",
    (
        "(nobody|no one|noone|who|not anyone) (is going to|will|would|is gonna|ever) ..1 (cry|care|miss|notice|mourn|"
        "mind) ..4 (when|if|$|me|i|that|anyway)"
    ),
    (
        "(disappointed|sorry|angry|hate|gutted|upset|sad|annoyed|cry|crying|regret|devastated|furious) ..3 (woke|"
        "wake|waking|still here|still alive|survived|alive|breathing|opened my eyes) ..2"
    ),
    (
        "(found|caught|stopped|saved) (me|him|her) ..5 (pills|tablets|rope|knife|razor|bridge|ledge|trying|noose|"
        "belt|roof|edge|blade|just in time|on the tracks)"
    ),
    "(tied|tie|tying|tidied) ..2 loose ends",
    (
        "(funeral|my will|the will|passwords|my affairs|my things|my belongings|life insurance|burial|my ashes) ..8 "
        "(planned|planning|sorted|ready|written|time|desk|songs|told|everything|where|in order|done|chosen|for when)"
    ),
    (
        "(told|tell|shown|showed|sorted|planned|written|wrote|left|updated|gave|given away|giving away|gives away) "
        "..5 (the will|my will|will is|passwords|my funeral|funeral songs|(his|her|my) (dog|cat|things|belongings|"
        "possessions|stuff|records|guitar|favourite))"
    ),
    "(hurting|harming|injuring) <self>",
    (
        "(cut|cuts|burn|burns|burnt|burned|scratch|scratched|hit|punched|hurt|hurts|harm|harms|bruise) <self> ..4 "
        "(times|again|this week|last night|to (cope|feel|punish)|on purpose|whenever|when (i|he|she) (feel|feels|am|"
        "is)|every|secretly|because|so that|and (hide|hides)|tonight|today|just)"
    ),
    (
        "(scratch|cut|burn|pick|bite|scrape|slice|carve) ..1 (my|his|her) ..2 (arms|arm|skin|wrist|wrists|legs|"
        "thighs|hands|thigh) ..3 (until|till|bleed|to (feel|cope|punish)|on purpose|again|when)"
    ),
    (
        "(took|taken|swallowed|taking|had|necked|downed|eaten) [about|around|over|nearly|almost|like|all|another|"
        "roughly] <many> [x|of] ..1 (of (my|the|them|his|her)|<med>|amitriptyline|sertraline|citalopram|zopiclone|"
        "diazepam|sleepers)"
    ),
    (
        "<many> ..1 (<med>|amitriptyline|sertraline|diazepam|zopiclone) ..4 (enough|kill|do it|dangerous|fatal|"
        "lethal|work|be bad|finish|end)"
    ),
    (
        "(life|living|it|everything|nothing|this) (has|holds|had) ..1 (no|lost ..2|little) (meaning|point|purpose|"
        "sense|value|joy|reason|future)"
    ),
    (
        "(not|never|can not|doubt) ..4 (survive|get through|make it through|face|cope with|go through|live through|"
        "take|stand) ..1 (another (flare|day|night|year|round|week|relapse|hospital|operation|winter)|tonight|the "
        "night|this (again|any)|one more)"
    ),
    (
        "(one more|another) (flare|relapse|setback|bad day|treatment|infusion|failure) ..6 (end|done|kill <self>|"
        "finish|that is it|over|gone|out|give up)"
    ),
    (
        "if ..6 (fails|fail|not work|does not work|not help|comes back|gets worse) ..6 (end (it|things|everything|"
        "myself)|kill|done with|am out|i am done|finish it|finish things|no reason|take my|rather die|not be here|"
        "want to die|that is it)"
    ),
    (
        "(sorry|forgive me|love you|thank you|bye) [so much] (mum|mom|dad|everyone|everybody|all|kids|children|my "
        "(love|family|wife|husband|boys|girls|darling|babies)|darling|world) ..6 (sorry|tried|goodbye|bye|this is it|"
        "care|always|forgive|take care|each other|$|remember)"
    ),
    "i (tried|really tried|have tried|tried so hard|did try) $",
    "(this is it|that is it|that is me|i am) ..1 (for me|then|done|out) $",
    (
        "(not|no longer|never) ..2 (strong|brave) enough to ..2 (stay|live|go on|carry on|continue|fight|keep|do "
        "this|be here|face|survive)"
    ),
    (
        "too (tired|exhausted|weak|sad|broken|much) to ..2 (go on|live|carry on|exist|keep (going|fighting|living)|"
        "stay alive|continue|be here|fight (anymore|any))"
    ),
    (
        "(no|not any|lost the|without|not got any|not have any|have not got any) (fight|strength|energy|will|hope|"
        "life|reason|spark) ..1 left ..3"
    ),
    (
        "(lost|losing|given up|giving up|lose) ..1 (the|my|this) (will|fight|battle) ..2 ($|to|and|with (myself|"
        "depression|life|my (mind|head))|against (myself|my (mind|head)))"
    ),
    "(someone|somebody|they|god|doctors|doctor|vet|please|just) ..3 put me (to sleep|down|out)",
    "(hear|hearing|heard|hears) ..2 (voice|voices)",
    (
        "(voice|voices|head|thoughts|demons|something) ..3 (saying|telling|says|tells|said|whisper*|shout*|scream*) "
        "..5 (jump|die|do it|kill|hurt|end it|worthless|useless|burden|better off)"
    ),
    (
        "(can|could|would|will|does|do) (you|i|someone|it|anyone|one|this|that|they|he|she|people|we) ..2 (die|kill "
        "you|kill me|kill someone|kill a) ..3 (from|of|by|if|with|painlessly|quickly|in your sleep|?) ..3 (too (much|"
        "many)|taking|overdose|overdosing|mixing|drinking|injecting|swallow*|all|whole|stop|#)"
    ),
    (
        "what (happens|would happen|will happen) (if|when) ..3 (take|took|swallow|inject|drink|takes|swallowed|"
        "taking|mix) ..3 (whole|all|entire|bottle|box|too many|too much|lots|packet|handful|<many>|overdose)"
    ),
    (
        "(planning|plan|planned|plans|make|choose|chosen|decided|decide) ..1 (my|his|her|an|the) [own] (exit|"
        "departure|way out|end|ending|death|escape from)"
    ),
    (
        "(easy|easier|tempting|tempted|could just|could simply|only take|be simple|be so simple) ..6 (let go|jump|"
        "step (out|off|in front|into)|end it|swerve|crash|take them|take the lot|swallow|disappear|slip away|drive "
        "off|fall asleep forever|drift|not stop|turn the wheel|go under)"
    ),
    (
        "let go of the (wheel|rope|edge|ledge|railing)|(crash|crashing|swerve|swerving|drive|driving) ..2 (my|the) "
        "car ..2 (into|off|over|on purpose|against|through|deliberately)"
    ),
    (
        "(standing|stood|sitting|sat|walk|walking|waiting|looking|stare|staring|look|looked|down|by|near|at) ..4 "
        "(station|platform|track|tracks|bridge|cliff|roof|balcony|motorway|river|sea|sea wall|water|train|trains|"
        "window|medicine cabinet|pills|tablets|knife|knives|insulin|rope|drop|edge|railing) ..6 (thinking|think|"
        "thought|wonder*|imagin*|tempt*|picture*|what if|how it would|if i|could|step|stepping|jump*|end|over|"
        "calling|want*|peace*|feel*)"
    ),
    (
        "(darkness|demons|depression|the pain|black dog|despair|this illness|this disease|sadness|my head) (has|have|"
        "is|are) ..1 (won|winning|taken over|swallow*|consum*|beaten|eating|destroy*|got me|closing in)"
    ),
    (
        "(close|closer|near|nearer|inches) ..2 (to|from) ..1 (the edge|ending|giving up|doing it|the end|jumping|"
        "snapping|breaking|death|suicide|over)"
    ),
    "(life|lives|easier|better|happier|off|fine|good) ..4 with me (gone|dead|out of the way|not here|not around)",
    (
        "(rather|sooner|prefer) ..1 not (have|be|live|exist|wake|go on|continue|do|see) ..1 (one|$|here|alive|at all|"
        "anymore|any|up|this|tomorrow|another|it)"
    ),
    (
        "(i|we) [just|simply|really|honestly] can not (anymore|any more|any longer|$|do it $|do it anymore|do it any "
        "more|do this $|be here)"
    ),
    (
        "(waste|drain|burden|disappointment|failure) ..1 (of|on) ..2 (space|oxygen|air|time|everyone|society|life|"
        "resources) ..1"
    ),
    (
        "(i|am) ..1 (nothing|a nobody|a failure|a burden|broken beyond|beyond repair|unfixable|not wanted|unwanted|"
        "unloved|not needed) $"
    ),
    (
        "(do|does|did) not (belong|fit|want a place|have a place|deserve a place) ..1 (here|in this (world|life)|on "
        "this (earth|planet)|anywhere)"
    ),
    (
        "(made|making|have made|at) ..1 (my peace|peace with (dying|death|leaving|going|it|ending)|up my mind) ..2 "
        "($|and|to (go|die|leave|end)|with (god|it))"
    ),
    (
        "(bought|buy|buying|got|have|hid|hiding|hidden|ordered|found|keep) ..2 (rope|noose|razor blades|razor blade|"
        "gun|blade|helium|cyanide|poison)"
    ),
    "(drink|drinking|drank|starve|starving|smoke|work|worry) <self> to death",
    (
        "(look|looking|looked|stare|staring|count|counting|counted|lined up|lining up|laid out|line up) ..3 (<pills>|"
        "insulin|all my|knife|rope) ..5 (think|thinking|wonder*|what if|if i|consider*|tempt*|easy|imagine|in front "
        "of me|tonight|how many|enough|again|and then)"
    ),
    (
        "(how|what) ..3 (to|way|is it|easiest|long|does it take|would it take|long would it|easy) ..3 (die|kill "
        "<self>|end it|end my life|be dead|until (i|you) die|bleed out|hang <self>)"
    ),
    "(is|are) there ..2 (any|a|still|even) ..2 (point|reason|reasons|hope|purpose|sense) ..2 (to|in|for|left|?|of) ..3",
    (
        "not ..1 (care|bothered|fussed|interested) ..2 (about|in) ..1 (living|life|my life|staying alive|tomorrow|"
        "the future|surviving|being alive)"
    ),
    (
        "(no longer|not) ..1 (wish|wishes|wishing|desire|desires) to (live|be|exist|go on|wake|continue|carry on|be "
        "alive|stay)"
    ),
    "(end of the road|no road ahead|final straw|point of no return|all hope is gone|no light|lights out) ..2",
    (
        "(sink|sinking|drown|drowning|falling|fallen) ..2 (into|in|deeper) ..2 (despair|darkness|dark|black hole|"
        "depression|sadness|hopelessness|my thoughts|the dark)"
    ),
    "(curl|roll) up and (die|disappear|never|not)",
    (
        "(want|need|wish|just) ..2 (peace|quiet|silence|it to be quiet|rest) ..2 (forever|at last|finally|for good|"
        "from (life|everything|living)|eternal)"
    ),
    "(want|wanting|need|get|wish|take me) ..1 out ..1 (of (this|my) (life|body|world|existence|skin|misery|head|hell))",
    (
        "(stop|stopping|stopped|give up|giving up|refuse|refusing|quit) ..3 (treatment|treatments|meds|medication|"
        "dialysis|fighting|everything|infusions|<med>) ..5 (let|just (die|go)|die|nature take|hope ..2 (takes|kills|"
        "end)|over with|it take me|disease take|take me|slowly|fade|be done|go peacefully)"
    ),
    (
        "(not|never) (going|gonna|want|planning) ..1 to ..1 (be here|be around|wake|wake up|live|make it|get old|"
        "grow old|see) ..3 (anymore|much|longer|next|tomorrow|$|old|when|by|another|birthday|christmas|long)"
    ),
    (
        "(tried|attempt|attempted|attempting|attempts|try|tries|trying|survived) ..3 (end (it|my|his|her|their|"
        "things)|take (my|his|her|their) ..1 life|die|hang|overdose|suicide|my life|his life|her life|on (my|his|her|"
        "their) life|jump|kill)"
    ),
    (
        "(my|his|her|another|last|first|second|previous|an|of) ..1 (attempt) ..1 (failed|fail|last|when|two|in|at|"
        "landed|on my|on his|on her|i|he|she|was|left|again|years|nearly|to end)"
    ),
    (
        "(took|taken|swallowed|downed|necked|popped|taking|swallow|swallowing|take|eaten|ate|washed down) ..2 (all|"
        "whole|entire|every|handful|handfuls|fistful|load|loads|bunch|bottle|box|packet|pack|rest|too many|strip|"
        "everything|overdose|lot|dozens) ..3 (<pills>|of (my|the|them|his|her|it)|overdose) ..4 ($|to|at once|in one|"
        "and|i|now|because|with|on purpose|tonight|last|an|half|this|#|an|just|from|on|hour|before|left|yesterday|"
        "after|deliberately)"
    ),
    (
        "(took|taken|swallowed|swallowing|taking) ..2 (#|twenty|thirty|forty|fifty|sixty|hundred|fifteen|dozen|about "
        "#) ..2 (paracetamol|ibuprofen|pills|sleeping|aspirin|tylenol|tramadol|morphine|codeine|acetaminophen|"
        "antidepressant*|painkiller*) ..6 (now|just|ago|tonight|today|help|regret|and|because|on purpose|$)"
    ),
    "(overdose|overdoses|overdosed|overdosing|ods|od)",
    (
        "(stockpil*|hoard*|saving up|saved up|saving|collecting|collected|been keeping|stash*|stocking up) ..3 "
        "(<pills>|opioids|enough)"
    ),
    (
        "(enough|lethal|fatal) ..2 (<pills>|amount|insulin) ..4 (to (die|end|do it|kill|go|finish|sleep|never)|in my|"
        "at home|saved)"
    ),
    "(enough|bottle|box|packet|packets|boxes|cupboard|drawer) ..4 (to (die|end it|do it|kill|finish it|never wake))",
    (
        "how (many|much) ..4 (would|does|do|will|to|it|can|are|is|should) ..4 (kill|die|fatal|lethal|end (it|things|"
        "my)|overdose|sleep forever|not wake|never wake|dead|death|deadly|stop (my|the) heart)"
    ),
    (
        "(painless|painlessly|peaceful|quick|quickest|easiest|fastest|least painful|gentle|surest) ..1 (way|method|"
        "ways|methods|death|exit) ..2 (to|out|of|go|$|for|to go)"
    ),
    "(lethal|fatal|deadly) (dose|amount|quantity|combination) ..3 (of|for|?|$|is|would|with)",
    (
        "(have|has|got|made|making|make|my|his|her|a|the) ..1 (plan|method|date) ..1 (to (die|end|do it|kill|go|"
        "leave)|for (how|it|tonight|when|my death|ending)|ready|picked|set|and (the|means)|worked out)"
    ),
    (
        "(i|he|she|and) (have|has|got|made|know*|worked out) ..1 (a|the|how|my|it all) (plan|i (would|will) do it|"
        "planned|date) ..1 ($|and|now|for|ready)"
    ),
    "know (how|when|where|exactly how) i (would|will|am going to|want to|ll) (do it|go|end|die)",
    (
        "(written|wrote|writing|write|left|leave|leaving) ..3 (goodbye|note|notes|letter|letters|will|suicide|"
        "farewell) ..3 (family|kids|children|mum|wife|husband|parents|friends|everyone|them|her|him|desk|table|me|"
        "gone|behind|for when|goodbye)"
    ),
    (
        "(goodbye|good bye|farewell|bye|goodbyes|good byes) (everyone|everybody|all|world|forever|friends|to "
        "(everyone|all|you all|the|my|this)|for (ever|good|the last)|cruel|now|and (thank|sorry|good|take|i)|my "
        "(friends|loves|love|darlings)|then|guys|$)"
    ),
    "(say|said|saying|my|this is|last|final|come to say|is) ..2 (goodbye|goodbyes|good bye|farewell)",
    (
        "(this is|will be|this be|this will be|is probably|might be|it is) ..1 (last|final) (message|post|comment|"
        "night|day|words|letter|entry|note|goodbye|wish|sunset|christmas|time (posting|writing|here)) ..3 (from me|"
        "on here|on earth|ever|before i|$|you will|anyone will)"
    ),
    "by the time (you|anyone|someone|this|anybody) ..4 (gone|dead|not be|be over|no longer|already|not here|will|done)",
    (
        "(when|after|once|if|before) (i am|i have|he is|she is|i will be|im) (gone|dead|no longer here|passed|not "
        "here|not around) ..1"
    ),
    (
        "(will|won) not be (here|around|alive|on this earth|bothering|a (burden|problem)|posting|writing) ..3 ($|"
        "much|next|for (much|long|my|his|her|christmas)|tomorrow|anymore|any|by|in|when|again|after|to see|you|here|"
        "and)"
    ),
    "(not|will not) (be|going to be) (here|around|alive|living) (much|for much|any|very|too|long) ..1 (longer|long)",
    (
        "sorry (for|to) (everything|everyone|all|leaving|my family|mum|mom|what i am|the pain|my (kids|wife|husband|"
        "mother|children|parents)|those i)"
    ),
    (
        "(tell|please tell|let) ..3 (family|mum|mom|kids|children|husband|wife|dad|daughter|son|girls|boys|them|"
        "parents|everyone|sister|brother) ..3 (love|loved|sorry|goodbye|was not their fault|not (their|her|his) "
        "fault)"
    ),
    (
        "(look after|take care of|looks after|care for|find a home for|feed|raise) ..1 (my|the|our) (dog|dogs|cat|"
        "cats|kids|children|daughter|son|family|mum|pets|wife|husband|boys|girls|baby|little) ..4 (gone|dead|not "
        "here|when i|after i|once i|for me|without me|please)"
    ),
    (
        "(giving|given|gave|sorting|sorted|put|putting|getting|got|getting all) (away|out|in order|my affairs) ..3 "
        "(belongings|things|possessions|affairs|order|stuff|passwords)"
    ),
    (
        "(tonight|today|tomorrow|soon|this weekend|monday|friday|sunday) (is|will be|it will be) ..2 (the night|the "
        "day|my last|the last|the end|it|all over|over|goodbye|final) ..2"
    ),
    (
        "(it|this|everything|the pain|all) will ..2 (all be over|be all over|be over|be finished|end) ..1 (soon|"
        "tonight|tomorrow|by|then|for me|$|for good|finally|shortly)"
    ),
    (
        "see (you|u|everyone|my|him|her) ..2 (on the other side|in heaven|in the next life|in another life|in the "
        "afterlife)"
    ),
    (
        "(join|joining|with|see|be with|reunited with) ..4 (in heaven|other side|in the sky|in the grave|afterlife|"
        "in the ground|up there|beyond|again soon)"
    ),
    (
        "(standing|stood|sitting|sat|walk|walking|looking|on|off|over|from|at|towards|to) ..3 (bridge|cliff|ledge|"
        "rooftop|roof|balcony|train tracks|tracks|railway|rails|edge|platform|window|overpass|viaduct) ..6 (jump*|"
        "think*|end|over|tempted|now|goodbye|tonight|die|want*|step*|bye|can not|train|calling|look*|wonder*|fall|"
        "falling|drop|let go|do it|water|below)"
    ),
    (
        "(jump|jumped|jumping|throw|threw|throwing|step|stepping|stepped|walk|walking|walked|drive|driving|drove|"
        "crash*|swerv*|steer*) ..2 (off|from|in front of|into|under|out of) ..2 (bridge|cliff|building|roof|balcony|"
        "train|trains|bus|lorry|truck|traffic|car|cars|tree|wall|river|sea|sixth|window|tube|oncoming|the tracks|"
        "them|a lamp*|platform)"
    ),
    (
        "(permanent|final|only|last) (solution|exit|answer|option|way out|sleep|decision|resort) ..2 (is|to|for me|"
        "left|$|would|i|be)"
    ),
    "(dignitas|euthanasia|euthanise|euthanize|assisted (dying|suicide|death)|mercy killing|right to die)",
    (
        "(stopped|stop|stopping|refusing|quit|skipping|skipped|not|coming off|without) ..5 (eating|insulin|<med>|"
        "dialysis|drinking) ..5 (to die|so i die|so (i|it|that i) (will|can|would|just|die|dies|kills|takes|ends)|"
        "kill|let (it|nature|the disease|this) (take|kill|finish|win|end)|hope it|not care|on purpose to|to end|"
        "because i (want to|wanna) (die|go|end)|want to die|get it over|over sooner|end)"
    ),
    "let (it|nature|the disease|lupus|this|this disease|the illness) (take|kill|finish|win|have) (its course|me|us)",
    "(letting|let) (myself|it all|everything|the disease) (go|die|waste|end|win|kill) ..1 ($|me|and|now)",
    (
        "(voices|voice|head) ..3 (tell|telling|tells|told|say|saying|says|command*|want*) ..2 (me|him|her) ..3 (to|"
        "kill|hurt|die|harm|jump|stop|end|do)"
    ),
    (
        "(want|wants|going|urge|thoughts|thought|afraid|scared|might|could|feel like|thinking) ..3 (hurt|kill|harm|"
        "stab|smother|drown|strangle|shake|hurting|killing|harming) ..2 (baby|child|son|daughter|someone|somebody|"
        "people|them|him|her|him|husband|wife|everyone)"
    ),
    "(nothing|no one|nobody) (can|could|would|will) (help|save) me ..1 ($|anymore|any|now|and|i)",
    (
        "(do|does|will|would) (anyone|anybody|someone) (care|notice|even care|really care) ..4 (if|alive|dead|die|am|"
        "me|whether|i)"
    ),
    "(past|beyond) (help|helping|saving|caring)",
    (
        "crisis (line|team|text)|(samaritans|lifeline|suicide (line|hotline|watch)) ..8 (call*|engaged|now|tonight|"
        "not|hung|busy|need|should|rang|phoned)"
    ),
    "(should|never|not) ..2 (have been|been) born",
    (
        "(game over|checking out|check out|clocking out|opt out|log off|logging off|tap out|tapping out|exit) ..3 "
        "(for me|for good|permanently|of life|forever|life|early|this life|this world|soon|tonight)"
    ),
    (
        "(what|who|nothing|why) ..2 (keeps|keeping|kept|stopping|stops|holding) me ..2 (here|alive|going|from (doing|"
        "ending|jumping|dying|it))"
    ),
    (
        "(the only|only) ..3 (reason|thing|reasons) ..5 (still here|still alive|not (dead|done|ended|gone|killed)|"
        "alive|have not|stopping|keeping|stops|keeps)"
    ),
    (
        "why (am i|i am|was i|bother|do i bother|should i|do i) ..1 (still|even|living|alive|go on|carry on|keep "
        "(going|living|fighting)|here|wake|being|stay) ..1 (alive|here|?|$|living|at all|going|on|anymore|trying|up)"
    ),
    "(surviving|existing|living) (is|feels|has) ..3 (pointless|too|not|enough|unbearable|torture|exhausting|harder)",
    "(world|life|everything|all) ..2 (without me|is (dark|black|grey|over))",
    (
        "(can not|not|never|do not) ..2 see ..3 (way (out|forward|through|ahead)|future|tomorrow|light|point|end of "
        "(the|this) tunnel|christmas|end|reason|me (here|being)) ..2"
    ),
    "(rock bottom|end of my (rope|tether)|breaking point|last straw|on the edge|the brink|at the end)",
    "(not|un) safe (with|from|around|alone with|on|in) (<self>|my own|my thoughts|my head|my)",
    (
        "(not|do not feel|am not|is not|longer) (safe) (tonight|right now|at the moment|alone|to be alone|on (my|his|"
        "her) own)"
    ),
    (
        "(afraid|scared|worried|frightened|terrified) ..3 (i|he|she|they|of what i) ..3 (might|will|may|could|going "
        "to|ll) ..3 (do (something|to|it)|hurt|end|take|kill|die|not (make|survive|wake)|give up|harm|stupid)"
    ),
    (
        "(do|doing|does|did|done) (something|anything) (stupid|silly|drastic|to (myself|himself|herself)|bad to|"
        "terrible|final|permanent|irreversible)"
    ),
    "go and (die|hang)|(be|being) (dead|gone) (by|soon|before|within|tomorrow|would|is|than|rather|anyway)",
    (
        "(everyone|anyone|world|people|they) (hates|hate|would be glad|will be glad) me ..3 (die|dead|gone|end|"
        "disappear|want)"
    ),
    (
        "(ended|took|taken|lost|nearly lost|nearly took|nearly ended|almost ended|almost took) (it all|my life|his "
        "life|her life|their life|his own|her own|my own|their own) ..2 ($|last|in|by|because|when|after|to|two|and|"
        "so|yesterday|this|life|years)"
    ),
    groups=GROUPS,
    unless=(
        (
            "(would|could|might) (be|have been|have) ..1 (dead|died|dying) ..2 (without|if (it|not|they|the)|by now|"
            "but for|today|had)|without ..8 (would|might|could) ..2 (dead|died|be alive|be here)|(nearly|almost) "
            "(died|dead|killed)|(died|dies|death|dead) ..2 (of|from|in|at|when|aged|before|rate|last year|years ago|"
            "young|certificate|notice)|(mother|father|mum|dad|husband|wife|brother|sister|friend|aunt|uncle|"
            "grandmother|grandfather|nan|gran|son|daughter|dog|cat|he|she|they|people|patients|who|celebrity) ..2 "
            "(died|dies|had died|has died)|(life|matter|question) ..1 (and|or) death|death (rate|rates|in|of (the|a|"
            "my))|(bottle|glass|litre|jug|can|cup|pack) of (water|juice|cola|tea|coke|wine|beer|lemonade|milk|"
            "biscuits|crisps|sweets|tissues)|(to|till|until) death (do|us)|black death|hope dies|(bored|scared|"
            "frightened|starved|tickled|worried|thrilled) to death"
        ),
        (
            "(jump|jumped|jumping) ..1 (for joy|up and down|the queue|through|to (conclusions|it)|at the chance|in "
            "(the|a|my)|on the (train|bus|tram)|off (at|the (bus|train|tram)))"
        ),
        "suicide (gene|genes|switch|switches|inhibitor*|substrate*|vector*|enzyme*|construct*)",
        (
            "(dying|die) (to (know|see|hear|try|meet|get|tell|ask|find|go|read|have|eat|read|hug|hear|start)|down|"
            "off|out|away|for (a|some|my|chocolate|coffee|cake|another)|hard|laughing|of (laughter|boredom|"
            "embarrassment|heat|curiosity|thirst))"
        ),
        "(want|wants|wanted|like) to know ..3 (dead|dying|die|death)",
        (
            "(dead|dying|die|dies|death|died|kill*) ..2 (skin|cell|cells|tissue|virus*|bacteria|germs|zone|line|"
            "lines|simple|easy|tired|slow|battery|good|on time|weight|end|ends|sea|serious|tree|plant*|leg*|arm*|bit|"
            "bits|vein|veins|rate|rates|certificate)"
        ),
        (
            "(cell|cells|skin|virus*|bacteria|germs|tissue|hair|nerve|nerves|immune|battery|phone|b|t|plants|"
            "neutrophil*|lymphocyte*|tumour|tumor|islet|beta|organ|organs|joint|cartilage|programmed) ..3 (die|dies|"
            "dying|dead|death|died)"
        ),
        "(live|inactivated|vaccine*) ..3 (dead|killed)",
        (
            "(kill|kills|killed|killing) (for (a|some|my|chocolate|coffee|tea|cake)|time|two birds|<self> laughing|"
            "the (bacteria|virus|cells|pain|germs|mood|vibe))"
        ),
        (
            "(cut|cutting|cuts|burn|burnt|burned|hurt) <self> ..2 (shaving|cooking|chopping|gardening|slicing|on "
            "(the|a)|in the (kitchen|garden)|accidentally|by accident|while|when (shaving|cooking)|at (the gym|work)|"
            "opening|some slack|off from)"
        ),
        "(accident|accidentally|by mistake|clumsily) ..3 (cut|burn*|hurt) <self>",
        "top <self> up|cut myself some slack",
        (
            "(never|not|no) give up|(gave|giving|give) up (smoking|alcohol|drinking|dairy|gluten|sugar|meat|coffee|"
            "bread|work|my job|driving|caffeine|football|running)"
        ),
        (
            "(last|final) (time|day|note|thing|one|letter|message|comment|words|post) i (saw|had|went|checked|looked|"
            "asked|was|wanted to (say|add|mention))"
        ),
        "(way|ways|how|time|best) ..3 (checking|check) out",
        "(no|not|never|without|any) (thoughts|thought) of (it|this|that)",
        "end of (the|this) (article|page|video|year|month|week|infusion|treatment|course|day|summer|study|trial)",
        (
            "(want|like|hope|need|wait) ..3 (winter|summer|the (trial|infusion|appointment|flare|wait|course)|"
            "waiting|school) ..3 (over|end|stop|finished)"
        ),
        "as good as dead simple|drop dead gorgeous",
        "(try|trying|tried) ..2 not to (die|live)",
    ),
)  # fmt: skip

FAILING = Phrases(
    # The airway and the breath.
    (
        "(can|could) not ..2 (breathe|get ..2 (breathe|air)|catch ..2 breathe|swallow ..1 (at all|my|anything|"
        "properly|saliva|spit|now|$|and)|get enough air|draw breathe|speak|talk properly|get (words|my words)|take a "
        "(deep|full|proper) breathe)"
    ),
    (
        "(struggl*|fight*|gasp*|difficult*|hard|trouble|unable|problem|problems|harder|having to fight|hardly|barely|"
        "short|shortness|laboured|labored) ..2 (to|with|for|of|in) ..2 (breathe|breathing|air) ..8 <now>"
    ),
    "(struggl*|fight*|gasp*|fighting) ..1 (to|for|with) ..1 (breathe|breathing|air)",
    (
        "(is|are|am|really|finding it|it is|have|having|has) ..2 (hard|harder|difficult|difficulty|trouble|"
        "difficulties|problems|struggling|unable) ..1 (to|with|in) ..1 (breathe|breathing)"
    ),
    "(is|are|am|having|has) ..1 (difficulty|trouble|difficulties|problems) breathing",
    "(not|stopped|stops|stop|barely|hardly|can not) (breathing|breathe)",
    (
        "(breathing|breathe|breaths) ..1 (is|has|are|gets|getting|became|feels) ..2 (hard|harder|bad|worse|shallow|"
        "fast|rapid|difficult|laboured|labored|funny|tight|noisy|raspy|weird|fast|getting|stopped|painful|impossible)"
    ),
    (
        "(am|is|very|so|extremely|really|suddenly|badly) ..1 (breathless|short of breathe|out of breathe|wheezing|"
        "wheezy|choking|gasping|suffocating) ..8 (<now>|can not|lips|chest|swollen|swelling|hives|$)"
    ),
    (
        "(wheezing|choking|gasping|suffocating|turning blue) ..6 (<now>|badly|inhaler ..3 not|can not|swollen|"
        "swelling|hives|lips|face|throat|tongue|cough*)"
    ),
    "throat ..5 (clos*|swell*|swollen|tight*|swole|constrict*|narrow*|block*|shut*|thick)",
    "(clos*|swelling|swollen|tight*|constrict*|lump|narrow*) ..3 throat",
    "(tongue|lips|lip|airway) ..4 <swollen>",
    "(swollen|swelling) ..3 (tongue|lips|lip|throat|airway)",
    (
        "(face|eyes|eyelids) ..5 <swollen> ..10 (<now>|breathe|breathing|throat|tongue|lips|lip|hives|after|wheez*|"
        "airway|minutes|shut|hour|infusion|injection)"
    ),
    "face ..2 (is|are|has|just|keeps|started) ..2 <swollen>",
    (
        "(lips|lip|face|tongue|mouth|baby|nail beds|fingernails|he|she|son|daughter|his|her) ..2 (are|is|look|looks|"
        "went|going|gone|turned|turning|has gone|have gone|getting|goes) ..2 <blue>"
    ),
    "<blue> (lips|lip|tongue|face|around the (mouth|lips))",
    "(turning|turned|gone|going|went) ..1 (blue|grey|gray)",
    (
        "(^|i|he|she|<family>|suddenly|my) ..3 (can|could) not (stand|stand up|get up|move|speak|see|walk|feel|lift|"
        "keep my eyes|stay awake|talk) ..6 (<now>|since|suddenly|arm|arms|leg|legs|side|face|anything|properly|at "
        "all|anymore|hand|mouth|half|words)"
    ),
    # Chest and heart.
    "chest ..3 (crush*|caving in|exploding|in a vice|being squeezed|hurts so|hurting so|agony)",
    (
        "(severe|bad|terrible|worst|having|in|sudden|massive|full|another) ..3 (asthma attack|adrenal crisis|heart "
        "attack|addisonian crisis|myasthenic crisis|sickle crisis) ..8 (<now>|$|and|can not|at home|inhaler|again)"
    ),
    "(having|going into|am in|is in|been in) ..3 (asthma attack|adrenal crisis|addisonian crisis|myasthenic crisis)",
    "pulse ..3 (is|of|at|down to|only|was) ..1 (20*|2*|3*|16*|17*|18*|19*|150|155|140|145|130) ..4",
    "(oxygen|sats|saturation|spo2|oximeter|o2) ..5 (7*|80|81|82|83|84|85|86|87|88|89|90|91) ..1",
    "(black|tarry|bloody|maroon) ..2 (stools|stool|poo|poop|diarrhea|vomit)",
    (
        "(39*|40*|41*|104*|103*) ..8 (no spleen|chemo|immunosuppress*|neutropen*|no immune system|no white cells|"
        "transplant|immune deficiency|shaking|shivering|rigors|and (confused|floppy|limp|drowsy))"
    ),
    (
        "(no spleen|chemo|immunosuppress*|neutropen*|no immune system|no white cells|immune deficiency) ..8 (39*|40*|"
        "41*|104*|103*)"
    ),
    (
        "chest ..4 (pain|pains|tight|tightness|tightening|hurt|hurts|hurting|pressure|crush*|heavy|heaviness|squeez*|"
        "burning|stabbing|aches|aching|agony) ..12 <now>"
    ),
    (
        "<now> ..8 chest ..4 (pain|pains|tight|tightness|tightening|hurt|hurts|hurting|pressure|crush*|heavy|"
        "heaviness|squeez*|burning|stabbing|aches)"
    ),
    (
        "(my|his|her|have|having|got|has|crushing|terrible|awful|severe|sudden|sharp|bad|is|getting|stabbing|strong|"
        "horrible) ..2 chest (is|are|feels|has|pain|pains|tightness|pressure|hurts|hurting|keeps) ..2 (and|tight|"
        "pain|pains|hurting|crushing|$|down|in|heavy|going|pressure|spreading|right|left|that|after|since|like|worse|"
        "arm|jaw)"
    ),
    (
        "(elephant|weight|brick|bricks|something heavy|pressure|band|vice) ..4 (on|around|in|sitting) ..2 (my|his|"
        "her) chest"
    ),
    "(pain|numb*|tingling|ache|aching|pins) ..4 (left arm|down my arm|down (his|her) arm|into my arm)",
    "(my|his|her) (left arm|jaw) ..4 (pain|numb*|tingling|ache|aching|hurts|heavy|dead|chest)",
    (
        "(having|have|had|think|be|maybe|possibly|is this|like) ..3 (a|an|another) (heart attack|stroke|mini stroke|"
        "tia|cardiac arrest|blood clot|aneurysm|anaphyla*|seizure|fit)"
    ),
    "(my|his|her) heart ..2 (stopped|stopping) ..3 (beating|for|and|$|twice|again|now)",
    (
        "heart ..3 (racing|pounding|beating|thumping|going|jumping|hammering|fluttering|rate|irregular*) ..10 (<now>|"
        "can not|faint*|dizzy|pass|#)"
    ),
    # Awareness.
    (
        "(passed|pass|passing|black|blacked|blacking|conked) out ..6 (<now>|$|and|on|in|at|twice|three|after|again|"
        "just|while|when|during|for|from|hit|minutes|this|she|he|my|i|the)"
    ),
    (
        "(collapsed|collapsing|unconscious|unresponsive|lost consciousness|losing consciousness|not responding|not "
        "respond|fainted|fainting|keeps fainting|comatose|in and out of consciousness|semi conscious) ..8 (<now>|$|"
        "on the|in the|and|twice|just|again|after|floor|at home|hit|i|what|my|he|she|help|while|not|of)"
    ),
    (
        "(can not|will not|not|does not|unable to|hard to|difficult to|struggling to) ..2 (wake|rouse|waken|waking) "
        "..1 (up|him|her|them|my|$|and|since|properly|baby|the)"
    ),
    (
        "(will|does|is|would) not (wake|wake up|waking|waking up|stir|rouse|stop (crying|fitting|bleeding|vomiting|"
        "shaking|screaming))"
    ),
    (
        "(he|she|<family>|him|her) ..2 (will|does|is|would) not (respond|responding|respond to|move|moving|react|"
        "reacting|feeding|feed|drink|drinking)"
    ),
    (
        "(very|so|really|getting|is|am|become|becoming|seems|suddenly|and|feel|feeling|acting|been|increasingly|#) "
        "..1 (confused|delirious|disoriented|disorientated|incoherent|hallucinating|rambling|drowsy|not making sense|"
        "talking nonsense|not know where) ..12 (<now>|fever|temperature|temp|#|since|infusion|after|and can not|call|"
        "hospital)"
    ),
    (
        "(fever|temperature|temp|burning up|feverish|shivering|rigors) ..14 (confus*|delirious|disorient*|drows*|not "
        "making sense|talking nonsense|hallucinat*|will not wake|stiff neck|rigor*|unresponsive|limp|floppy|"
        "collapse*|purple|rash that|no spleen|immune system|neutropen*|seizure|can not stay|breathing fast|mottled|"
        "not make sense|incoherent|vomiting)"
    ),
    (
        "(confus*|delirious|disorient*|stiff neck|slurring|drows*|shaking uncontrollably) ..14 (fever|temperature|"
        "temp|feverish|burning up)"
    ),
    "(fever|temperature|temp|thermometer) ..6 (39*|40*|41*|42*|104*|105*|103*|106*) ..2",
    (
        "(39*|40*|41*|42*|103*|104*|105*) ..2 (degrees|fever|temperature|temp|celsius|c|f) ..12 (<now>|immun*|infus*|"
        "biologic*|<med>|chemo|shak*|shiver*|confus*|will not|not come|baby|can not|rash|what|should|not (go|come|"
        "coming|going)|is|am|has)"
    ),
    (
        "(fever|temperature|temp|shivering|rigors|shaking) ..8 (no immune system|neutropenic|neutropenia|no spleen|"
        "no white cells|chemo|transplant|immunosuppress*) ..8 <now>"
    ),
    "(sepsis|septic|neutropenic sepsis|meningitis) ..8 (<now>|symptoms|signs|think|could|?|worried|rash|scared|what)",
    "(think|could be|might be|worried|have|has|is this) ..4 (sepsis|septic|septic shock|meningitis|toxic shock)",
    "(i|we|he|she|my|this) ..5 (think|could be|might be|is this|this is) ..3 anaphyla*",
    (
        "(having|going into|am in|think|started|another|full blown|feels like|happening|into) ..4 (anaphyla*|"
        "allergic shock|severe allergic reaction|bad allergic reaction|serious allergic reaction) ..8 (<now>|$|and|"
        "to|i|again|in|what|shock|my|this|help|alone)"
    ),
    "(anaphyla*|allergic reaction|allergic shock) ..5 (<now>|happening|and the|epipen)",
    "(now|right now|currently|help|minutes ago|just) ..5 (anaphyla*|allergic reaction|allergic shock)",
    (
        "(used|given|gave|injected) ..3 (epipen|epipens|adrenaline pen|epi pen|jext|emerade|adrenaline) ..8 (<now>|"
        "not|and|still|again|expired|but|no|did|ago|already|breathe|just|swell*|wheez*)"
    ),
    (
        "(hives|welts|rash|itching) ..8 (breathe|breathing|throat|tongue|lips|lip|wheez*|faint*|spreading ..2 (fast|"
        "quickly|now|over|by)) ..4 (<now>|$|and|is|are|swelling|swollen|tight*|clos*|up|can not|feel*)"
    ),
    # Fits, strokes, sight.
    (
        "(having|have|has|is|am|just|started|another|keeps|goes|gone|going|went|in|she|he|my|second|first) ..3 "
        "(seizure|seizures|fit|fits|fitting|convulsion*|convuls*|spasming) ..6 (<now>|$|and|again|what|is|will not|"
        "still|#|five|minutes|on the floor|help|for|shaking|not stop*)"
    ),
    (
        "(just|is|are|am) ..1 (having|had) ..1 (a|another|some kind of|the) ..1 (seizure|fit|stroke|heart attack|"
        "convulsion)"
    ),
    "(is|am|are|started|keeps|been) (fitting|convulsing|seizing)",
    (
        "(face|mouth|eyelid|eye|smile|side) ..4 (droop*|lopsided|sagging|fallen|crooked|paralys*|paralyz*|twisted|"
        "slipped|dropped|hanging)"
    ),
    "(slur*|slurred|slurring|garbled|jumbled) ..4 (speech|words|word|voice|speaking|$|and|now|talking)",
    "(speech|words|talking|voice) ..3 (slur*|garbled|jumbled|not coming out|coming out wrong|gone)",
    (
        "(one|left|right|whole|half|that|entire) ..1 (side|arm|leg|hand|half|face|body) ..6 (numb*|weak*|paraly*|"
        "tingl*|dead|limp|can not (move|feel|lift)|will not move|heavy|useless|not working|gone|droop*) ..6"
    ),
    "(numb*|paraly*|weak*|no feeling) ..3 (one|left|right|whole|half) ..1 (side|arm|leg|hand|face|body|half)",
    (
        "(suddenly|sudden|just|can not|now|completely|minutes|woke) ..5 (blind|see out of|lost ..2 (sight|vision|"
        "hearing)|vision (loss|gone|went|is gone)|go blind|going blind|not see) ..4"
    ),
    "(gone|went|going) blind ..6 (<now>|in|$|eye|both|one)",
    (
        "(^|i|he|she|<family>|just|suddenly|have|has|am) ..2 (lost|losing|loss of|no) ..1 (sight|vision|feeling|"
        "movement|control) ..5 (eye|eyes|legs|leg|arm|arms|side|suddenly|bladder|now|today|bowel*|waist|face)"
    ),
    (
        "(worst|most horrific|explosive|thunderclap|sudden|exploding|splitting|blinding) ..1 (headache|head pain|"
        "migraine) ..4 (of my life|ever|life|now|stiff|and|i have|today|vomit*|can not|$)"
    ),
    "(headache|head) ..8 stiff* (neck)|stiff neck ..8 (light|fever|rash|headache|temperature)",
    "rash ..4 (not|does not|will not) (fade|disappear|blanch|go) ..4 (glass|pressed|press|tumbler|when)",
    # Blood, and what cannot be kept.
    (
        "blood ..2 (in|on) ..1 (my|his|her|the) ..1 (vomit|sick|pee|urine|wee|stool|stools|poo|sputum|phlegm|spit|"
        "toilet|nappy)"
    ),
    (
        "(sudden|suddenly) ..4 (weak|weakness|numb|numbness|paraly*|blind*|deaf|confus*|droop*|slur*|collapse*|limp|"
        "unconscious|dizzy and|can not (see|speak|walk|move|stand|breathe|hear|feel))"
    ),
    "(weak|weakness|numb|numbness|paraly*) ..4 (sudden|suddenly)",
    (
        "(confus*|delirious|disorient*|seeing things|hallucinating) ..10 (hot|shaking|shivering|feverish|temperature|"
        "temp|burning up|no spleen|spleen|chemo|immunosuppress*|infusion|rash|vomit*|stiff)"
    ),
    (
        "(hot|shaking|shivering|temperature|temp|burning up|rash|vomit*|41|40|42) ..10 (confus*|delirious|disorient*|"
        "seeing things|hallucinat*|rambling|talking nonsense)"
    ),
    "newborn ..6 (fever|temperature|temp|38*|39*|40*|not feeding|floppy|yellow)",
    (
        "(bleed*|blood|nosebleed|haemorrh*|hemorrh*) ..6 (not stop*|will not stop|does not stop|did not stop|heavily|"
        "everywhere|badly|uncontroll*|non stop|nonstop|pouring|gushing|pumping|soaking|soaked|litres|pints) ..4"
    ),
    "(not|can not|will not|does not) stop ..3 (bleed*|blood|vomiting|being sick|throwing up|shaking|fitting|choking)",
    (
        "(vomit*|cough*|throwing up|spit*|peeing|pooing|passing|puk*|throw up|bringing up|urinat*|pee|poo) ..2 "
        "(blood|bloody|coffee grounds|clots) ..1"
    ),
    "(pregnant|weeks) ..8 (bleeding|not (moving|felt)|waters) ..2",
    (
        "(baby|newborn|infant|toddler|child|son|daughter|<family>) ..8 (floppy|limp|unresponsive|grey|not breathing|"
        "not feeding|blue|mottled|lifeless|will not wake|not waking|hard to wake|can not wake|struggling to breathe|"
        "fitting|sunken|grunting|very drowsy|so drowsy|not react*|sucking in|high pitched|dry nappies|no wet)"
    ),
    "(can not|not) ..1 keep ..2 (down) ..6 (<now>|hours|days|since|$|dizzy|and)",
    "(not|no) (peed|passed urine|urine|wee|been able to (pee|wee)) ..6 (hours|since|today|day|now|$)",
    # Too much of a medicine.
    (
        "(took|taken|taking|injected|given|gave|swallowed|had|drunk|drank) ..6 (<med>|it|them) ..8 (by mistake|by "
        "accident|accidentally|in error)"
    ),
    (
        "(accidentally|mistakenly|by accident|by mistake|oh no i|confused and) ..2 (took|taken|injected|gave|"
        "swallowed|doubled|drank|given|double dosed|overdosed) ..4"
    ),
    (
        "(taken|took|injected|given|gave|swallowed) (double|twice|triple|ten times|three times|two lots of|two doses|"
        "both) ..4 <med>"
    ),
    "(gave|given) ..3 (#|two|three|four|five|ten) times (the|his|her|too much) ..3",
    "weekly ..3 (<med>|tablets|dose|pills) ..3 (daily|every day|each day) ..4",
    "<med> ..2 (daily|every day) instead of (weekly|once a week|every week)",
    "(overdose|double dose|wrong dose|wrong tablets|wrong medicine) ..6 (<now>|?|what|hospital|should)",
    (
        "(took|taken|taking|had|swallowed|injected|given|gave|eaten|ate|drank|drunk) ..3 (too many|too much|way too|"
        "way more|far too|much too|more than|wrong|double|twice|triple|three times|ten times|#|two|both|four|five|"
        "extra|second|another|whole|entire) ..2 <pills> ..6 (by mistake|by accident|accident*|mistake*|instead of (#|"
        "one|weekly|once|my|half|a|two)|without (noticing|realising|thinking)|help|what (do|should)|hospital|in one "
        "go|at once|overdose|dangerous|poison*|now|worried|panic*|within|should i (go|call|be))"
    ),
    "(took|taken|taking|swallowed|have) ..1 (too many|way too many|far too many|too much) ..2 <med>",
    (
        "(<family>|he|she|dog|cat) ..4 (swallowed|swallow|ate|eaten|drank|drunk|got into|got hold of|chewed) ..3 (my|"
        "the|a|some|one|two|three|#|whole|several|daddy|mummy|his dad|her mum|grandma|all|dads|mums|grans|half) ..3 "
        "<med> ..2"
    ),
    (
        "(toddler|baby|child|son|daughter|kid|boy|girl|dog|he|she) ..3 (took|taken|found and) ..2 (my|our|daddy|"
        "mummy|grandma|dads|mums|grans|wrong) ..3 <med> ..2"
    ),
    (
        "(took|taken|taking|take|had|swallowed|been giving|given) ..5 (every day|daily|each day|days in a row|# "
        "days) ..3 (instead of|not|rather than|should be|supposed|meant) ..3 (weekly|a week|once a week|week|per "
        "week)"
    ),
    (
        "(i|we|he|she|just|accidentally) ..2 (injected|inject|injecting) ..6 (into (a|my|the) vein|twice|wrong "
        "(medicine|drug|dose|person|pen)|double|too much|two pens|both pens) ..6 (<now>|by|mistake|accident*|$|and|"
        "what|should)"
    ),
    # Asking for help.
    (
        "(call|calling|called|ring|rang|phone|phoning|phoned|dial|get|need|send|waiting for|want) ..2 (ambulance|911|"
        "999|112|paramedic*|emergency services|000|111|poison control|poisons) ..6"
    ),
    (
        "(should|do|must|can) (i|we|he|she) ..4 (ambulance|999|911|112|a&e|er|emergency (room|department|services)|"
        "casualty|hospital|emergency) ..6 (now|tonight|?|or|straight|right|call|immediately)"
    ),
    (
        "(help|please) ..2 (me|us|him|her|someone|somebody|anyone) ..4 (now|dying|quick|quickly|fast|emergency|"
        "urgent|urgently|can not|scared|alone|hurry|asap|immediately|breathe|please)"
    ),
    "(^|please|someone|somebody|anybody) help [me|us] [please|now] $",
    (
        "(am|is|are|think|feel like|feels like|going to|will|be) ..3 dying ..4 ($|now|here|help|please|what|right|of "
        "pain|and|i|he|she|on)"
    ),
    (
        "(emergency|urgent|urgently|hurry|quick|sos|mayday) ..2 (help|please|what|my|i|now|someone|he|she) ..3 (now|"
        "can not|is|help|not|do|has|need|am|just|son|daughter)"
    ),
    "is (this|it|that) an emergency",
    (
        "(unbearable|excruciating|severe|worst|agonising|agonizing|terrible|intense|horrific) ..2 (pain|pains|agony|"
        "cramps) ..8 (now|tonight|right now|hospital|what do|what should|doubled|floor|a&e|can not (move|stand|"
        "breathe)|help|emergency|hours|call)"
    ),
    "(poison*|toxic) ..4 (swallowed|now|centre|center|control)",
    (
        "(gone|going) into (shock|labour|labor|arrest|a coma)|(skin) ..3 (peeling off|coming off|falling off|"
        "blistering) ..5"
    ),
    (
        "no pulse|(doing|do|start*) (cpr|chest compressions)|(foaming|frothing|foam) at the mouth|eyes ..2 (rolled|"
        "rolling) ..2 back"
    ),
    groups=GROUPS,
    unless=(
        (
            "(nearly|almost|thought i (would|was going to|might)|did not|not|never|without|afraid of|fear of|scared "
            "of|worried about|usually|always|before|used to) (pass|passed|passing|faint|fainted|fainting|collapse|"
            "collapsed) [out]"
        ),
        (
            "(emergency|urgent) (number|numbers|card|contact|plan|kit|line|services number|department|bracelet|"
            "letter|pen|supply)"
        ),
        "(call|ring|phone|phoned|called|calling|rang) ..2 (111) ..2",
        (
            "(if|when|in case|whenever|unless|signs|sign|symptoms|symptom|warning|should you|anyone who|people who|"
            "watch for|look out for) ..9 (fever|temperature|breathe|breathing|chest pain|swelling|999|911|112|"
            "ambulance|a&e|emergency) ..3"
        ),
        (
            "help (me|us) (understand|a lot|to understand|prepare|sleep|through|feel|get through|decide|explain|so "
            "much|cope|find)"
        ),
        (
            "fit (your|his|her|my|the|our|me|us|and (well|healthy|active|strong|able)|for (work|purpose|travel|"
            "flying|life)|enough|in|into|well|as|around|again|with|my|the|it|better|perfectly)|(keep|keeping|stay|"
            "staying|get|getting|more|less|be|am|is|very|so|really|feel|physically|good|perfect) fit"
        ),
        "(stroke|heart) of (luck|genius)",
        "breathing (test|tests|exercise|exercises|technique|techniques|course)",
        (
            "(tongue|neck) (twister|pillow)|swollen (joint|joints|knee|knees|finger|fingers|ankle|ankles|hands|"
            "glands|feet|wrist*)"
        ),
        (
            "(can|could) not (speak|talk) (highly|english|to|with|about|for|more|german)|not see (the|a|my|any|why|"
            "how|him|her|you|what|where|well|it|that|anyone|doctor|this)"
        ),
    ),
)  # fmt: skip

# Each is no sign of danger alone; together they may be.
SERIOUS = Phrases(
    (
        "throat|tongue|lips|chest|breathe|breathing|breathless|wheez*|choking|faint|fainted|fainting|passed out|"
        "blacked out|collapse*|collapsed|unconscious|seizure|seizures|fitting|convuls*|bleeding|bleeds|vomiting "
        "blood|confused|delirious|numb|numbness|paralys*|paralyz*|weakness|vision|blind|swelling|swollen|swells|"
        "hives|welts|fever|temperature|shaking|rigors|shivering|stiff neck|overdose*|too many|wrong dose|double dose|"
        "droop*|slur*|limp|floppy|blue|grey|stung|allergic|heart|pulse|palpitations|severe|unbearable|excruciating|"
        "agony|dehydrated|sepsis|septic|anaphyla*|clot|stroke|can not move|can not see|can not swallow|keep anything "
        "down|purple|spreading|doubled over|burning up|dizzy"
    ),
)
URGENT = Phrases(
    (
        "right now|(minutes|minute|mins|min) ago|(an|one|two|half an|#|couple of) (hour|hours|hr|hrs) ago|help (me|"
        "please|us|now|him|her)|please help|ambulance|what do i do|what do we do|what now|what should (i|we) do (now|"
        "?)|(getting|gets|got|growing) ..1 (worse|tighter|bigger|harder) ..2 (now|fast|quickly|by the|and|every|$)|"
        "this (second|minute|instant)|(will|does|do|can) not stop|as i (type|write)|is (this|it) ..1 (an|a) "
        "emergency|(go|going|gone|get|take|rush*|drive|driving|straight|need|off|back) ..3 (a&e|er|casualty|"
        "emergency room|emergency department)|(call|ring|dial|calling|phone|called|ringing) ..1 (999|911|112|000|"
        "111)|all of a sudden|on the floor|panicking|by the (minute|second)|home alone|alone at home|no one is "
        "(answering|picking)|nobody is (answering|picking)|not answering|line is (closed|busy|dead)|(doctor|doctors|"
        "gp|clinic|surgery|helpline|hospital) ..2 (closed|shut|not answering)|urgent|urgently|asap|sos|mayday|hurry"
    ),
)

REASON = _("May be about an emergency, or about harming oneself")


def emergency(candidate: Candidate) -> Verdict:
    reading = candidate.reading
    words = DESPAIR.words(reading) + FAILING.words(reading)
    if not words and (urgent := URGENT.words(reading)):
        words = serious + urgent if (serious := SERIOUS.words(reading)) else ()
    return hold(REASON, *dict.fromkeys(words), flag=Flag.EMERGENCY) if words else PASS
