"""Somebody tells others to stop, skip or change a treatment, or how much of it to take."""

from django.utils.translation import gettext_lazy as _

from comments.phrases import Phrases
from comments.triage.wording import FAMILY, MEDICINE, MEDICINE_NAMES, NUMBER_WORDS, UNITS
from comments.verdicts import PASS, Candidate, Flag, Verdict, hold

GROUPS = {
    "med": (
        f"{MEDICINE}|folic acid|folate|blood pressure (tablets|pills)|poison|chemicals|toxins|rubbish|stuff|crap|junk|"
        "treatment|it|them|that|these|those|yours|everything"
    ),
    "named": f"{MEDICINE}|folic acid|folate|blood pressure (tablets|pills)|poison|chemicals|toxins|crap|rubbish|junk",
    "drug": MEDICINE_NAMES,
    "family": FAMILY,
    "number": NUMBER_WORDS,
    "unit": UNITS,
    "supplement": (
        "vitamin*|vit|turmeric|curcumin|zinc|selenium|magnesium|iron|omega*|fish oil|iodine|melatonin|ashwagandha|"
        "probiotic*|cbd|garlic|ginger|echinacea|ginseng|collagen|ldn|naltrexone|ivermectin|quercetin|iu|ius|d3|k2|"
        "b12|c|glutathione|nac|oil|supplement|supplements|herbs|herbal|tea|apple cider|cider vinegar|black seed*|"
        "cannabis"
    ),
    # Verbs that change a treatment by themselves.
    "change": (
        "stop|stopping|quit|quitting|ditch|ditching|drop|dropping|skip|skipping|miss|missing|halve|halving|double|"
        "doubling|triple|tripling|increase|increasing|up|upping|decrease|decreasing|reduce|reducing|lower|lowering|"
        "raise|raising|taper|tapering|wean|weaning|bin|binning|flush|flushing|dump|dumping|chuck|chucking|toss|"
        "refuse|refusing|discontinue|discontinuing|cease|ceasing|quarter|cut|cutting|split|splitting|delay|delaying|"
        "postpone|postponing|pause|pausing|stretch|stretching|space|spacing|swap|swapping|switch|switching|replace|"
        "replacing|substitute|withhold|forgo|leave|leaving|come off|coming off|get off|getting off|go off|going off|"
        "stay off|staying off|keep off|lay off|get rid|getting rid|throw|throwing|give up|giving up|cut (back|down|"
        "out)|cutting (back|down|out)|do without|go without|going without|live without|do away|cancel|bump|go cold "
        "turkey|push back|take a break from|taking a break from|have a break from|come away|crush|adjust|adjusting|"
        "steer clear of|stay away from|back off"
    ),
    # Those that need an amount.
    "take": (
        "take|takes|taking|have|use|using|inject|injecting|give|giving|try|start|go|swallow|add|stick|stay|move|aim|"
        "pop|be on|up"
    ),
    "advise": (
        "you (should|could|can|need|must|might|ought|want|would|may|just|better|all|really|are best|are better|do "
        "better|will be fine|would be better|shall)|(should|must|could|can) (just|simply|really|always|definitely|"
        "all|try|safely)|try|why not|why (do|would) (you|people|anyone) not|why do not you|better (to|off)|best (to|"
        "thing|is)|i would|would i|if i (was|were) you|in your (shoes|place|position)|(my|only|good|best|one) "
        "(advice|tip|suggestion|recommendation|trick)|advice|(i|would|strongly|highly) (recommend|suggest|advise|"
        "urge|say|encourage)|(everyone|everybody|people|patients|nobody|anyone|parents|all of you|folks|one|they|he|"
        "she|mum|dad|<family>) (should|could|must|can|needs to|need to|has to|ought)|feel free|go ahead|do yourself "
        "a favour|do yourself a favor|do not be (afraid|scared)|tell (him|her|them|<family>|your <family>) to|make "
        "sure|please|simply|just|honestly|seriously|(safe|fine|ok|okay|harmless|perfectly|alright|no harm|no problem|"
        "no need|nothing wrong|easy|possible|time|worth|easier|wise|smarter|smart|sensible|healthier|better) ..2 (to|"
        "for you to|if you|with|in)|never (hurt|hurts|harm*) ..2 to|will not (hurt|harm|matter) ..2 (to|if)|start|"
        "begin|first|the (trick|key|secret|best way|answer|solution|way) (is|was) ..1 (to)|the (trick|key|secret|"
        "best way|answer|solution|way) is|remember to|have to|get (him|her|them|your <family>) to|let (him|her|them)|"
        "of course you can|(do|follow) (what|as|like) i|personally|trust me|believe me|listen|guys|folks|hun|mate|"
        "dear|love"
    ),
    "by": (
        "to|and|then|so|by|just|simply|really|maybe|perhaps|definitely|always|consider|safely|slowly|gradually|"
        "easily|also|about|all|considering|try|trying|not|need to|completely|immediately|at least|go|gently|quietly|"
        "instead|actually|for you to|if you"
    ),
    "your": (
        "your|the|that|this|those|these|all|any|all your|all the|next|his|her|their|every|a|some|my|its|daily|weekly|"
        "morning|evening|own"
    ),
}  # fmt: skip

