"""Kinds of words that tell advertising from experience, so that the filter knows a word it has not met before."""

_KINDS = {
    "buying": "buy buying order orders ordering purchase shop shopping sale sales sell selling sells seller store "
    "stock price prices "
    "pricing priced discount discounts coupon voucher offer offers offering deal deals promo promotion cheap "
    "cheapest affordable "
    "wholesale bulk supplier suppliers manufacturer dealer distributor catalogue brochure shipping shipped ships "
    "checkout "
    "subscription payment pay paypal warranty bargain off half rent rental lease pieces bottles bottle jars pack "
    "bundle",
    "reaching": "contact whatsapp telegram email mail gmail call text message dm pm inbox click visit website "
    "profile bio channel join "
    "register signup subscribe apply enquire inquire inquiries reply reach below download follow sms skype signal",
    "promise": "guaranteed guarantee bonus proven certified trusted reliable genuine legit professional expert "
    "experts leading premium "
    "official incredible permanently permanent secret original verified quality authentic approved discreet safe "
    "secure "
    "satisfied revolutionary ultimate exclusive powerful ritual trick breakthrough licensed regulated automated "
    "unlimited",
    "hurry": "now today hurry limited instantly instant fast quick quickly immediately tonight weekend asap soon "
    "urgent daily 24h",
    "firm": "company team agency business clients client customers customer services service solutions products "
    "product brand "
    "partner partners partnership consultants consultant industry enterprise startup dealership warehouse factory "
    "staffing",
    "profit": "money earn earning earns income profit profits invest investment investors loan loans cash crypto "
    "bitcoin btc bet bets "
    "betting casino slots jackpot win won winner prize dollars usd forex trading trader funds lender credit debt "
    "commission salary "
    "euros euro pounds odds wallet tokens refund referral affiliate passive rich millionaire wealth",
    "ware": "supplement supplements capsule capsules gummies drops formula serum patches patch kit device detox "
    "cleanse pills replica "
    "watches bags shoes sunglasses jewelry essay essays thesis backlinks seo traffic followers likes views ranking "
    "google "
    "marketing hosting domain software vpn iptv escort escorts dating girls singles nudes cams viagra cialis "
    "tramadol xanax "
    "passport passports visa visas diploma certificate spell spells herbs herbal healer herbalist hacker hackers "
    "mattress "
    "mattresses apartments property villa villas flights hotel tours freight cargo insurance lawyers lawyer attorney "
    "keto cbd weed steroids botox implants whitening transplant webinar ebook course program programme coaching "
    "coach tuition",
    "praise": "blog weblog blogger webpage webpages post posts article articles paragraph writeup content site "
    "awesome superb "
    "fantastic wonderful excellent magnificent marvelous fastidious impressed bookmarked bookmark rss feed website "
    "wordpress theme browsing stumbled blogging subject topic web net webmaster admin internet",
    "care": "infusion infusions infused drip doctor doctors nurse nurses hospital clinic ward gp rheumatologist "
    "neurologist consultant "
    "specialist appointment appointments blood dose doses injection injections inject injected needle needles pen "
    "pens tablets "
    "tablet treatment treatments medication medicine medicines drug drugs vaccine vaccines vaccinated vaccination "
    "vein veins "
    "pump steroids prednisone prednisolone methotrexate rituximab ivig scig immunoglobulin immunoglobulins biologic "
    "biologics biosimilar mg antibodies antibody donors plasma referral scan biopsy remission relapse flare flares "
    "trial trials placebo diagnosis diagnosed symptoms leaflet pharmacist pharmacy antibiotics physio "
    "physiotherapist surgery "
    "immunosuppressants infections infection lupus ms ra cidp cvid crohn crohn's colitis arthritis psoriasis asthma "
    "allergy "
    "vasculitis sjögren myositis coeliac celiac hashimoto graves transplant",
    "feeling": "tired tiredness fatigue pain painful hurt hurts scared afraid worried anxious alone lonely cry cried "
    "angry sad relieved "
    "hope better worse sick nauseous dizzy itchy swollen rash headache headaches fever vomiting numb stiff weak "
    "exhausted "
    "sleep slept sore aches ache cold cough die dying breathe breath chest throat bleeding confused",
    "family": "mum mom mother dad father son daughter husband wife sister brother child children kids grandmother "
    "grandfather "
    "family friend friends boyfriend girlfriend partner baby school teacher colleagues boss",
    "telling": "was had were went took told felt started stopped gave said got came waited found tried worked helped "
    "lost kept "
    "asked changed switched learnt learned thought knew cried made seemed happened noticed needed used",
    "asking": "why how what when does anyone anybody someone could would should which who whether else",
    "self": "i my me i'm i've i'd i'll mine myself",
}  # fmt: skip
KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
