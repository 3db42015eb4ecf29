"""Whoever sells something, says so in certain words."""

from comments.phrases import Phrases
from comments.spam.advertising.groups import GROUPS

SALE = Phrases(
    "(buy|order|sale|offer|offers|free|discount|cheap|price|prices|cash|win|click|shop|deal|deals|guaranteed|"
    "delivery|"
    "followers|subscribe|bonus|earn|money|loan|loans)",
    unless=("(free of|feel free|gluten free|pain free|in order|order to|free day|blood money|waste of money)",),
)

# Beside a link. Readers tell each other where something is free, can be ordered or bought.
LINKED_SALE = Phrases(
    "(sale|discount|discounts|cheap|cheapest|deal|deals|bonus|earn|loan|loans|casino|followers|coupon|coupons|"
    "guaranteed|"
    "supplier|suppliers|shipping|winnings|dating|crypto|viagra|pills|gummies|supplement|supplements)",
    unless=("(good|great|big) deal", "deal with"),
)

PROMOTION = Phrases(
    # Orders to the reader
    "(order|buy|shop|enrol|enroll|claim|grab|act|invest|deposit|subscribe|get yours|get started|contact us|call us) "
    "<now>",
    "^ [please|so|just] ..1 (apply|book|sign up|join|register|download|try it|enquire|inquire|click|visit us|text "
    "us) <now>",
    "(apply|book|sign up|register|download) (now|today) $",
    "click (here|below|my|the link below|to (order|buy|read|learn|see|claim|start|join|get))",
    "(grab|get|claim|secure|reserve) (your|yours|this) ..3 (copy|spot|seat|bottle|discount|offer|place|gift|bonus|"
    "deal|prize)",
    "(hurry|hurry up|do not miss) ..3 (offer|deal|order|chance|it|out|stock)",
    "(order|buy|get|pick up) (your|yours|one|a pack|a bottle|some) ..4 (now|today|here|online|while)",
    "(buy|order|take) (#|one|two|three|a) ..2 get (#|one|two|a) ..2 free",
    "buy (one|two|three|#) [and] get (one|two|three|a second|#)",
    # Terms of sale
    "(free|fast|discreet|worldwide|overnight|express|stealth|same day|instant|quick) (shipping|delivery|ship|"
    "shipment|packaging)",
    "(ship|ships|shipped|deliver|delivered|delivery|shipping) ..3 (worldwide|discreetly|overnight|to your door|door "
    "to door|all over the world)",
    "(cash on delivery|money back|satisfaction guaranteed|no obligation|no credit card|cancel anytime|no questions "
    "asked)",
    "(discount|promo|coupon|voucher|referral) (code|link|codes)",
    "(use|with|enter|apply) [my|our|the|promo|discount|coupon] code",
    "# % (off|discount|cheaper|commission|cashback|bonus|guaranteed|legit|return|returns|win|natural|organic|profit)",
    "(#|half) (off|price) ..3 (all|every|entire|only|today|this week|sale|with)",
    "(best|lowest|unbeatable|factory|affordable|wholesale|competitive|low|cheap|cheapest|great) (price|prices|rates|"
    "rate|deal|deals)",
    "(limited|while) (stock|stocks|offer|seats|spots|supplies|places available|time (only|offer|deal|discount|sale))",
    "(exclusive|hot|amazing|introductory|limited|black friday) (offer|offers|deal|deals|discount|discounts|promotion)",
    "(clearance|flash|big|mega) sale",
    "(on|for) sale ..4 (now|today|this week|online|cheap|here|only)",
    "free (quote|demo|audit|bottle|bottles|webinar|masterclass|spins|bonus|gift|ebook|e book|case review|tokens|"
    "estimate)",
    "# (day|days|night|nights) ..1 (trial|guarantee|money back)",
    "(get|request|ask for) ..2 (free|quote|demo|price list|catalogue|brochure)",
    "(#|two|three) ..2 for the price of (#|one|two)",
    "(half off|half price (until|this|now|today|sale|only)|(this weekend|today|this week|this month) only|only "
    "(today|this week) $)",
    "first (#|two|three|lesson|month|session|class|box|bottle|training|consultation) ..2 free",
    "(bulk|group|quantity|reader|early bird) (discount|discounts|price|prices)",
    "((get|order|request|claim) ..2 free (sample|samples)|free sample (pay|pack|bottle)|lifetime access|commission "
    "for each|seats limited|spots are filling)",
    "(start|get|claim|begin) ..2 free trial",
    "(free|months|days) ..1 premium (free|membership|version|account)",
    "(only|just|for) # ..3 (this week|today only|a bottle|a jar|per bottle|a bottle)",
    "(no|without) (signup|sign up|registration) ..3 (needed|required|free|$)",
    "(call|text|email|mail|write|contact) ..2 for (price|prices|pictures|samples|free advice|the price list|orders|"
    "order)",
    "call (today|now|us|our number) $",
    "(watch|see) [the|this|now] ..3 (before it|video ..5 (taken down|deleted|banned|removed))",
    "(sign up|register|join|order|subscribe|buy) (with|through|via|using|from) (my|our|this|the) link",
    "(link|website|site) (below|in my name)",
    "(got|get|bought|available|find|found) ..3 (on sale|at a discount) (at|from|on)",
    "(they|it) (have|has|are|is) ..3 (sale|discount|coupon|promotion) ..3 (now|today|on|this week|going on)",
    "(with|using|via) my (code|link|promo)",
    "(# %) off ..3 (with|using)",
    "(without asking questions|no questions asked|video inside|replacement guarantee|toll free|no upfront fees|going "
    "fast)",
    "(amish|ancient|japanese|himalayan|forbidden|secret|bedtime|morning) (tonic|recipe|ritual|remedy|trick|loophole|"
    "formula|habit)",
    "# (foods|fruits|drinks|herbs|spices|vegetables|second|minute) ..3 (destroy|destroys|kill|kills|heal|heals|"
    "reverse|reverses|melt|ritual|trick|habit)",
    "before you take another (pill|tablet|dose)",
    "my [new|latest|own] (novel|ebook|album|single|book|course|training|webinar) ..2 (on|is|at|for|available) ..2 "
    "(amazon|kindle|spotify|sale|free|available|out now)",
    "(get|order|buy|grab) (yours|it|one|them|ours) ..1 (from|at|on|here|online) ..3 (website|site|official|sale|"
    "store|discount|link|shop|only|while)",
    "get yours",
    "if you [are] (looking for|need|want|interested in|searching for) ..8 (contact us|visit our|our (site|website|"
    "page|team|company|service*|store|shop)|we (offer|provide|can help|have got|supply))",
    "are you (in need of|in search of)",
    "(try|order|buy|use) (it|them|this|ours) ..1 risk free",
    "(special|limited|exclusive|unbeatable) ..1 offer (for|to|on|is|ends|valid)",
    "(rent|lease|hire) ..4 for # ..2 (month|day|week)",
    "(giveaway|giveaways) ..6 (comment|follow|win|email|account|link|enter)",
    "(giving away|free) ..6 (courier agent|account giveaway|puppies|piano)",
    "(starting|prices|price|priced|packages|rates|flights|tours|rooms|disposable|fees) (from|at) [only|just] #",
    "(ask|call|message|email|write) [me|us] for [a|an|our|the] (offer|quote|price|prices|catalogue|brochure|"
    "appointment|rates)",
    "(agents|dealers|partners|investors|distributors|resellers|members|sellers|testers) (wanted|needed|welcome)",
    "(subscribe|order|book|call|click|join) [now] and (pay|get|save|receive|win)",
    "pay (just|only) #",
    "^ (reserve|book|secure) (a|your) (place|seat|spot|table|stay)",
    "only # (places|spots|seats|rooms|pieces|units|bottles) (left|remaining|available)",
    "(last|limited) (pieces|units|edition)",
    "(payment|payments) in (instalments|installments)",
    "(as seen on tv|say hello to|mail order (shop|store)|by mail order|delivered to you|our (catalogue|price list))",
    "want (clear|perfect|beautiful|white|whiter|flawless|younger|glowing) (skin|teeth|hair|smile)",
    "(register|join|book|enrol|sign up) before (it|the|they) ..3 (full|fills|filled|gone|sold|ends|closes)",
    "(fiverr|upwork|my gigs|etsy shop|amazon fba|clickbank|shopify|aliexpress)",
    "(virtual assistant|virtual assistants|outsource your|outsource ..2 billing|cut costs by|schedule a (demo|"
    "walkthrough|call))",
    "(press release|budget available|media partner|call for papers|submit manuscripts|rapid publication|speaker at "
    "our|invite you as a speaker)",
    "(comment|reply|type|dm|send [me] the word|message me the word) (yes|info|interested|reset|ready|start|me)",
    "i am looking for # people",
    "interested in a (partnership|collaboration|cooperation)",
    "(cheap|cheaper) ..5 (for your event|let me know|from india|from china|below market)",
    "(book|order) by phone",
    "(healing|health|wellness|detox|gut|yoga) (retreat|coaching|practitioner|masterclass|programme|program) ..10 "
    "(book|reserve|left|payment|price|spots|join|place|off|enrol|apply)",
    "(leave|drop|enter) your email",
    # Whoever speaks as a firm
    "(professional|expert|experienced|native|certified) (writers|traders|hackers|developers|designers|consultants|"
    "coaches)",
    "your (business|company|brand|practice) ..6 (grow*|google|customers|clients|listed|optimi*|visib*|leads|online)",
    "(marketing|sales|partnership|business development|admission|recruitment) (department|consultant|consultants|"
    "manager|team|officer)",
    "(independent|wellness|beauty) (advisor|adviser|distributor|consultant|partner)",
    "became a partner ..8 (earn|join|money)",
    "(student visa|visa consultants|immigration consultant|immigration consultants|study abroad|job placement|"
    "management service|sick note ..3 (online|issue*)|online sick notes|home tuition|quran classes|sea freight|air "
    "freight|customs clearance|laptop repair|interior design|home nursing agency)",
    "we (sell|supply|manufacture|export|ship|specialise|specialize|guarantee|deliver|are hiring|buy|build)",
    "we [also|can|do] (offer|provide|have|give) ..5 (service|services|loan|loans|packages|package|solutions|discount|"
    "prices|rates|range|products|training|programs|quality|guarantee)",
    "our (agency|company|firm|clients|customers|experts|sales|product|products|store|online shop|services|brochure|"
    "packages|factory|catalogue|legal team|showroom)",
    "my (agency|clients|customers|services|online shop|packages|company (also|sells|offers|provides))",
    "(leading|certified|trusted|reputable|top|legit|reliable|verified|number one|genuine) (provider|supplier|"
    "manufacturer|exporter|company|agency|seller|vendor|dealer|lender|brand)",
    "(distributor|distributors|ambassador|affiliate|resellers|dealership) ..3 (wanted|needed|link|code|program|"
    "programme)",
    "i am (a|an) (distributor|ambassador|affiliate|reseller)",
    "(book|schedule|reserve|arrange) (your|a|an|my) ..3 (consultation|call|session|demo|spot|seat|discovery)",
    "(book|schedule) (your|an) ..1 appointment ..3 (now|today|online|with us|here)",
    "(thousands|millions) of (happy|satisfied) (customers|clients|users)",
    "<ware> ..8 (order|discount|shop|for sale|in stock|our website|official website|official site|supplies|guarantee|"
    "shipping|buy)",
    "(order|buy|shop|discount|try) ..4 <ware> ..6 (now|today|online|here|free|off|from|website)",
    "(our|introducing) ..4 (<ware>|range|product|cream|oil|tea|supplement|machine)",
    "(official (site|website|store)|payment plans available|bulk order|bulk orders|price list|send inquiry|moq|oem)",
    "(say goodbye to|tired of|struggling with|suffering from) ..6 ^",
    "(number one|no 1|world best|top rated|clinically proven|lab tested|doctor approved) ..4 (market|booster|formula|"
    "supplement|product|brand|cream)",
    "(immune|immunity) (booster|boosters|gummies|drops|shots)  ..8 (buy|order|sale|price|now|today|code|off|shop)",
    unless=(
        "(hospital|clinic|society|council|nurse|pharmacy|charity) ..6 free (trial|gift)",
        "(clinical|drug|vaccine) trial",
        "(gluten|sugar|pain|lactose|dairy|smoke|citrate|latex) free",
        "(say goodbye to|tired of|struggling with|suffering from)",
        "(how|where|when) ..4 (apply|register|book|sign up) [for|online]",
    ),
    groups=GROUPS,
)