# What the writer did, held up to others.
EXAMPLE = Phrases(
    (
        "(i|we) ..1 (skip|skipped|miss|missed|halve|halved|stop|stopped|double|doubled|cut|reduce|reduced|split|"
        "leave out|left out|drop|dropped|forget|forgot|take half|took half) ..2 (<named>|mine|it|them|one|some|"
        "everything|doses|my infusions) ..8 (nothing (happens|happened|bad)|no (harm|difference|problem|problems|"
        "trouble|issues|worse)|(fine|ok|okay|better|great) without|all the time|whenever|and so|you|works|best|never|"
        "does not matter|still (fine|here|alive|well))"
    ),
    "(my|the) (dose|dosage) ..2 (is|was) ..3 # ..8 (you|yours|everyone|should|enough|try|recommend)",
    (
        "why (do|would) not you ..1 [just|simply|try] (stop|skip|miss|halve|double|ditch|drop|quit|reduce|increase|"
        "leave|taper|switch|come off|cut|take (more|less|half|two|#)|stopping|skipping|halving|doubling) ..4 "
        "(<named>|it|them|a (week|day|month|few|dose|couple)|one|off)"
    ),
    (
        "(i|we|he|she|my <family>|mine|who|people|everyone) ..2 (take|takes|took|use|uses|inject|injects|am on|is on|"
        "gave|give|gives|had|doubled|halved|stopped|skipped|skip|cut|reduced|increased|quit|came off|ditched|dropped|"
        "switched|replaced|binned|threw|tapered|swapped|did|do|missed|went|raised|upped|lowered|only take|get) ..9 "
        "(you (should|could|can|must|ought|will|need|might|may)|so (should|could|can) you|try it|try (that|the same|"
        "this)|do the same|do it too|same to you|recommend|everyone should|works better|try too|you too|give it a "
        "(go|try)|so (should|could|can) (everybody|everyone|all)|follow my|and so can you|anyone can|same dose|"
        "doctors (are|just|only)|no need for|never needed)"
    ),
    (
        "(i|we) ..1 (stopped|quit|came off|ditched|dropped|binned|threw|flushed|gave up|got off|refused|cancelled|"
        "halved|doubled|skipped|weaned|tapered|cut|come off|skip|stop|halve|double|stopped taking|quit taking|took "
        "myself off) ..6 (<named>|mine|it|them|cold turkey|off) ..14 (never (felt|looked|been)|best (thing|decision)|"
        "without telling|no (problem|problems|harm|difference|ill|need|side|issues|withdrawal)|nothing (happened|"
        "bad)|(feel|felt|feeling|am|was|been) ..2 (better|fine|great|amazing|fantastic|good|healthier|perfectly|"
        "wonderful|brilliant|so)|you|cold turkey|on my own|myself|by myself|not tell|behind|wish i had (done|"
        "stopped)|and so|doctor (does not|never|was|did not|has no)|works (fine|well|better)|just as well|ever since|"
        "not looked back|not (missed|needed))"
    ),
    (
        "(on my own|by myself|myself|without (asking|telling|my doctor|a doctor|permission|them knowing)|behind ..2 "
        "back|did not (ask|tell)) ..10 (stopped|halved|doubled|reduced|increased|skipped|lowered|changed|adjust*|"
        "came off|cut|off) ..6 (<named>|it|dose)"
    ),
    groups=GROUPS,
    unless=((
        "(doctor|consultant|rheumatologist|specialist|gp|team|nurse|neurologist|dermatologist) ..2 (and i|told me|"
        "advised|said|decided|agreed|with) ..6"
    ),),
)  # fmt: skip

