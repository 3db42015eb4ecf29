"""Words that may stand for each other in the phrases of advertising."""

GROUPS = {
    "messenger": "whatsapp|whats app|watsapp|snap|insta|telegram|wickr|viber|wechat|kik|icq|skype|hangouts|messenger|"
    "instagram|snapchat",
    "mine": "my|our|my own",
    "place": "website|web site|site|blog|weblog|homepage|home page|web page|webpage|profile|bio|channel|store|shop|"
    "page",
    "ware": "supplement*|capsule*|gummies|drops|formula|powder|pills|tablets|remedy|remedies|serum|tincture|gadget|"
    "device|kit|bundle",
    "now": "now|today|here|online now|right away|tonight|immediately|this week",
    "drug": "viagra|cialis|levitra|kamagra|sildenafil|tramadol|xanax|valium|ambien|oxycodone|oxycontin|percocet|"
    "hydrocodone|"
    "adderall|ritalin|ozempic|wegovy|phentermine|modafinil|ivermectin|codeine|fentanyl|botox|dianabol|hgh|ketamine|"
    "lsd|"
    "weed|cannabis|marijuana|cbd|opioids|painkillers|meds|medicines|medication|pills|steroids",
    "bank": "loan|loans|mortgage|credit card|credit cards|financing|funding",
}
