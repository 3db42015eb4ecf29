"""Services for owners of sites, and the praise that such comments begin with."""

from comments.phrases import Phrases
from comments.spam.advertising.groups import GROUPS

SERVICES = Phrases(
    "(seo|backlink|backlinks|dofollow|serp|adsense|pbn|iptv|guestpost)",
    "(guest|sponsored|paid) (post|posts|article|articles|posting|content|blog)",
    "link (building|insertion|exchange|placement|packages|package)",
    "exchange links",
    "(advertising|advertisement|ad|banner) (rates|rate|space|prices)",
    "domain (rating|authority)",
    "(rank|ranks|ranking|rankings) ..5 (google|search engine|search engines|first page|page one|website|site|high*)",
    "(google|search engine|first page) ..3 (rank*|optimi*|reviews|traffic|#)",
    "(first|top) [of|on] page ..2 google",
    "(increase|boost|drive|more|real|targeted|website|web|grow|get) ..3 (traffic|visitors|followers|subscribers|"
    "likes|views|leads|revenue)  ..6 (website|site|instagram|tiktok|youtube|business|page|month|guaranteed|blog|"
    "channel|cheap|account)",
    "(buy|cheap|real|get|gain|sell) ..4 (followers|subscribers|likes|google reviews|reviews|gmail accounts|pva)",
    "(digital|internet|email|affiliate|social media|network|content) (marketing|promotion) ..4 (service*|agency|"
    "company|training|expert*|course|team|list|strategy|department)",
    "(digital marketing|social media marketing|lead generation|email marketing|bulk sms|media kit|domain authority|"
    "marketing agency)",
    "(web|website|logo|app|mobile|graphic|wordpress|software) (design|designer|development|developer|developers|"
    "designers|redesign) ..6 (service*|company|agency|price*|hire|cheap|affordable|from|expert*|offer*|hour|team)",
    "(hire (me|us|a) ..4 (developer|designer|freelancer|writer|hacker|expert))",
    "(redesign|promote|advertise|rank|improve|audit) ..3 your (website|site|blog|business|brand|portal|page)",
    "your (website|site|blog|portal) ..8 (rank*|traffic|seo|google|conversion*|redesign*|proposal)",
    "(advertise|advertising|banner|promote*) ..3 on your (portal|website|site|blog)",
    "(link|linking) to (our|my) (site|website|resource|blog|page|client)",
    "(email|mailing|contact) (list|lists|database) ..6 (buy|download|price|sale|doctors|leads|fee)",
    "(cheap|affordable|premium) (hosting|domain|domains|vpn)",
    "(explainer video|copyright image|search engine registration|exclusive leads|reputation management|negative "
    "reviews)",
    "(hello|hi|dear) (webmaster|admin|site owner|website owner|blogger|business owner)",
    # Praise that fits any page
    "(nice|great|awesome|wonderful|excellent|informative|fantastic|superb|amazing) (blog|weblog|web site|blog post|"
    "blog posts|writeup|write up|piece of writing)",
    "(stumbled|stumble|came) (upon|across|on|onto) ..2 (blog|weblog|web site|website|site) ..6 (enjoyed|say|great|"
    "nice|impressed|subscrib*|bookmark*|love|posts)",
    "(your|this) (weblog|blog) ..8 (great|wonderful|impressed|awesome|superb|enjoy*|amazing|design|theme|format|"
    "bookmark*|subscrib*|loading)",
    "(bookmark|bookmarked|bookmarking|book marked|book mark|saved) ..2 (blog|weblog|web site|web page) ",
    "(rss|blogroll|weblog|blogging platform|blogosphere|blogger|digg|webpage) ..12 (post*|great|nice|work|share*|"
    "content|subscrib*|feed|grab|you|your|this)",
    "(your|the) (rss|feed) ..3 (feed|subscribe|grab)",
    "(fastidious|remarkable|marvelous|magnificent|superb) (work|stuff|goods|points|post|paragraph|writing|content|"
    "blog)",
    "keep (it up|up the ..2 (work|writing)|posting|sharing) ..4 (admin|buddy|mate|dear|guys|bro|posting|blogger)",
    "(kind|types|type) of (posts|blogs|articles|info) ..3 (keep|post|share)",
    "(you are|you have done) ..3 (skilled|great|gifted|talented|amazing) (blogger|job on this topic)",
    "(thanks|thank you|thankyou) for (sharing|posting|the|this|such|a|your) ..4 (blog|weblog|post|content|writeup|"
    "informative)  ..12 (visit|site|website|check|company|best|our|we|click)",
    # One's own place
    "(visit|see|check|check out|surf to|come to|read|look at|follow|browse|join|like|explore|subscribe to|try) ..3 "
    "<mine> <place>",
    "(feel free to|kindly|please|also) ..1 (visit|surf|check|follow|subscribe|browse) ..2 (my|our|mine)",
    "<mine> (blog|website|web site|site|homepage|channel|page|store|profile) (is|at|for|about|has|to|too|as well|"
    "here|where) ..4 (more|visit|tips|free|cheap|best|too|products|link|health)",
    "(visit|check) (mine|us|me) $",
    "(link|site|website|address) [is] (under|in|behind|below) my (name|profile|picture|photo)",
    "(tap|click|press) [on] my (photo|picture|name|avatar|profile)",
    "(more|found|read|find) ..6 on (my|our) (blog|website|web site|site|channel)",
    "(mod apk|leaked video|live stream free|stream free|mailbox is ..2 full|increase your quota|log in here|confirm "
    "your address)",
    "what a (data|material|stuff|information) of",
    "(really|truly) like reading [through] (a|an) (post|article)",
    "(wrote|write|written) about ..4 (my own|my) (site|blog|page|website)",
    "one of the (best|finest|greatest) (sites|blogs|websites|web sites)",
    "in my bio",
    "(human verification|no survey generator)",
    # Praise that machines put together
    "(in favor of|fastidious|pay a [quick] visit|peaked my interest|stay us informed|refrain from commenting|running "
    "off the screen)",
    "(i am|i have been|been) ..2 (surfing|browsing) (online|on line|the (internet|net|web)|on the (internet|net|web))",
    "(pretty|very) worth enough",
    "(post|article|submit|paragraph|website|web site|blog) ..2 (truly|really|actually) (made my day|pleased|nice|"
    "pleasant|fruitful|good one)",
    "(suggested|recommended|told about) ..2 (this|your) (web site|website|blog|weblog) ..2 (by my|cousin|brother|"
    "friend)",
    "(my|own) (blog|website|web site|site) ..3 (niche|same (niche|topic|subject)|exclusive content|plagiarism)",
    "(which|what) ..2 (blog|blogging) (platform|theme)",
    "(bookmark|bookmarked|book mark|book marked) ..3 (blog|web site|weblog|webpage) ",
    "(link|links|info|details|number|contact) [is|are] in (my|the|our) (bio|profile|name|signature|description)",
    "(click|see|check|tap) ..1 (on my|my|the link in my|the) (name|profile|bio|username|link)",
    "(follow|subscribe|add|like) (me|us|my|back) ..3 (instagram|youtube|facebook|tiktok|channel|page|twitter|"
    "telegram|videos)",
    "(my|our) ..1 (affiliate|referral) link",
    "my (youtube|tiktok|onlyfans|telegram|instagram|facebook) (channel|page|account|group)",
    unless=("(society|association|hospital|clinic|patient|patients|foundation) ..3 (website|site|page|blog)",),
    groups=GROUPS,
)
