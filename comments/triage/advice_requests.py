"""Somebody asks what to do about their own health: readers and staff must not answer as if they were the doctor."""

from bisect import bisect_left

from django.utils.translation import gettext_lazy as _

from comments.phrases import QUESTION, Phrases, Reading
from comments.triage.wording import BODY, FAMILY, MEDICINE
from comments.verdicts import PASS, Candidate, Flag, Verdict, hold

GROUPS = {
    "med": MEDICINE,
    "family": FAMILY,
    "i": "i|we|my ..1 <family>|he|she|our <family>|a <family>",
    "me": "me|my|us|i|we|him|her|our|mine|he|she|his",
    "act": (
        "take|taking|stop|stopping|start|starting|continue|continuing|switch|switching|change|changing|increase|"
        "reduce|skip|skipping|miss|double|drink|drinking|eat|eating|mix|combine|use|using|have|having|get|getting|"
        "try|trying|come off|coming off|go on|go off|stay on|keep (taking|on|going|using)|quit|wean|taper|breastfeed|"
        "breastfeeding|conceive|become pregnant|be vaccinated|go back|safely|inject|injecting|wait|delay|postpone|"
        "lower|halve|cut|add|give|refuse|accept|go ahead|worry|be worried|be concerned|see|ask|exercise|run|swim|"
        "donate|smoke|vape|receive|put|avoid|be (taking|on|off|having|worried|concerned|tested|getting)|go (to|for|"
        "back|ahead|through|with|private|swimming|running)|hold off|push|request|insist|consider|do|risk|train|"
        "sunbathe|tan|work|fast|diet"
    ),
    "judged": (
        "safe|ok|okay|fine|dangerous|bad|normal|harmful|alright|all right|risky|too (late|high|low|much|soon|long|"
        "little|early|old|young|strong|risky)|high|low|right|wise|advisable|serious|worth|sensible|good idea|bad "
        "idea|worrying|abnormal|a concern|concerning|allowed|better|best|possible|wrong|unsafe|usual|cancer|lupus|an "
        "infection|a flare|a reaction|related|permanent|something to worry|cause for|reason to worry|enough|"
        "necessary|stupid|silly|linked|suitable|recommended|likely|dangerously|anything to worry"
    ),
    "lab": (
        "alt|ast|crp|esr|igg|iga|igm|ana|hla|wbc|white (cell|count|cells|blood)|platelet|platelets|haemoglobin|"
        "hemoglobin|hb|creatinine|egfr|tsh|ferritin|neutrophil*|lymphocyte*|anca|dsdna|c3|c4|b12|liver|kidney|blood "
        "(test|tests|count|counts|results|work|pressure|sugar)|bloods|results|result|biopsy|mri|scan|x ray|xray|"
        "titre|titer|level|levels|count|rheumatoid factor|calprotectin|ck|ggt|bilirubin|cholesterol|hba1c|antibodies|"
        "test|tests|value|values|ct|ultrasound|temperature|rash|lump|pulse|heart rate|urine|protein"
    ),
    "carry": (
        "bring|pack|wear|book|park|expect|print|register|sign|pay|contact|download|read|click|find|look|write|email|"
        "subscribe|share|post|call you|ring|phone you|order|buy|visit|say|tell people|tell (my|the) (school|boss|"
        "employer|teacher)|explain|request a|carry|fly|travel|drive home|bring along|take (a|my|the|it|them|some) "
        "..2 (book|blanket|plane|flight|hand luggage|cabin|luggage|photo|day off|time off|snack|friend|on holiday|on "
        "the plane|through security|through customs|laptop|to school|home)|apply|claim|store|keep (it|them|the) (in|"
        "out|at|cold)|dispose|see (the|your) (source|references)|help|add a|suggest|cite|ask (the|my) (school|"
        "employer)|quote|translate|use (this|your) (page|text|article|picture)|follow|reply|edit|delete|get (there|"
        "to the|a (copy|parking|letter|certificate|bus))"
    ),
}  # fmt: skip

