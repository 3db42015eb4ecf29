"""Loans, games for money, investments, work that pays too well, prizes and inheritances."""

from comments.phrases import Phrases
from comments.spam.advertising.groups import GROUPS

MONEY = Phrases(
    "^ need a loan",
    "(need|want|get|apply for|looking for|offer|offering|offers|granting|seeking|give out|giving out|urgent|quick|"
    "instant|fast|cheap|payday|personal|business|unsecured|guaranteed|private) ..4 (loan|loans|lender|lenders|payday|"
    "cash advance) ..8 (apply|contact|email|now|today|us|interest|approv*|worldwide|hours|online|credit|him|her|"
    "write|get)",
    "(loan|loans) (offer|offers|lender|lenders|company|firm|service|services|application|agency|approval|without)",
    "(payday|unsecured|instant|quick|urgent|private|guaranteed) (loan|loans|lender|cash|credit)",
    "(got|get|received|gave me|granted) ..4 loan ..8 (lender|him|her|company|online|contact|email|%|hours)",
    "(low|# %) interest ..6 (loan*|apply|contact|offer*|credit|collateral)",
    "(bad|poor|zero|low) credit ..6 (problem|history|ok|score|apply|loan*|approv*|lender|cash|bank*)",
    "(no|without) (collateral|guarantor|credit check|bik|schufa)",
    "(credit|fico) (score|repair|report) ..6 (improve|fix*|boost|raise|delete*|expert|hacker|points|weeks|#)",
    "(improve|fix*|boost|raise|repair) ..3 credit (score|report|scores)",
    "(consolidate your|debt (relief|consolidation))",
    "(online|live|best|free|real|new|top|crypto) ..2 (casino|casinos|sportsbook|betting|slots|poker|gambling)",
    "(casino|casinos|slots|slot|poker|betting|roulette|blackjack|lottery|lotto|jackpot) ..4 (bonus*|online|games|"
    "site|sites|tips|odds|spins|win|winners|play|deposit|spell|spells|numbers|gacor|machine*)",
    "(free spins|welcome bonus|deposit bonus|no deposit|free bet|sure odds|fixed match|fixed matches|winning tips|"
    "football tips|betting tips)",
    "(togel|judi|gacor|sbobet|bahis|baccarat|situs|apuestas|casino en|1xbet|maxwin)",
    "(play|bet|gamble) ..5 win ..4 (money|cash|prize*|dollars|big|jackpot)",
    "(bitcoin|bitcoins|btc|ethereum|usdt|cryptocurrency|cryptocurrencies|crypto|forex|nft|nfts|blockchain|airdrop|"
    "altcoin|altcoins|memecoin|presale|dogecoin|defi|coinbase|binance)",
    "binary (option|options|trading)",
    "(trading|investment|mining|trade) (signal|signals|platform|platforms|bot|robot|account|expert|company|manager|"
    "strategy|plan|opportunity)",
    "(account manager|expert trader|portfolio grew|passive income|residual income|financial freedom|financially free|"
    "extra income|side hustle|get rich|double your)",
    "(invest|invested|investing|investment|deposit) ..6 (earn*|profit*|return*|weekly|daily|double|made # |got #|"
    "received #)",
    "(daily|weekly|monthly|yearly|guaranteed|# %) ..1 (profit|profits|returns|return|payouts|payout|income|earnings|"
    "rental return)",
    "(withdraw|withdrew|withdrawal|withdrawals) ..4 (payment|profit*|funds|earnings|instant*|bitcoin|daily|paypal)",
    "(earn|earns|earned|earning|makes|making) ..2 # ..4 (a|an|per|every|each|daily|weekly|monthly|hourly) [day|hour|"
    "week|month]",
    "(make|makes|made|making|earn|earns) # k (a|per|every) (day|week|month|year)",
    "(make|makes|made|making|pays|paying) # ..2 (a|an|per|every) (hour|day|week|month) ..6 (online|home|laptop|phone|"
    "working|internet|job|surveys|just by|marketing)",
    "# % (per|a|every) (year|month|week|day|annum)",
    "(make|makes|making|earn|earning|made|win) ..2 (money|cash|income|dollars|profit) ..4 (online|from home|fast|"
    "easy|easily|phone|laptop|internet|daily|sleep*|at home|quick*|working)",
    "(work|working) (from|at) home ..5 (jobs|opportunit*|earn (up|#|money)|income|business|salary|start|available|"
    "phone)",
    "(online|data entry|home based|remote|freelance|typing) (job|jobs|work|business) ..8 (daily|weekly|monthly|"
    "salary|earn*|apply|available|contact|start|hiring|worldwide|minutes|income)",
    "(quit your ..1 job|be your own boss|six figures|six figure|seven figures|no experience (needed|required)|join "
    "my team|matrix plan|ad clicks|click ads)",
    "(business|money making|investment|earning) (opportunity|opportunities|proposal|proposition|deal)",
    "(we are|now|urgently) (hiring|recruiting) ..10 (apply|contact|salary|cv|resume|telegram|monthly|free visa|"
    "worldwide)",
    "(visa sponsorship|free visa|immigration agent|recruiting manager|processing fee|registration fee|licence fee|"
    "money order|western union|wire transfer)",
    "(million|millions|billion|#) [million] (dollars|usd|pounds|euros|eur|gbp) ..8 (transfer|account|beneficiary|"
    "inherit*|donat*|claim|grant|proposal|reply)",
    "(next of kin|late (general|husband ..4 million)|government grant|relief fund|relief funds|gift card|gift cards|"
    "amazon voucher|unclaimed)",
    "(you have|you) (been selected|won|been chosen) ..6 (prize|winner|iphone|gift|lottery|voucher|reward|as)",
    "(claim|collect|win|redeem) ..3 (prize|prizes|reward|rewards|iphone|free holiday|voucher|airdrop|tokens)",
    "(verify|confirm|update|suspend*) ..5 (account|login|password|card number|bank details) ..8 (click|link|suspend*|"
    "below|verify|fee|confirm)",
    "(paid|earn ..4) (survey|surveys|clinical trial|trials) ..8 (earn|sign up|$|bank|dollars|agency|fee|register|up "
    "to)",
    "(no win no fee|entitled to ..4 (compensation|settlement|money)|you may be owed|large cash settlement|our "
    "lawyers|our law firm)",
    "(insurance|energy|mortgage) (quote|quotes|leads) ..6 (free|cheap|compare|save|month|minutes|now|#)",
    "(cheap|life|car|health) insurance ..4 (quote|quotes|from|apply|compare|for everyone|no medical)",
    "(donate|donating|transfer|inherit*|bequeath*|won|win) ..4 (million|millions|#) (dollars|euro|euros|pounds|usd|"
    "gbp)",
    "transfer # ..3 (dollars|usd|into your account)",
    "(sell|sold|selling|buy) ..2 (kidney|kidneys)",
    "(kidney|kidneys|egg|surrogate) (donor|donors|mothers) (needed|wanted|arranged)",
    groups=GROUPS,
)