ADVICE = Phrases(
    (
        "(you|u|ya|people|everyone|one) (can|could|should|may|must|might|need to|want to|have to|ought to|better|"
        "would|cn|shld) ..2 (stop|quit|ditch|skip|halve|double|taper|wean|come off|get off|go off|lower|reduce|"
        "increase|drop|cut down|discontinue|bin|leave (it|them) (off|out)|swap|switch|replace) ..1 [<named>|it|them|"
        "that|those]"
    ),
    "(instead of|rather than|not) every (day|week|month|other|two|three|four|#|eight|six|single|morning|night)",
    (
        "every (second|other|third|two|three|#) (day|days|week|weeks|night|month|months) ..4 (enough|fine|plenty|"
        "works|better|instead|does|ok|okay|all you|not)"
    ),
    (
        "why not ..1 (halve|halving|stop|stopping|skip|skipping|double|doubling|reduce|reducing|quit|quitting|drop|"
        "dropping|ditch|cut|cutting|leave|leaving|lower|lowering|taper|switch|swap|miss|take|taking) ..4"
    ),
    "(nobody|no one|noone) (needs|should|has) to (take|be on|have|inject|use|get) ..3",
    "(nobody|no one|noone) should (take|be on|have|inject|use|get) ..3",
    "(go|going|went|jump|move|start|straight) ..1 (straight|right|directly|up|down) ..1 to #",
    (
        "(my|the|a|another|one|old) (trick|hack|secret|method|tip) ..8 (half|halve|double|split|skip|stop|# <unit>|"
        "inject|every|dose|doses|less|more|take)"
    ),
    (
        "(inject|take|use|swallow|give|cut) ..2 (half|a third|a quarter|one third|two thirds|some|the rest|both|"
        "double) ..5 (on (monday|tuesday|wednesday|thursday|friday|saturday|sunday)|of (it|that|them|the|your)|in "
        "the (morning|evening)|and (the|half|see|keep|save|save)|at (night|first)|instead|only)"
    ),
    "(ask|push|go|insist|beg|argue) (for|on|them for|him for|her for) ..3 # ..1 <unit>",
    (
        "(anything|everything) (less|more|under|over|above|below) ..4 (useless|pointless|too much|poison|waste|"
        "dangerous|does nothing|overkill)"
    ),
    "one ..2 (as good as|is plenty|will do|does the|is enough|works as well) ..3",
    "(you|your) ..8 (dose|dosage|doctor) ..8 (too (high|low|much|little|strong|weak)) ..8",
    "# ..1 <unit> ..3 (does|do|did|will do) (nothing|no good|not work|not do|the job|the trick)",
    (
        "(so|and|just|then|therefore) (do it|do the same|stop|stop it|quit|drop it|bin it|skip it|ditch it|follow "
        "(me|suit)) ..1 ($|too|now|yourself|straight)"
    ),
    "(trust|follow) (me|my advice) ..8 (stop|skip|double|halve|dose|mg|off|quit|drop)",
    (
        "(want|need|got|have|ought) to (get|come|be|wean) ..2 off ..3 (<named>|it|them) ..6 (soon|quick*|fast|asap|"
        "now|before|possible|immediately)"
    ),
    (
        "(every|each|once|one|twice) ..1 (#|two|three|four|five|six|eight|ten|twelve|other|second|third) (weeks|days|"
        "months|week|day|month|hours) ..3 (is|are|would be) ..2 (enough|plenty|fine|ok|okay|all you need|sufficient|"
        "better|loads| safe)"
    ),
    "(nobody|no one|noone) ..6 (needs|should take|should be on|has to take|benefits from) ..2 <named>",
    (
        "(get|ask|tell|make|force|push) ..4 (to|into) ..1 (double|doubling|up|upping|increase|increasing|raise|lower|"
        "halve|stop|stopping|reduce|drop|quit|cut) ..1 (it|the dose|your dose|them|that|<named>)"
    ),
    (
        "you ..1 (can|could|may|should|must|might) ..2 (forget|ditch|bin|lose|drop|stop|skip|quit|leave|do without|"
        "go without|live without|manage without|easily go) ..5 <med>"
    ),
    "(say|saying|said) no to ..5 <named>",
    (
        "(^|^ much|^ far|it is|you are|would be) better ..2 (skip|stop|halve|inject|take|leave|miss|double|reduce|"
        "quit|not take|only|without|delay|wait|split|use) ..6 <named>"
    ),
    "leave ..5 (off|out) ..1 (on|when|if|for|before|$|until|and|at)",
    (
        "(should|must|ought to|needs to|need to|has to|have to) be ..1 (on|taking|having|injecting|getting) ..4 (#|"
        "more|less|at least|<named>) ..2 (mg|<unit>|more|less|twice|daily|$|dose|than|instead|not)"
    ),
    "(it|that|this|mine|same) should be yours|so should you|so (could|can) you ..1 (stop|quit|do)",
    (
        "(give|giving) (your|the|a|him|her) [child|kid|baby|son|daughter|little one|toddler|dog] ..2 <named> ..2 "
        "(every|twice|three|#|four|daily|instead|straight|before|until|whenever|a few|for)"
    ),
    "(take|inject|use|swallow|have) ..6 (in one go|all at once|all together|in one day|on one day|on the same day)",
    (
        "(do|does|did) not ..2 need to ..1 (keep|continue|stay|carry on|take|finish|be on|go on|have|worry about "
        "stopping|wait|ask|complete|inject) ..2 (taking|on|using|with|them|it|<named>|all|having|so|that|every)"
    ),
    (
        "(keep|stay|staying|keeping) ..1 on ..3 (<named>) ..2 (is|for) ..3 (unnecessary|pointless|stupid|mad|silly|"
        "dangerous|not needed|too long)"
    ),
    "^ ..1 (drop|go|reduce|increase|lower|taper|cut|come down|raise|bump) ..3 (to|by|down to|up to|back to) #",
    "(are|is|am) ..1 (on|taking) (far|way|much) too (much|many|little|high|low|long)",
    (
        "^ [just|simply|please|and|always|never|only|so|but] (take|inject|use|swallow) ..4 (only|half|twice|double|#|"
        "one|two|three|every|when you|if you|as needed|more|less|extra) ..4 (<named>|<unit>|pen|pens|dose|weeks|days|"
        "hours|feel|need|flare|hurts|morning|night)"
    ),
    (
        "better ..2 (inject|take|use|have|only) ..3 (half|twice|double|only|one|two|three|#|more|less) ..4 (<named>|"
        "pen|pens|<unit>|of it|a day|a week)"
    ),
    "(start|starting|begin) (low|high|with|at|on) ..3 # ..4 (and|then|until|add|up|go|increase|work)",
    "(months|weeks|days|years) (tops|max|maximum|at most|is enough|is plenty) ..1",
    (
        "(take|have|get|inject) (your|the|that) ..2 <named> ..2 (a (day|week|few days|month)|two (days|weeks)|# "
        "(days|weeks)) (later|earlier|late|early) ..1 (no|it|you|is|works|if|so|than)"
    ),
    "(tell|ask|trust|listen to) ..1 (your|own|the) (body|gut|instinct) ..4 (not|over|before|instead)",
    "(get|take|wean|bring|ween|taper) (yourself|urself|him|her|them) off ..2",
    # Told to change it.
    "<advise> ..1 [<by>] [<by>] <change> ..5 <named>",
    (
        "(you|can|could|just|safely|should|better) ..1 (leave|leaving) out ..2 (folic acid|folate|vitamin|calcium|"
        "<named>|it)"
    ),
    "<advise> ..1 [<by>] [<by>] <change> ..1 (it|them|that|those|these|yours|off it|with it|all) ..2",
    "<advise> ..2 [<by>] (come|get|go|wean|taper|stay|be) ..2 off ..3 <med>",
    (
        "<advise> ..2 <change> ..3 (for a (week|month|while|few|bit|day|couple)|every other|next one|one or two|the "
        "next|a (dose|few|week|month|couple)|to #|by #|# mg|without (it|telling)|cold turkey|on your own|yourself|"
        "completely|altogether|straight away|overnight)"
    ),
    "<advise> ..4 (stop|quit|ditch|skip|halve|double|triple|taper|discontinue) ..6 (<named>|it|them)",
    # Said as an order.
    (
        "^ [and|so|but|then|please|just|simply|honestly|seriously|yes|no|yep|nah|well|ok|okay|first|hi|hello|guys|"
        "also|maybe|personally|really|definitely|absolutely|now|dont worry|never mind|hun|oh|or|instead|sometimes|"
        "always|actually|listen] [just|simply|please|then|and|definitely|really|all] (stop|quit|ditch|drop|skip|miss|"
        "halve|half|double|triple|increase|up|decrease|reduce|lower|raise|taper|wean|bin|flush|dump|chuck|toss|"
        "refuse|discontinue|cut|split|delay|postpone|pause|stretch|space|swap|replace|substitute|come off|get off|go "
        "off|stay off|keep off|lay off|get rid|throw|give up|leave out|avoid|switch|cancel|push|crush|bump|lose|"
        "adjust|quarter|cease|hold off|steer clear|stay away|stop taking|cut out|cut down|cut back|forget|ignore|"
        "wait) ..5 (<named>|it|them|those|these|that|next one|yours) ..1"
    ),
    (
        "(just|simply|please|immediately|straight away|right away) (stop|quit|ditch|drop|skip|miss|halve|half|double|"
        "triple|increase|up|decrease|reduce|lower|raise|taper|wean|bin|flush|dump|chuck|toss|refuse|discontinue|cut|"
        "split|delay|postpone|pause|swap|replace|come off|get off|go off|throw|leave out|cancel|switch) ..5 (<named>|"
        "it|them|those|these|that|one|yours|in half|off)"
    ),
    (
        "(and|or|then|so|but) (stop|quit|ditch|skip|halve|double|triple|taper|wean|bin|flush|dump|chuck|refuse|"
        "discontinue|come off|get off) ..2 (<your>|it|them|off|taking|using) ..2 <named>"
    ),
    (
        "(stop|quit|ditch|skip|halve|double|triple|bin|flush|dump|chuck|refuse|drop|lower|reduce|increase|cut|taper|"
        "throw) (your|that|those|these|all that|all those|all your) ..2 <named>"
    ),
    (
        "(stop|quit) (taking|using|injecting|having|swallowing|giving|poisoning|putting|letting) ..4 (<med>|myself|"
        "yourself|him|her|your) ..1"
    ),
    (
        "(throw|flush|chuck|toss|bin|put|pour|tip|dump) ..2 (<named>|it|them) ..1 (away|down the (toilet|loo|drain|"
        "sink)|in the (bin|trash|rubbish|garbage)|out)"
    ),
    "(throw|flush|chuck|toss) (away|out|down) ..3 <named>",
    # No need of it, or harm in it.
    (
        "(you|nobody|no one|noone|we|he|she|anyone|kids|<family>) ..2 (do|does|did|would|will|really|should|must|not|"
        "never|can|need|needs) ..2 (not|never|hardly) ..1 (need|have to (take|be on|have)|require|want|have) ..5 "
        "(<named>|it every|it that|them all|all that|all those|that much|it at all|it so|as much|so much|this much|# "
        "mg|it any more|it anymore|it forever|it once)"
    ),
    "(nobody|no one|noone) ..1 (needs|should (take|be on|have|use|inject)) ..5 <med>",
    "you ..2 (do not|never|not) need (it|them|that|those|any of (it|that|them)) ..1",
    (
        "(no need|not necessary|unnecessary|not needed|pointless|waste|no point|useless|overkill) ..4 (<named>|it "
        "every|taking|take|keep taking|stay on|for the|continuing) ..3"
    ),
    (
        "<named> ..2 (is|are|just|only) ..2 (poison*|toxic|useless|pointless|a scam|rubbish|unnecessary|"
        "overprescribed|a waste|not needed|not necessary|overkill|optional|killing (you|us|people)|making you|"
        "keeping you|doing more harm|more harm|nonsense|garbage) ..1"
    ),
    (
        "(it|they|these|those|this|that) ..2 (is|are|just|only) ..2 (poison|poisonous|poisoning|toxic|overprescribed|"
        "pure poison|killing (you|us|people)) ..1"
    ),
    "(fine|better|healthier|well|ok|okay|great|happier|safer) ..2 [off] without ..3 (<named>|it|them|any of it)",
    (
        "(works|work|worked|does) ..4 (just as|as|much|every bit as|equally) (well|good|fine|better) ..2 (without|"
        "with half|with less|at half|on half|at #|on #|as any|as (<drug>|steroids))|(switch|change|move|go) to every "
        "..2 (weeks|days|months|other|second) ..1"
    ),
    (
        "(do not|never|no way|please do not|not to|never ever|refuse to|wouldn|would not|should not|must not|dont) "
        "..1 (take|start|touch|bother|go near|let them|accept|agree|inject|put|swallow|begin|go on|get|trust|believe|"
        "use|give|keep taking|continue|stay on|poison|bother with|rely|fall for) ..4 (<named>|folic acid|folate|"
        "calcium)"
    ),
    (
        "(do not|never|not|no need to) ..1 (take|start|touch|finish|use|inject|give|continue with|go on|bother with|"
        "keep taking) ..1 (it|them|that|this|those|these) ($|all|every|any|again|because|until|for|if|at|unless|and|"
        "as|when|anymore|just|so|no matter|whatever|my|they|you)"
    ),
    (
        "(do not|no need to|never|without|not|before you) ..1 (tell|telling|ask|asking|listen|listening|bother|wait "
        "for|waiting for|inform|informing|need to ask|involve|need permission|mention|obey|trust) ..3 (doctor|"
        "doctors|gp|rheumatologist|consultant|specialist|nurse|neurologist|dermatologist|hospital|clinic|team|"
        "pharmacist|them) ..8 (<change>|just|<take>|dose|off|medication|meds|yourself|alone|experiment|try|adjust)"
    ),
    # Amounts.
    "(<advise>|you|^) ..3 <take> ..5 # (<unit>|times|a day|per day|daily|a week|weekly|every|weeks|days)",
    (
        "(<advise>|^) ..2 <take> ..3 (#|one|two|three|four|five|six|half|double|twice|more|less|extra|another|"
        "additional|higher|bigger|lower|smaller|second|fewer|quarter) ..3 (<unit>|dose|doses|amount|<drug>|of them|"
        "of it|per day|a day|weekly|daily|a week|instead|than (prescribed|they|it|the|you|he|she)|steroids|steroid)"
    ),
    (
        "(<take>|increase|raise|up|drop|reduce|lower|cut|double|taper|come down|go down|go up|bring|switch|stay|"
        "stick|move|start|down|put|push|pushed|keep) ..4 (to|at|by|from|with|on|up to|down to) ..2 # <unit> ..10 "
        "(you|your|yourself|instead|should|try|enough|better|worked| safe|fine|everyone|recommend|best|start|no|if|"
        "and see|until|works|for a|every|per|daily|a day|then)"
    ),
    (
        "^ ..3 (increase|raise|up|drop|reduce|lower|cut|double|taper|come down|go down|go up|bring|switch|move|start|"
        "begin) ..4 (to|at|by|with|on|off) ..2 # <unit>"
    ),
    (
        "# <unit> ..5 (is|are|was) ..3 (enough|plenty|better|too (much|high|low|little|strong)|what you need|fine|"
        "right|ideal|best|perfect|all you need|nothing| safe|more than enough|way too|a baby|ridiculous|the (sweet|"
        "right|best|correct|maximum|max)|sufficient|overkill|far too|the only)"
    ),
    (
        "(enough|plenty| safe|right|correct|best|ideal|maximum|max|starting|good|proper) ..1 (dose|amount|dosage) ..2 "
        "(is|for|of) ..3 #"
    ),
    (
        "(my|the|our) (way|method|approach|trick|recipe|schedule|regime|regimen|taper|plan|protocol|routine|formula) "
        "(is|was|that worked|of|to|for) ..8 (mg|half|quarter|every|a week|off|taper*|drop|cut|down|less|skip|halve|"
        "double|reduce)"
    ),
    (
        "(half|quarter|twice|double|a third|two thirds|one and a half|less than half) ..1 (the|a|that|your|of the|of "
        "your|of a|of that|as much|prescribed) ..2 (dose|doses|amount|tablet|tablets|pill|pills|injection|strength|"
        "infusion|prescribed|dosage) ..8 (enough|fine|plenty|works|instead|you|will|is|does|should|better|just|try|"
        "and see|helps| safe|every)"
    ),
    (
        "(more|less|higher|lower|bigger|smaller|stronger|extra) ..1 (dose|doses|amount|amounts|tablets|steroids|"
        "pills|mg) ..3 (is|are|will|would|works|work|helps|does|never) ..2 (better|fine|enough| safe|harmless|help|"
        "fix|sort|do|faster|not (hurt|harm)|cure|the answer|what you need|best)"
    ),
    (
        "(instead of|rather than|in place of|replace|replaces|replacing|substitute for|alternative to|swap) ..4 "
        "(<named>) ..8 (take|try|use|drink|eat|<supplement>|diet|fasting|with|for|do|natural*|sauna|exercise|keto|"
        "juice)"
    ),
    (
        "(take|try|use|drink|eat|taking|using|drinking|go for|switch to|get|start|have|buy) ..8 (<supplement>|diet|"
        "fasting|naturally|keto|juice|honey|something natural|natural*) ..8 (instead|rather than|in place of|and "
        "(stop|drop|ditch|skip|come off|forget|bin|get off|leave)|not the|not those|over the|no need|do not need)"
    ),
    "(take|try|taking|use|inject) ..3 # ..2 <unit> ..6",
    (
        "# ..1 <unit> ..4 <supplement> ..10 (instead|a day|daily|per day|every|each|better|enough|will|works|fixed|"
        "helps|you|should|try)"
    ),
    (
        "(every (other|second|third|two|three|#) (day|days|week|weeks|month|months)|once a (week|month|day|"
        "fortnight)|twice a (day|week)|on alternate days|only when|alternate days|as needed|when needed|(three|four|"
        "two|#) times a day) ..3 (is|are) ..2 (enough|fine|plenty|all you need|sufficient|ok|okay| safe|better)"
    ),
    (
        "(try|should|just|could) ..6 (every (other|second|third|two|three|#) (day|days|week|weeks|month|months)|"
        "alternate days|only when|as and when|once a (week|month|fortnight)|twice a (day|week)) ..5 (instead|rather|"
        "enough|fine|you|works|not|only|when|if|to save)"
    ),
    (
        "(you|just|try|^|can|could|should|and|best|simply|advice) ..1 (stretch|space|spread|push|widen|lengthen|"
        "extend|extending|stretching|spacing|shorten) ..5 (gap|gaps|interval|intervals|between|out|longer|apart|"
        "back) ..4 (<named>|weeks|#|doses|months|it|them|by)"
    ),
    (
        "(you|try|just|could|should|safely|can|fine|ok|okay|harm|happens|worry|problem) ..6 (skip|miss|missing|"
        "skipping|drop|leave out|leaving out) ..4 (<named>|one|few|couple|week|weeks|it|now and then|every|month|the "
        "odd)"
    ),
    (
        "(missing|skipping|stopping|halving|doubling|dropping|reducing|quitting|lowering|cutting|coming off|leaving "
        "out|splitting|tapering|weaning) ..5 (<named>|it|them|one) ..5 (will not|does not|is (fine|ok|okay| safe|"
        "harmless|no|not|the|easy|best|better|perfectly|totally|nothing)|never|would not|makes no|did (not|me)|"
        "worked|works|helps|helped|is what|was the best|should|is easy|won)"
    ),
    (
        "cold turkey ..8 (you|works|worked|best|fine|just|only|easier|way|did|is| safe|no)|(go|going|went|stop|quit|"
        "do it|stopped) ..3 cold turkey"
    ),
    (
        "(give|giving|gave) (him|her|them|your <family>|the <family>|your kid|a child|children|kids|baby|your dog) "
        "..5 (#|half|double|twice|more|less|extra|two|three|quarter|adult|a whole|one|bit of your|some of your|your) "
        "..4 (<named>|<unit>|dose|of)"
    ),
    (
        "(left over|leftover|spare|unused|old|expired|remaining|extra|someone else|friend|wife|husband|mum|sister|"
        "neighbour) ..3 (<drug>|tablets|pills|pens|meds|medication|steroids|antibiotics|injections|prescription) ..8 "
        "(send|share|give|post|sell|swap|use|borrow|take|have some of|you can have|works|perfectly good|still (good|"
        "work*|fine)|if you (want|need|like))"
    ),
    (
        "(use|borrow|share|take|try|sell|selling|send) ..3 (left over|leftover|spare|unused|someone else|friend|wife|"
        "husband|mum|dad|sister|brother|your (mum|dad|wife|husband|friend|sister|brother)|some of (my|mine)|vet|"
        "veterinary|horse|animal|dog) ..3 (<drug>|tablets|pills|pens|meds|medication|steroids|antibiotics|injections|"
        "prescription|dose|ivermectin|wormer|paste)"
    ),
    (
        "(get|buy|order|bought|ordered|got) ..5 (without [a] prescription|no prescription|over the counter|online|"
        "from (india|mexico|turkey|abroad|the internet)|off the internet|black market) ..6 (<drug>|take|dose|mg)"
    ),
    (
        "(doctors|doctor|gp|rheumatologist|consultant|they|specialists|nhs|hospital|rheumatologists|consultants|"
        "prescribe*) ..3 (always|over|under|too|just|only|all|never|not|way|prescribe|prescribes|give|gives|overdo*|"
        "exaggerate*|start) ..6 (too (much|little|low|high|cautious|careful|many|strong|slow*)|overprescribe*|"
        "overdose|overdosing|overmedicat*|more than (you|anyone|people)) ..8"
    ),
    (
        "(let|trust|listen to|heal) ..2 (your body|your own body|nature|your immune system) ..12 (<drug>|meds|"
        "medication|drugs|pills|tablets|steroids|dose|without|stop|off|skip|drop)"
    ),
    (
        "(i|would|if it was me i|if i were you i|in your place i|personally i|me i|i personally) ..1 (would|ll|"
        "wouldn) [not|never] ..1 (<change>|take|start|touch|keep taking|bother with|stay on|risk|double|use|"
        "increase) ..4 (<named>|off|# mg|dose)"
    ),
    (
        "i would [not|never] ..1 (stop|quit|ditch|skip|halve|double|taper|drop|come off|take|touch) (it|them|that|"
        "this|those)"
    ),
    (
        "(take|use|inject|have|swallow|need) ..3 (more|less|extra|another|second|additional|double|twice) ..5 (if|"
        "when|until|whenever|before|in case|on|to) ..6 (flare|flares|pain|hurts|bad|feel|worse|better|days|symptoms|"
        "stress*|ill|needed|holiday|party|wedding|exam*|stiff)"
    ),
    (
        "(once|when|as soon as|if|after|the moment|until) (you|your|the|it) ..6 (better|well|fine|good|remission|"
        "gone|normal|pregnant|ill|sick|worse|clear|improve*|stable|results|cold|wake|feel) ..4 (<change>|you can "
        "stop|stop|no need|no longer need|can come off|double) ..5"
    ),
    (
        "(safe|fine|ok|okay|harmless|possible|best|wise|sensible|right) ..3 (to|if you|for you to) ..3 (stop|skip|"
        "double|halve|quit|miss|drop|come off|reduce|increase|take # |taper|combine|mix|take (more|double|two|twice|"
        "extra|it|them)) ..4"
    ),
    (
        "(alternate|rotate|stack|crush|snort|top up|load up|bump up|crank up) ..4 (<drug>|dose|ibuprofen|steroids|"
        "tablets|it) ..5 (and|with|by|for|until|to|up|if|on|in) ..3"
    ),
    (
        "(dose|dosage|dosing|strength) ..3 (should be|must be|needs to be|ought to be|could be|has to be|can be|is "
        "way|is far|is much|is too|sounds (too|very|way|awfully)|you need) ..4"
    ),
    groups=GROUPS,
    unless=(
        # Doctors decided, or the reader is told to ask them.
        (
            "(doctor|doctors|consultant|rheumatologist|neurologist|dermatologist|gastroenterologist|immunologist|"
            "specialist|nurse|gp|pharmacist|team|hospital|clinic|he|she|they|surgeon|dentist|midwife|hospital team|"
            "professor|registrar|obstetrician) ..2 (told|advised|asked|said|says|wants|wanted|decided|lowered|"
            "reduced|stopped|halved|doubled|increased|raised|suggested|recommends|recommended|explained|agreed|"
            "switched|tapered|changed|put|upped|adjusted|moved|started|let|plans|thinks|is|will|has|have|had) ..6 "
            "(<change>|<take>|stopped|reduced|tapered|lowered|changed|increased) ..4 [<named>]"
        ),
        (
            "(never|not|nobody should|no one should|dangerous to|risky to|wrong to|not safe to|unsafe to|instead of|"
            "rather than|afraid to|scared to|refuse to|refused to|please do not|do not ever|do not just|do not "
            "simply|should not|must not|do not want to|would not|before you|before) ..1 (<change>) ..4 [<named>|it|"
            "them|cold turkey|dose]"
        ),
        "(if|when|in case|unless|should) you (miss|forget|skip|missed|forgot|skipped)",
        (
            "(not|never) (take|use|have|inject) (a|an|the|any|your|two|another) [next|other] (double|extra|next|"
            "leftover|second|two|old|spare|expired|dose)|not take (leftover|double|extra|two)"
        ),
        (
            "(doctor|doctors|consultant|specialist|team|clinic|gp|hospital) ..1 (may|might|can|could|will|would|"
            "often|usually|sometimes) ..14"
        ),
        "(told|telling|tells|wants|wanted|asked|advised) (me|us) to ..10",
        "(ask|asking) (if|whether|when|how) ..10",
        (
            "(ask|talk|speak|check|discuss|agree|see|consult|call|ring|phone|email|contact) ..3 (doctor|nurse|gp|"
            "pharmacist|consultant|rheumatologist|team|clinic|specialist|them|helpline|hospital|neurologist|"
            "dermatologist) ..8 (<change>) ..4 [<named>]"
        ),
        (
            "(without|unless|before|until) ..2 (asking|talking|speaking|checking|discussing|consulting|advice|doctor|"
            "team|consultant|you (ask|talk|speak|check|see)) ..6"
        ),
        (
            "(i|we|he|she|they|my <family>|me|us|him|her) ..2 (take|takes|took|taking|use|uses|inject|injects|have|"
            "has|had|get|gets|got|start|started|am on|is on|was on|been on|go|went|give|need|takes|do|only take|did|"
            "stay|be on) ..3 # ..2 <unit> ..1 [<drug>]"
        ),
        (
            "(stop|skip|reduce|lower|drop|increase|switch|cut down|replace|double|get off|swap) ..2 (worry*|thinking|"
            "the queue|queue*|salt|sugar|stress|smoking|alcohol|coffee|at the|by|into|for a (drink|coffee|break)|off "
            "(at|the (bus|train))|hospital*|clinic*|doctor*|insurance|to a (new|different|better)|bus|train|seats|"
            "chairs|arms|sides|the (bandage|plaster|sensor|needle|filter|battery)|check*|screens|channels|your (risk|"
            "weight|chance*|stress|carbon|exposure))"
        ),
        (
            "(not|never) (stop|miss|skip) ..1 (smiling|believing|hoping|learning|asking|the chance|the bus|an "
            "appointment|it for the world|fighting|going|living)"
        ),
        (
            "(cut|drop|up|split|skip|miss|leave|forget|cancel|switch|move|bring|change) ..2 (appointment|"
            "appointments|breakfast|work|lunch|school|meal|meals|phone|car|bus|train|the ads|queue|stop|hospital|"
            "hospitals|clinic|consultant|nurse|arm|arms|side|sides|leg|legs)"
        ),
        (
            "(empty stomach|with (food|water|breakfast|a meal|grapefruit|milk|meals|plenty)|out of the fridge|to "
            "room temperature|before (the|your|my) (infusion|injection|appointment|first)) ..2"
        ),
        (
            "(take|bring|have|use|get|need|give|put|pack|wear) ..3 (book|blanket|snack|snacks|photo|photos|notes|"
            "list|friend|someone|headphones|tablet computer|ipad|pillow|water|time|day|days|care|notice|part|place|"
            "deep breathe|breathe|breaths|seat|bus|train|taxi|picture|pictures|letter|lift|holiday|patience|minute|"
            "minutes|hour|hours|jumper|cardigan|charger|socks|questions|break from work|ice|cold pack|plaster|a "
            "while|weeks|months|long|nap|walk|warm|coat|sharps|bin|cool bag|lunch|alarm|phone|calendar|app|diary|# "
            "(minutes|hours|weeks|months))"
        ),
        "(injection|injections|pen|pens|it|infusion) ..2 (out of) ..3 fridge",
        (
            "(did|does|do|has|can|could|should|would|will|is|are|was) (you|anyone|anybody|someone|i|we|it|there|he|"
            "she|the|a|that|my|people|patients|one) ..16 ?|have (i|we|they|there|anyone|others) ..16 ?"
        ),
        "(how|what|when|which|who|where) ..16 ?|why (do|does|is|are|did|was|has|must|would) ..16 ?",
        (
            "(trial|trials|study|studies|research|researchers|guideline|guidelines|article|page|leaflet|approved|"
            "licensed|participants) ..10 (mg|dose|doses|reduce|reducing|stop|stopping|tapering|taper)"
        ),
        (
            "(side effects|inflammation|pain|swelling|flares|risk|stress|cost|costs|symptoms|infection|antibodies|"
            "activity|immune (system|response)|attacks|b cells|cells|t cells|cytokines|damage|relapses|progression) "
            "..3 (stop|stops|reduce|reduces|lower|lowers|increase|increases|drop)"
        ),
        (
            "(reduce|reduces|reducing|lower|lowers|increase|increases|cut|stop|stops|stopping|block|slow|raise|delay|"
            "avoid|avoiding|miss|ignore|split|switch|hold|space) ..3 (side effects|inflammation|pain|swelling|flares|"
            "risk|risks|stress|cost|costs|symptoms|infection|infections|antibodies|activity|immune|attacks|cells|"
            "damage|relapses|progression|worrying|worry|sugar|salt|alcohol|smoking|crowds|sun|waiting)"
        ),
        (
            "(treatment|drug|therapy|medicine|it|which|that) (reduces|lowers|stops|increases|blocks|slows|cuts|"
            "raises|doubles|halves)"
        ),
    ),
)  # fmt: skip

REASON = _("Advises to stop, skip or change a treatment, or on a dose")


def dose_advice(candidate: Candidate) -> Verdict:
    reading = candidate.reading
    words = ADVICE.words(reading) + EXAMPLE.words(reading)
    return hold(REASON, *dict.fromkeys(words), flag=Flag.DOSE_ADVICE) if words else PASS