REQUESTS = Phrases(
    (
        "what ..1 (should|could|would|is|are|will) (my|our|his|her) ..2 (next step|next steps|options|option|"
        "alternatives|chances|next move|best option|plan)"
    ),
    "what (are|is) (my|our|his|her) ..1 (options|option|alternatives|chances|choices|next step)",
    (
        "how (do|can|should|would|could|will) (i|we) ..2 (come off|get off|stop|wean|taper|know if|know whether|tell "
        "if|treat|manage|reduce|increase|take|inject|deal with|get rid|switch|convince|lower|raise|safely)"
    ),
    (
        "is (it|this|that) ..2 (problem|risk|risky|an issue|mistake|big deal|harm|a sign|cause for concern|worrying|"
        "common|bad) ..3 (that|if|when|for|to|of|because) ..2 (i|my|me|he|she|we|take|have|skip)"
    ),
    (
        "(please|can|could|any|is there|maybe|perhaps) ..2 (doctor|doctors|nurse|specialist|expert|rheumatologist|"
        "medic|pharmacist) ..2 (answer|help|advise|tell me|here|look|comment|explain (my|what|if)|who can|say) ..4"
    ),
    (
        "(need|want|looking for|after|seeking|urgent|please) [some|your|an|any|urgent|medical|honest] (advice|"
        "opinion|second opinion|guidance) ..4"
    ),
    (
        "(does|do|did|would|could|can|will) (anyone|anybody|someone|you|people) ..1 (think|reckon|feel|believe|know "
        "if|know whether) ..2 (i|my|we|it is (safe|ok|normal))"
    ),
    (
        "(i|my|we|he|she) ..8 (do|should|shall|can|must|could) (i|we) ..1 (skip|stop|take|go ahead|go|continue|wait|"
        "still|start|give|postpone|cancel|have|get|see|call) ..8 (?|$)"
    ),
    "(can|could|should) you (take|have|drink|mix|combine|use|get|eat) ..6 (together|with|and|while|on) ..12 (i|my|me)",
    (
        "is (a|an|my|the) ..5 <lab> ..8 (anything|something|a reason|cause|bad|high|low|ok|okay|normal|dangerous|too|"
        "serious|worrying)"
    ),
    (
        "is (a|an|my|the) (crp|alt|ast|esr|egfr|ck|wbc|hb|count|level|value|result) ..4 (anything|something|a reason|"
        "cause|bad|high|low|ok|okay|normal|dangerous|too|serious|worrying)"
    ),
    (
        "(does|do|would|could|can) (a|an|my|the|this|these|having|being) ..6 (mean|suggest|prove|indicate|show) ..2 "
        "(i|my|we|he|she)"
    ),
    (
        "^ [and|so|but] (will|would|could|might|can|does|do) ..6 (suit|help|hurt|harm|affect|damage|work for|cure|"
        "fix|be right for|be safe for|interact with) ..1 (me|my|him|her|us|our)"
    ),
    "what would you ..2 (tell|say to|advise|suggest|recommend) ..3",
    "(what|which) ..1 (are|is) ..1 (the|my) (chance|chances|risk|risks|odds) ..8 (i|my|me|our|we)",
    (
        "(is|are) there ..1 (anything|something|any|a (way|drug|medicine|treatment|cure)) ..3 (i|we|he|she|for me|"
        "for my) ..3 (can|could|should|take|do|try|use|$)"
    ),
    (
        "(thinking|planning|considering|thought|tempted) ..1 (of|about|to) ..1 (stop|stopping|switch*|start|starting|"
        "skip|skipping|coming off|reducing|changing|quit|quitting|trying) ..12 (good idea|?|thoughts|advice|opinions|"
        "or not|wise| safe|ok|okay)"
    ),
    "(too (long|much|many|old|young|late|high|low|often)) ..6 (for me|i|me|that is me|my|on) ..6 ?",
    "who (should|do|shall|can) (i|we) (believe|trust|listen|go with|follow)",
    # Should I, can I, do I need.
    "(should|shall|shouldn|must|ought) ..1 <i> ..4 <act>",
    "(should|shall) (i|we|he|she) ..6 ?",
    (
        "(whether|if|when|how (long|soon|quickly|often|much|many)|which|what|why) ..4 (i|we|he|she|my <family>) ..1 "
        "(should|shall|ought|must|need to|have to|had better) ..4"
    ),
    (
        "(what|how|which|when|where|who) ..3 (should|shall|would|could|do|can|must) (i|we) ..3 (do|take|try|start|"
        "choose|go|use|stop|ask|have|treat|pick|decide|handle|manage|reduce|get rid|inject|tell|know if|increase|"
        "wean|taper|eat|avoid|dose|lower|expect to) ..3"
    ),
    (
        "(can|could|may|might|cani|am i able to|is it possible for) ..1 (i|we|he|she|my ..2 <family>|my <family>|"
        "someone like me|somebody like me|someone with my) ..3 <act> ..12 (?|$)"
    ),
    "(can|could|may) i ..2 (have|drink|take|eat|get|use|mix) ..8 (with|on|while|during|before|after|if|when|together)",
    "(do|does|will|would|did) ..1 (i|we|he|she|my <family>) ..2 (need|have to|require|has to|needs) ..10 (?|$)",
    (
        "(am|was|is he|is she|is my <family>|are we) ..1 i ..3 (at risk|too (old|young|late|ill|sick)|allowed|going "
        "to (lose|die|need|end|be|have|get)|eligible|right to|wrong to|overreacting|being (silly|paranoid|stupid|"
        "over)|mad to|stupid to|crazy| safe|ok to|okay to|able to (take|have|drink|get|stop)|still (contagious|"
        "infectious)|contagious|infectious|immune|protected|immunocompromised|immunosuppressed|a candidate|suitable|"
        "on the right|taking (too|the right|enough)|better off) ..10 (?|$)"
    ),
    (
        "(will|would|could) (i|my <family>|he|she|we|it|this|that|these|they) ..3 (lose|gain|ever|harm|hurt|affect|"
        "damage|interfere|interact|be (safe|ok|okay|dangerous|fine|able|bad|cured|better|immune)|get (worse|better|"
        "pregnant|over|through|sick)|need|have to|go blind|die|make (me|my)|help (me|my)|work for (me|my)|kill) ..5 "
        "(i|me|my|him|her|his|us|our) ..8 (?|$)"
    ),
    "will i ..10 ?",
    # Is it safe for me.
    (
        "(is|would|are|was|isn|will|be|should|wouldn|could|can|sounds) ..1 (it|this|that|these|those|they|there|my|"
        "his|her|#|<lab>|<med>|anything|a|an|the|having|taking|drinking) ..8 <judged> ..14 <me> ..12 ?"
    ),
    (
        "^ [so|and|but|hi|hello|also|please|just wondering|question] (is|would|are|will|could) (it|this|that|these|"
        "they) ..3 <judged> ..6 (me|my|i|us|him|her)"
    ),
    (
        "(is|are|was|would|could|can|isn) ..1 (it|this|that|these|those|they|this) ..2 (safe|ok|okay|dangerous|bad|"
        "normal|harmful|alright|risky|serious|too (late|high|low|much)|high|low|a good idea|worrying|abnormal|"
        "anything to worry ..1|something to worry ..1|(reason|cause) (to|for) (worry|concern|alarm)|a flare|a "
        "reaction) [or ..3|then|for (me|my ..2)|still|at all|really|with (my|this)] ?"
    ),
    "(is|are|would|could) ..2 (my|his|her|our) ..10 (<judged>|cause|caused|causing|from|due to|because) ..8 ?",
    (
        "(i|my|me|we|his|her|<family>|mine) ..16 (is|are|could|would|does|do|can|should) (it|this|that|these|those) "
        "..8 (<judged>|mean|be) ..8 ?"
    ),
    (
        "(does|do|can|could|might|would|is|are) ..1 (it|this|that|these|they|anything|<med>|#) ..6 (mean|be|indicate|"
        "point|interact|interfere|affect|suggest|show|help|cause|explain) ..8 (i|me|my|his|her|our|mine|him) ..10 (?|"
        "$)"
    ),
    (
        "(could|might) (this|that|it|these) ..1 (be|mean|sound|look|seem|indicate) ..10 ?|(does|do) (this|that|"
        "these) ..1 (mean|sound|look|seem) ..10 ?"
    ),
    # What would you do.
    (
        "(what|which|how) ..2 (would|should) (you|u|anyone|everyone) [all|guys|people|here|personally|honestly] (do|"
        "recommend|advise|suggest|take|choose|think|say|go for|try|prefer|pick|make of|reckon)"
    ),
    (
        "(what|which) ..2 (do|can) (you|u) [all|guys|people|here|personally|honestly] (recommend|advise|suggest|"
        "think|make of|reckon) ..2 (?|$|i|my|for (me|my)|of (my|these|this (result|rash|dose|plan)))"
    ),
    "what (do|does|should|shall|can|could) (i|we) do ..1",
    (
        "would (you|u|anyone|somebody|someone) ..2 (take|stop|switch|recommend|have|risk|start|go|do|advise|suggest|"
        "wait|try|keep|agree|accept|be (worried|concerned)|worry|get|refuse|think (i|it|this|that|my|we|he|she)|see|"
        "choose|carry on|trust|continue|combine|say (i|it|this)|let|give) ..14 ?|do (you|u) ..1 (recommend|advise|"
        "suggest|think (i|it|my|we|he|she)) ..14 ?"
    ),
    "do you (think|reckon|believe|feel) ..1 (i|it|this|that|my|we|he|she|these|they) ..1",
    (
        "(any|some|your|need|want|would like|looking for|grateful for|appreciate|seeking|give me|ask for|asking for|"
        "could use|desperate for|welcome|love) ..2 (advice|advise|opinion|opinions|second opinion|guidance|"
        "recommendation|recommendations|thoughts|suggestions|input|ideas) ..12 (whether|should|stop|switch|dose|take|"
        "taking|blood|results|rash|start*|pregnan*|flare|symptoms|my (pain|son|daughter|husband|wife|mum|test|case|"
        "treatment|situation|doctor|rheumatologist|consultant|child|symptoms|skin|joints))"
    ),
    "(any|some) (advice|ideas|thoughts|suggestions|opinions) (?|please|on (what|whether))",
    (
        "(please|can someone|can anyone|can you|could you|could someone|could anyone|would someone|will someone|need "
        "someone to|somebody|someone please|anyone|kindly|help me) ..2 (advise|tell me|help me|help|diagnose|"
        "interpret|look at|recommend|prescribe|say|decide|reassure|check|explain) ..6 (if (i|my|this|it is)|whether "
        "(i|my|this|it is)|what (to do|i should|is wrong|i (can|have)|my|dose)|why i|why my|me (on|about|with (my|"
        "what|a))|my|how much i|which (one|drug|treatment) ..2 (i|me))"
    ),
    "please ..1 (advise|advice|help me decide) ..2 $",
    (
        "(wondering|wonder|wondered|unsure|not sure|not know|confused|undecided|torn|in two minds|worried|can not "
        "decide|debating|know|tell me|figure out|find out|advise|decide|thinking) ..3 (if|whether|about whether) ..2 "
        "(i|to|my|we|he|she|it is (safe|ok|normal|okay|too)|this is (safe|ok|normal|bad|okay|serious)|stopping|"
        "taking|switching) ..6"
    ),
    (
        "(wondering|unsure|not sure|not know|confused|know|tell me|advise|decide|help me|advice on) ..2 (what to (do|"
        "take|choose|try)|which (one|drug|treatment|dose|medicine) ..3 (i|to|for me)|how much ..3 (i|to take|for me)|"
        "when i (should|can)|if it is (safe|ok|normal|dangerous)) ..4"
    ),
    (
        "(worth|reason|a reason|point|good idea|bad idea|mistake|wrong|crazy) ..3 (it for me|for me to|in my case|if "
        "i|that i|of me|me (to|taking|having)) ..8"
    ),
    (
        "(for|with|in|at|given) (someone|somebody|my|a person|a woman|a man|people) ..1 (like me|my age|in my|case|"
        "situation|age|condition|weight|history|with my|kidneys|liver|results) ..12 ?"
    ),
    (
        "(i|my|we|<family>|he|she|me) ..20 (what|any|anything) ..3 (wrong|going on|happening|cause|causing|causes|be "
        "the matter|could it|might it|could this|can i do|should i|i can do|i should) ..8 (?|$)"
    ),
    "what (is|could be|might be) (wrong|happening|going on|causing|the matter) ..2 (with|to|this|my|in) ..4",
    (
        "(do|does|did|could|might|have|has|may) (i|he|she|my <family>|we) ..2 (have|got|has|had|be having|caught|"
        "developed) ..6 (?)"
    ),
    (
        "<lab> ..4 (is|are|was|were|of|at|came back|shows|showed|has|have|went|rose|says|just) ..6 (#|high|low|"
        "positive|negative|raised|up|abnormal|elevated|border*|flagged) ..20 ?"
    ),
    "(my|his|her) ..3 <lab> ..16 ?",
    (
        "(how|what) (bad|dangerous|serious|high|low|worried|much|many|long|likely| safe|risky|soon|often|late|normal) "
        "..8 (i|me|my|his|her|our|him) ..8 ?"
    ),
    "(am|have|had|on|take|taking|diagnosed|was|being|been|pregnant) ..14 (can|should|may|could|must) (i|we|my) ..12 ?",
    (
        "(which|what) ..4 (is|would be|are|works|do you think is|one is) ..2 (better|best|safer|safest|right|"
        "stronger|suitable|more effective) ..3 (for|in) (me|my|someone|us|him|her|a) ..4"
    ),
    (
        "(which|what) (dose|dosage|medicine|drug|medication|treatment|biologic|painkiller|vaccine|antibiotic|tablets|"
        "strength|supplement|supplements|diet|specialist|doctor|test|tests) ..3 (should|can|do|would|could|is (right|"
        "best| safe)|i|will) ..8"
    ),
    (
        "(how much|how many|how often|how long|how soon|how late|how early|how high|how low) ..4 (can|should|may|do|"
        "must|could|would|is safe|before|after|will) (i|we|he|she|my|it|you recommend) ..8"
    ),
    (
        "(tell|advise|help) me (to decide|decide|choose|(what|which|if|whether|how much|when) ..1 (i|to|my|it is|"
        "this is|should))"
    ),
    (
        "(my|the|our) (doctor|consultant|rheumatologist|gp|nurse|specialist|neurologist|dermatologist|hospital|"
        "gastro|immunologist|oncologist) ..6 (wants|suggested|suggests|says|said|offered|recommends|prescribed|"
        "thinks|proposes|insists|advised|refuses|told) ..20 (should i|should we|what do you|is this (right|normal|ok|"
        "safe|correct)|is that (right|normal|ok| safe|correct)|agree ?|right ?|thoughts|do you think|good idea|or not "
        "?|would you|is he right|is she right|are they right)"
    ),
    "(interact|interaction|interactions|contraindicat*|clash) ..6 (my|me|i|with my) ..6",
    (
        "(safe|ok|okay|fine|allowed|dangerous|alright|harmful|possible) ..1 (for|to) ..3 (me|my|him|her|us|i|a woman "
        "my|someone my) ..10 (?|$)"
    ),
    (
        "(is|was|would) it ..3 <judged> ..2 (to|that|if|for|when|with) ..4 (take|taking|drink|have|having|stop|skip|"
        "combine|mix|breastfeed|my|i|get|being|feel|continue|start|eat|use|inject|smoke|be) ..10 ?"
    ),
    "(anyone|anybody) else ..6 (should i|normal|worried|is it|what did you do)",
    (
        "(missed|forgot|forgotten|skipped|took|vomited|late) ..8 (<med>|dose|injection|tablet|pill) ..10 (what|"
        "should|do i|can i|take|double|now|?)"
    ),
    (
        "(pregnant|breastfeeding|trying to conceive|trying for a baby|surgery|operation|vaccin*|alcohol|wine|beer|"
        "flight|antibiotics|ibuprofen|antihistamine*|tattoo|sun|live vaccine) ..10 (can i|should i|do i|is it safe|"
        "safe for me|ok for me|may i|am i|could i| safe to)"
    ),
    "(i am|i have|my|i was|i take|im) ..20 (any (ideas|idea|thoughts|advice|suggestions|opinions)|help|thoughts) ?",
    groups=GROUPS,
    unless=(
        (
            "(can|could|may|do) (i|we) ..2 (get|have) ..8 (free|to pay|copy|print|form|letter|invoice|refund|"
            "appointment) ..6 [?]"
        ),
        "how (can|do|could) i (change|edit|delete|remove|withdraw|see|find|contact|print|share|report) ..6 [?]",
        (
            "(use|copy|show|quote) (the|this|your|a|these|some) (picture|pictures|text|page|article|graph|figure|"
            "video|diagram|table|image|photo) ..8 [?]"
        ),
        (
            "(should|can|could|may|do|must|will|shall|would) (i|we|he|she|you|my <family>) ..2 [need to|have to|be "
            "able to] ..1 <carry> ..10 [?]"
        ),
        (
            "(what|how|where|when|which|who|whom) (should|can|could|may|do|must|would|shall) (i|we|you) ..2 <carry> "
            "..10 [?]"
        ),
        "(if|whether|what|how|where) (i|we|you) (should|can|could|need to|have to) ..1 <carry> ..6",
        "(questions|question|things|what|anything|list) ..2 (to|should i|i should|i can|can i|do i) ask ..8",
        (
            "(asked|asking|told|showed) (my|the|our|his|her) (doctor|consultant|rheumatologist|gp|nurse|specialist|"
            "team|pharmacist|neurologist|dermatologist|mum|clinic) ..10"
        ),
        "(i|we) (did not|used to not) know ..8",
        (
            "(could|can|would|should) you [please] (add|write|explain|include|correct|update|translate|mention|"
            "change|link|publish|clarify|check|fix|provide|print|cover|give|put|say (more|something)|post|tell (us|"
            "me) (more|where|when|how (it|the|this|these|many people)|which (source|study))) ..8 [?]"
        ),
        (
            "(any|some|your) ..2 (advice|tips|thoughts|suggestions|recommendations) ..4 (for|on|about) ..3 (travel*|"
            "hospital bag|parking|school|first infusion|needles|the needle|fridge|clinic|flying|hotels|hotel|what to "
            "(bring|wear|pack)|book|books|entertain*|passing the time)"
        ),
        (
            "good advice|great advice|(thank|thanks) ..6 (advice|tips|suggestions|help)|(follow|followed|following|"
            "best|helpful|useful|sound|wise|practical|clear|kind|their|seek|seeking|medical) (advice)"
        ),
        "(if|whether) (i|we) (may|can|could) ask",
        (
            "how (long|soon|often|much|many|quickly) (does|do|did|is|are|will|until|before|can|should) (it|the|a|"
            "this|that|these|they|one|people|you|an|treatment|infusions|symptoms|patients|most) ..14 ?"
        ),
        "(not|never) ..1 (know|sure) (what|how) ..3 (i would (do|have done)|to thank|to expect|i would be)",
        (
            "(wondering|wonder|want to know|like to know|not sure) (if|whether|how|why|what|when) (the|this|there|it|"
            "they|these|a|that|you|anyone|other|others|people|someone) ..12"
        ),
    ),
)  # fmt: skip

