"""Whoever wants to be contacted outside this site."""

from comments.phrases import Phrases
from comments.spam.advertising.groups import GROUPS

MESSENGERS = Phrases(
    "(contact|text|message|add|reach|write|chat|dm|inbox|hit|ping|talk|available|call|reply|whatsapp|look|join|order|"
    "ask|send|find) ..5 (<messenger>|gmail|wechat)",
    "(whatsapp|telegram|wickr|viber|wechat|kik|line id) [:|at|on|number|us|me|him|her|number is] (#|@|us|me|him|her|"
    "number|for (order*|details|more|booking|price*|info*|inquir*)|id|now|channel|vip)",
    "(on|via|through|by) (telegram|wickr|wechat|kik|icq)",
    "(vip|sure|free) ..2 (telegram|whatsapp) (channel|group)",
    "(dm|inbox|pm) (me|us|for)",
    "(text|call|whatsapp|message) (us|our ..2 (line|expert|technician|agent|team|number|sales)) ..4 (now|today|at|on|"
    "for|number|#|line)",
    "(call|text|email|contact) (us|our ..2) (now|today|at|on|for|to)",
    "(contact|reach) (us|our) ..2 (for|now|today|at|on|via|through|to|by|$)",
    "(call|text|sms) (now|or whatsapp) ..4 (#|for|to|$)",
    "(message|inbox|ask|email|text) me ..3 (for (the|more|details|price*|her contact|his contact|a link|pictures|"
    "business)|how|link|to order|to (start|join|get started))",
    "i can teach you",
    "(dm|inbox|message) ..2 (price|prices|details|promotion|collaboration|link|secret)",
    unless=(
        "(whatsapp|telegram|facebook|messenger|instagram|skype|signal) (group|groups|chat|call|calls)",
        "(whatsapp|telegram|facebook|messenger|instagram|skype|signal) (support|family|parents|patients) (group|chat)",
        "(support|patient|patients|parents|family|self help) ..3 (whatsapp|facebook|telegram|instagram)",
        "(on|via|through|by|over) (facebook|instagram|skype|messenger)",
        "(hospital|clinic|ward|nurse|nurses|doctor|gp|pharmacy) ..5 (whatsapp|skype|call us|contact us|text us)",
        "(they|nurse|nurses|will|would|to|and|not|never) (call|text|contact|email|reach) us",
    ),
    groups=GROUPS,
)
