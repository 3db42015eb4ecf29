import pytest

from comments.triage.dose_advice import dose_advice
from comments.verdicts import PASS, Candidate, Flag

ADVICE = """
just stop the methotrexate
Skip your next infusion and see how you feel.
double it, that is what I did
I take 20 mg, you should too.
You don't need that drug.
Halve the prednisolone and see.
Take 4,000 IU of vitamin D instead.
Come off it slowly, my way is 5 mg less every week.
If I were you I'd quit the injections.
You should ask for nothing and simply bin the tablets.
Try taking half the dose for a month.
Why don't you skip a week now and then?
Nobody needs immunosuppressants, throw them away
I stopped my meds cold turkey and never felt better
don't take it, it's poison
I'd double the steroid dose on bad days
Everyone should be on at least 25 mg a week
You can safely leave out the folic acid
Go up to 40 mg when you flare
10 mg is plenty for someone like you
Tell your mum to stop taking the azathioprine.
Switch to every three weeks, works just as well.
Stretch the gap between infusions to eight weeks.
Take an extra tablet when the pain is bad.
You'd be better off without the biologic.
Drop the morning dose, you won't notice.
My advice: taper by 1 mg every three days.
Swap the tablets for turmeric, much better.
There is no need to keep taking it once you feel well.
Missing one injection does no harm, so skip it if you have plans.
Get yourself off those steroids as fast as you can.
Don't bother with the folic acid.
Stop poisoning yourself with chemo drugs.
I cut mine in half without telling the doctor and feel great
Give him half of an adult tablet
I have leftover prednisolone, I can send you some
Once you feel better you can stop the tablets.
take ibuprofen 800 mg three times a day
dont listen to the doctors just come off the meds
It is perfectly fine to stop for a few weeks
Wean yourself off, 2.5 mg a week did it for me.
I would never take that stuff.
Increase it to 15 mg and you will sleep again.
They always prescribe too much, half is enough.
u should defo ditch the meds
"""

NO_ADVICE = """
Never stop your steroids suddenly without asking your doctor.
My doctor told me to stop methotrexate before the operation.
I take 20 mg once a week and get on well with it.
My rheumatologist halved the dose after six months.
How does the doctor find the right dose?
Take a book and a blanket to the infusion.
Please do not stop the tablets on your own.
Ask your nurse before you skip a dose.
I take my tablets on Friday evening.
The study compared 10 mg with 20 mg.
Take the pen out of the fridge half an hour before.
You should ask for a parking permit at the desk.
Drink plenty of water before the infusion.
Try to sit near the window, the chairs are better there.
It reduces the inflammation.
When will the generic be available?
We stopped at a motorway service with the cool bag.
Just wanted to say thank you.
I switched hospitals because of the travel.
Does the treatment stop the disease or only slow it?
You should write a page about school.
I started with tablets and later got injections.
My consultant increased the infusion speed and it took two hours.
Please add the half-life of the drug.
Don't skip breakfast before the infusion.
You can store the pens in a cool bag.
My appointment was cut short.
The treatment stops the attacks.
I had 12 infusions in two years.
Use an alarm on your phone so that you do not forget the tablets.
I was on 60 mg at first and the doctors lowered it step by step.
Do not be afraid of the needle.
Which dose was used in the trial?
You need a letter for the airport.
Bring your list of medicines.
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("text", lines(ADVICE))
def test_advice_on_doses_is_flagged(text):
    assert dose_advice(Candidate("Robin", text)).flag == Flag.DOSE_ADVICE


@pytest.mark.parametrize("text", lines(NO_ADVICE))
def test_talk_of_doses_without_advice_passes(text):
    assert dose_advice(Candidate("Robin", text)) == PASS