POINTING = frozenset("it this that these those idea he she his her him".split())
PRACTICAL = Phrases(
    "(can|could|would|will|may) (you|i|we|someone|somebody|anyone) ..2 <carry>",
    (
        "(explain|tell) ..3 (to (my|the|our) (class|school|boss|children|kids|friends|family|colleagues|employer|"
        "teacher)|people|friends|colleagues)|at school|on (a|the) plane|hand luggage|security|fridge|cool bag|"
        "insurance|appointment|parking|travel|holiday|abroad|reimburse*|cover|covered|cost|costs|free|pay|form|"
        "letter|comment|page|article|website|link|picture|text|translate*|book|study|trial|source|leaflet|word|"
        "called|available|support group|needle|needles|pen|pens|sharps|bin|port"
    ),
    (
        "(does|do|has|have|did) (anyone|anybody|someone|others|other people|people) (know|have|use|used|tried|found|"
        "recommend) ..2 (a|an|the|any) ..2 (good|cheap|way|trick|tip|tips|app|book|bag|group|clinic|doctor|place)"
    ),
    (
        "(did|was|were) (i|we|my) ..6 (wait|waiting|lucky|happy)|how (did|do) (they|doctors|researchers) ..6|may i "
        "ask|can i [just] say|can i (thank|add|recommend)"
    ),
    groups=GROUPS,
)

