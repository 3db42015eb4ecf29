"""Goods that are sold by comments: medicines, slimming, copies, papers, company, break-ins, and trades of all kinds."""

from comments.phrases import Phrases
from comments.spam.advertising.groups import GROUPS

GOODS = Phrases(
    "(buy|order|cheap|generic|discount|purchase) ..2 <drug> online",
    "(buy|order|cheap|generic|discount|purchase|get|sell|selling|sells) ..3 <drug> ..6 (cheap|overnight|delivery|"
    "price|shop|now|shipped|for sale|discount|bitcoin|card|discreet*|free|today|worldwide)",
    "(cheap|discount|discounted|generic) ..2 <drug> ..6 (stock|rx|prescription|buy|order|online|each|available|"
    "worldwide)",
    "(viagra|cialis|levitra|kamagra) ..4 (cheap|price|online|buy|generic|pills|without|order|mg tablets|sale)",
    "(best|buy|order|cheap|cheapest) ..2 (viagra|cialis|levitra|kamagra|xanax|tramadol|adderall|oxycodone)",
    "^ ..4 (buy|order|purchase|get|need|looking for) ..8 (without|no) [a|any|the|seeing a] (prescription|rx|doctor|"
    "script)",
    "(no|without) [a|any] (rx|prescription) (needed|required|necessary|asked)",
    "no (rx|prescription|script) $",
    "(selling|for sale|we have|available) ..5 (without|no) [a|any] (prescription|rx)",
    "(canadian|indian|mexican|our|trusted) ..1 (pharmacy|pharma|drugstore) ..8 (cheap*|discount|rx|never asks|order|"
    "online|ship*|best|off)",
    "(online (pharmacy|drugstore|shop|store)) ..6 (best|cheap*|discount|secure checkout|visit|with everything|new "
    "arrivals)",
    "(best|cheap|cheapest|trusted|discount) ..1 online (pharmacy|drugstore|shop|store)",
    "(male enhancement|penis|ed pills|ed meds|erectile pills|libido booster|rezeptfrei|potenzmittel|sans ordonnance|"
    "sin receta)",
    "(burn|burns|burning|melt|melts|blast) ..2 (fat|calories|belly)",
    "(belly fat|keto gummies|keto pills|slimming (tea|pills|capsules)|fat burner|fat burners|appetite suppressant|"
    "weight loss (pill|pills|gummies|patch|secret|trick|capsules|drops|supplement|shot*|program*))",
    "(lose|shed|drop) ..4 (weight|pounds|kilos|kg|lbs|kilo) ..6 (fast|overnight|quickly|guarantee*|no diet|without "
    "(diet*|exercise)|in # (days|weeks)|a week|this|gummies|with our)",
    "(lose weight|weight loss) (fast|now|quickly|today|guaranteed|overnight)",
    "(weird|ancient|simple|rice|this one) trick",
    "(replica|replicas|aaa quality|counterfeit|knockoff|knock off)",
    "(rolex|gucci|louis vuitton|ray ban|nike|adidas|jordan|jerseys|sneakers|handbags|designer bags|prada|chanel|ugg|"
    "michael kors|oakley) ..8 (cheap|sale|outlet|store|shop|off|price|wholesale|only|clearance|discount|online|from)",
    "(cheap|outlet|wholesale|discount) ..2 (rolex|gucci|louis vuitton|ray ban|nike|adidas|jordan|jerseys|sneakers|"
    "handbags|bags|watches|sunglasses|ugg)",
    "(cracked|full|pirated) version ..6 (download|free|key|windows|office)",
    "(activation|license|product|serial) (key|keys|powder) ..4 (free|download|windows|office|working|cheap|available)",
    "(premium|netflix|spotify|verified paypal|hacked|gmail) (account|accounts) ..4 (cheap|warranty|buy|sale|lifetime|"
    "only|instant|with balance)",
    "(free|watch|download) ..3 (movies|mp3|ringtones|robux|vbucks|v bucks|live sports|hd videos|xxx) ..4 (free|"
    "online|hd|watch|download|generator|site|without)",
    "(essay|essays|dissertation|thesis|assignment|assignments|homework|coursework|term paper) (writing|writer|"
    "writers|help|helper|helpers|tutor|tutors|service|services|assistance) ",
    "(buy|order|pay ..4 (write|do|take)|write your) ..3 (essay|essays|dissertation|thesis|homework|assignment|"
    "coursework|online class|exam)",
    "(we write|expert writers|native writers|plagiarism free)",
    "(fake|counterfeit|buy|registered|undetectable|novelty|authentic) ..5 (passport|passports|driver license|driver "
    "licence|driving licence|drivers license|driver licences|id card|id cards|diploma|diplomas|degree|degrees|"
    "residence permit*|bank notes|banknotes|money)",
    "(vaccination|vaccine|vaccinated|university|ielts|toefl) ..2 (certificate|certificates|card|cards|degree|"
    "diploma) ..8 (sale|without|registered|buy|payment|contact|database|exam)",
    "(ielts|toefl|nclex) ..8 (without|certificate|exam|buy|registered|contact)",
    "(cloned cards|clone cards|cc dumps|bank logs|ssd chemical|ssd solution|black money|carding|hacked paypal|"
    "counterfeit money)",
    "(hire|contact|professional|ethical|genuine|legit|certified|great|this|trusted|reliable) ..3 (hacker|hackers)",
    "(hacker|hackers) (for hire|who|recovered|helped|recommend*|online|service*)",
    "(hack|hacking|spy) ..3 (facebook|whatsapp|instagram|phone|account|spouse|password|accounts)",
    "(cheating|unfaithful) (spouse|wife|husband|partner|boyfriend|girlfriend)",
    "(recover|recovered|recovery|retrieve*|traced) ..4 (funds|fund|lost money|wallet|scammed|stolen|investment|"
    "expert|specialist)",
    "(free nudes|live cams|live nudes|nudes and|escort|escorts|call girl|call girls|camgirl|camgirls|hookup|hookups|"
    "webcam models|sugar mummy|sugar daddy|onlyfans|xxx|porn|porno|incall|outcall|milf|sexcam)",
    "(hot|sexy|beautiful|lonely|naked|single|russian|asian) (brides|girls|singles|women|ladies|teens|babes|models|"
    "moms) ",
    "(dating|adult) (site|sites|app|website|chat|video|videos|content) ..6 (free|join|mature|singles|women|register|"
    "near|best|find)",
    "(find|meet) ..3 (soulmate|singles|your match|hot|real girls|women near)",
    "happy ending",
    "(seeking|looking for|want|need) ..3 (serious|honest|loving|kind|rich|mature|generous) (man|woman|gentleman|lady|"
    "partner)",
    "(serious|honest|loving) (man|woman|husband|wife) for (relationship|marriage|love)",
    "(solar panels|packers and movers|carpet cleaning|pest control|bed bugs|hair transplant|dental implants|teeth "
    "whitening|nose job|tummy tuck|real estate|luxury apartments|villas|medical tourism|forklift|umrah|hajj package*|"
    "wedding photographer|tattoo machines|puppies|parrots|mbbs|car rental|airport transfer)  ..10 (price*|book|call|"
    "quote|off|package*|affordable|sale|offer*|cheap|contact|visit|apply|free|invest*|best|buy|rate*|reserve|"
    "available|fee*)",
    "(affordable|cheap|best|book) ..2 (solar panels|movers|carpet cleaning|pest control|hair transplant|dental "
    "implants|teeth whitening|real estate|plumber|car rental|airport transfer|apartments|villas|flights|hotel deals|"
    "honeymoon|dentist)",
    "best (dentist|hospital|clinic|doctor|physiotherapist|gastroenterologist|ivf|rheumatologist|dermatologist|"
    "orthopedic|lawyer|homeopath*|ayurved*) ..4 (near|hyderabad|delhi|mumbai|india|bangalore|chennai|dubai|city|pune|"
    "turkey|istanbul|visit|website)",
    "(ayurvedic|ayurveda|homeopathic|homeopathy|unani|naturopathy) ..4 (centre|center|clinic|package*|hospital) ..10 "
    "(book|appointment|contact|call|cure|best|offer*|visit|package*)",
    "(stem cell|stem cells|exosome|ozone|hyperbaric|iv vitamin|vitamin drips) ..6 (package*|special offer|book|our "
    "clinic|no waiting|prices from|wellness spa|contact)",
    "(treatment|surgery|transplant|implants) (package|packages|abroad) ..8 (contact|book|price*|offer*|affordable|"
    "whatsapp|coordinator|inclusive|from)",
    "(factory direct|direct from [the] factory|private label|made in usa|raw materials|high purity|# % purity|"
    "serious buyers|gold dust|used cars for export)",
    "(kindly|please) (send|contact) ..2 (inquiry|enquiry|requirement*|quotation|us for|me for|for quotation)",
    unless=(
        "(gluten|sugar|pain|lactose|dairy|smoke|citrate|latex) free",
        "free of",
        "(asks|ask|asking|asked) for no prescription",
        "(never|not|nobody|should) ..2 (order|buy|purchase|get)",
    ),
    groups=GROUPS,
)
