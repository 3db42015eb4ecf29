"""Spells, and healers whom one should write to."""

from comments.phrases import Phrases
from comments.spam.advertising.groups import GROUPS

HEALERS = Phrases(
    "(spell|spells) (caster|casters|casting|work*|that|to|for)",
    "(love|lost love|lottery|money|magic|marriage|powerful|death) (spell|spells)",
    "(black magic|voodoo|illuminati|witch doctor|native doctor|spiritual healer|spiritualist|psychic|psychics|"
    "clairvoyant|astrologer|money ring*|magic ring*|fortune teller)",
    "(your|my) ex [lover|husband|wife|boyfriend|girlfriend] back",
    "(bring|brought|bringing|get|got|win) [back] (your|my|her|his) [ex] (husband|wife|lover|boyfriend|girlfriend|ex) "
    "[back] ..4 (back|hours|hrs|days|within|spell*|help)",
    "(remove|removes|break|cleanse) ..2 (bad luck|curse|curses|evil|black magic)",
    "(prayer|prayers|ritual|priest|mama|spell) ..6 (ex|lover|husband|wife|marriage) ..4 (back|return*|restored)",
    "my ex ..2 (coming|came|come) back ..4 (prayer|ritual|spell|thanks to)",
    "(my|this|wonderful|a|great|life) testimony",
    "(anointing (water|oil)|holy oil|seed offering|prayer line)",
    "(testify|testifying|living (witness|testimony)|god sent|thank me later)",
    "(cured|healed|cure|heal|cures|heals|free from) ..8 (herbal (doctor|medicine|formula|mixture|remedy|product*|"
    "home|herbs|cure)|herbalist|herbs|traditional healer|herbal man|root and herbs|priest|native medicine)",
    "(herbal|herbs|herbalist|healer|root mixture) ..10 (contact|email|whatsapp|his (number|website|web page|gmail|"
    "email)|ships|courier|dhl|order*|cured me|healed me|tested negative|their website|reach)",
    "herbal (home|cure|priest|man|healer|doctor) ..8 (cure*|heal*|contact|whatsapp|email|online|help*)",
    "(doctor|dr|healer|herbalist|man|priest|woman|god sent|herbal) ..12 (contact (him|her)|email (him|her)|reach "
    "(him|her)|text (him|her)|his (email|whatsapp|gmail)|write to (him|her)|whatsapp (him|her)|call (him|her) on)",
    "(contact|email|reach|text|write to|get in touch with|whatsapp|message|add) ..2 (great|this|the) ..2 (healer|"
    "herbalist|priest|spell*|herbal*|lender|hacker|trader|agent|specialist|man)",
    "(contact|email|reach|text|write|message|whatsapp|add|inbox|chat|dm) (him|her|them) (on|via|through|now|today|"
    "for help|directly|by email)",
    "(he|she|they) (can|will|also) (cure|cures|heal|heals|help you) ..8 (too|herpes|hiv|cancer|all|any|diabetes|"
    "herbs|diseases|sickness)",
    "(cure|cures|cured|heal|heals|get rid) ..4 (herpes|hiv|hpv|fibroid|fibroids|hepatitis b|als) ..10 (herb*|"
    "natural*|doctor|contact|permanent*|whatsapp|cancer|lupus|diabetes|asthma)",
    "(natural|organic) (herbs|herbal) ..4 (clinic|centre|center|cured|formula|remedy|from|doctor)",
    "(herbs|herbal (formula|mixture|medicine)) ..6 (order|ordered|drink|for # (days|weeks)|through courier|sent me|i "
    "bought|i used)",
    "(promised|promise) ..3 (share|testify|tell) ..6 (testimony|contact|world|others|everybody|everyone|saved|loan)",
    "(share|sharing|drop) ..2 (his|her) (contact|email|number|details)",
    "(his|her|their) (contact|email|number|website|web page|page|details) (is|are) (below|here|on|in|:)",
    groups=GROUPS,
)
