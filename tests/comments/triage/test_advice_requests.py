import pytest

from comments.triage.advice_requests import advice_requests
from comments.verdicts import PASS, Candidate, Flag

REQUESTS = """
Should I take it with food?
is it safe for me if I have kidney disease
What would you do in my place?
Can I have alcohol with methotrexate?
My ALT is 80, is that bad?
Do I need to stop before my operation?
I am pregnant and on azathioprine, should I be worried?
can my daughter get the live vaccine
Would you start the biologic if you were me?
My doctor wants me on rituximab, do you think I should agree?
I missed my injection yesterday, what should I do now?
Is it normal that my fingers tingle?
Which treatment is best for someone with my history?
I don't know whether to switch to the tablets or stay on the infusion.
Could this rash be lupus?
Any advice on whether I should come off steroids?
How long should I wait before trying for a baby?
please tell me if I can take ibuprofen with my tablets
Am I too old to start this treatment?
CRP 45 and ESR 60, should we be concerned?
Does this mean I have Sjögren's?
What's wrong with me? I am tired all the time and my joints hurt.
Would it be ok to drink a glass of wine the day after my jab?
I have a cold, can I still have my infusion tomorrow?
what dose should my son get, he is 9 and weighs 30 kg
Do I have lupus? My ANA was positive 1:320.
May I breastfeed while I am on hydroxychloroquine?
Will it harm my baby if I stay on it?
is 15 mg too much for me
Can someone look at my blood results and tell me what they mean?
I am wondering if I should get a second biopsy.
what do you recommend for my husband, he has had psoriasis for years
is it dangerous to take both of them together, I take warfarin
How much vitamin D should I take with prednisolone?
Should my mum have the flu jab with her immune problems?
I'm on tacrolimus and my creatinine is 140. Is this a reason to worry?
would love your opinion, my rheumatologist says I need surgery
Can I eat grapefruit?
My temperature is 37.9 since yesterday, do I need antibiotics?
Are my symptoms caused by the tablets or the disease?
"""

GENERAL = """
How long does it take until the treatment works?
How does the drug block the signal?
Does it have to be kept in the fridge?
What should I bring to the first infusion?
Where can I find the study you mention?
Can you add a page about Sjögren's?
Is the treatment available in Wales?
What is the difference between a biologic and a biosimilar?
Can I bring a friend to the infusion?
How often are the infusions given?
Which cells make antibodies?
Why are blood tests needed?
Are there support groups near Leeds?
Is there a cheaper generic?
Could you explain what a cytokine is?
I asked my doctor whether I should stop and she explained it well.
Good advice, thank you.
What questions should I ask at the first appointment?
Does anybody know a good cool bag?
Is this page reviewed by doctors?
Can the pens go in hand luggage?
Do children get the same treatment?
Is it given as a tablet or as an injection?
How many people have this disease?
Who discovered the antibody?
I wondered how the immune system knows what is foreign.
What does the word autoimmune mean?
When was this drug approved?
Do you have this page in Polish?
Should the date of the second reference not be 2019?
Can I print this page for my support group?
Thanks for the tips on travelling.
My advice would be to come early, parking is hard.
How is the diagnosis made?
Is the blood test done before every infusion?
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("text", lines(REQUESTS))
def test_question_about_ones_own_health_is_flagged(text):
    assert advice_requests(Candidate("Robin", text)).flag == Flag.ADVICE_REQUEST


@pytest.mark.parametrize("text", lines(GENERAL))
def test_general_question_passes(text):
    assert advice_requests(Candidate("Robin", text)) == PASS