# What makes a question of one's own one about health.
HEALTH = Phrases(
    (
        "<part>|<lab>| safe|dangerous|normal|harmful|bad|worse|better|serious|worried|worry|ok|okay|too (late|high|"
        "low|much|long|old|young|strong)|good idea|bad idea|or not|alright|worth"
    ),
    (
        "stop|stopping|stopped|skip|skipping|switch|switching|go ahead|together|combine|combining|mix|interact*|dose|"
        "dosage|mg|cause|causes|causing|caused|help|suit|suits|suitable|pregnan*|breastfe*|alcohol|drink|drinking|"
        "wine|beer|vaccin*|jab|risk|chance|chances|lose|gain|die|cured|rest of (my|his|her) life|for life|for ever|"
        "forever|diet|vitamin*|supplement*|exercise|surgery|operation|infection|infections|fever|temperature|grow "
        "back|recover|flare|flares|believe|antibiotic*|painkiller*|ibuprofen|paracetamol|allerg*|push for|inherit*|"
        "get it from|rash|pain|headache*|nausea|tired|fatigue|cough|lump|swelling|swollen|symptom*|biopsy|diagnos*|"
        "lupus|arthritis|contagious|infectious|tattoo|sun|smoke|smoking|work again|drive after|weaken*|weak"
    ),
    groups=GROUPS | {"part": BODY},
)
OWN = frozenset("i me my mine we us our".split())
OPENINGS = frozenset(
    "am is are do does did can could should would will may might shall what which how when has have".split()
)
# Reasons, places and people are asked for in general, and so are experiences of others.
NO_REQUEST = frozenset("why where who whose whom".split())
_NEAR = 30  # words between the question and the "I" before it
_SHORT = 9  # words of a question that says nothing of its own: "Is that bad?"

REASON = _("Asks what to do about somebody's own health")


def advice_requests(candidate: Candidate) -> Verdict:
    reading = candidate.reading
    words = REQUESTS.words(reading) or _own_questions(reading)
    return hold(REASON, *words, flag=Flag.ADVICE_REQUEST) if words else PASS


def _own_questions(reading: Reading) -> list[str]:
    """The first question about health in which somebody speaks of themselves."""
    asked = [sentence for sentence in reading.sentences if _asks(reading, *sentence) and _is_own(reading, *sentence)]
    if not asked:
        return []
    health, practical = (sorted(first for first, _ in phrases.spans(reading)) for phrases in (HEALTH, PRACTICAL))
    for first, last in asked:
        if _stands(health, first, last) and not _stands(practical, first, last):
            return [reading.written(first, last)]
    return []


def _asks(reading: Reading, first: int, last: int) -> bool:
    opening = reading.words[first]
    return opening not in NO_REQUEST and (reading.words[last] == QUESTION or opening in OPENINGS)


def _stands(places: list[int], first: int, last: int) -> bool:
    place = bisect_left(places, first)
    return place < len(places) and places[place] < last


def _is_own(reading: Reading, first: int, last: int) -> bool:
    if OWN.intersection(reading.words[first:last]):
        return True
    short = last - first <= _SHORT and POINTING.intersection(reading.words[first:last])
    return bool(short and OWN.intersection(reading.words[max(0, first - _NEAR) : first]))
