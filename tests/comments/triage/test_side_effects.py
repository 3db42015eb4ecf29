import pytest

from comments.triage.side_effects import side_effects
from comments.verdicts import PASS, Candidate, Flag

REPORTS = """
I got a rash all over my arms after the second injection.
Since I started methotrexate I have mouth ulcers every week.
The tablets made me vomit all night.
My hair is falling out and I blame the leflunomide.
Felt awful for two days after each infusion.
Two hours after the jab my arm was red, hot and swollen.
My liver values went up on azathioprine.
I had hives and itching within minutes of the drip starting.
Ever since the steroids I can't sleep and my moods are all over the place.
Put on 12 kg with prednisolone and got a moon face.
My son gets terrible headaches the day after his IVIG.
I had three chest infections in the six months on rituximab.
Shaking and chills during the infusion, they had to stop it.
palpitations every time I take hydroxychloroquine
Chest tightness started about ten minutes into the infusion.
It gave me diarrhoea for weeks.
This drug gave me shingles.
Dizzy and sick for a day after my Humira shot
My wife's platelets dropped after the third cycle.
I noticed blurred vision after a year of hydroxychloroquine.
Nausea every Friday, which is the day after my tablets.
I had to stop because my kidneys could not take it.
Horrible reaction to the biosimilar, itchy from head to toe.
Bruises everywhere since I am on steroids.
Joint pain got much worse after the vaccine.
the pred turned me into a monster, I was so angry all the time
My nails became brittle and broke off after starting the new biologic
I've been constantly exhausted since the dose was increased.
After infliximab I had a fever of 38.5 and sore muscles.
My teenager has become depressed since starting the tablets.
injection site reaction every week, a hard lump that itches
He developed diabetes from the cortisone.
Numb fingers since the last infusion.
I lost my sense of taste two weeks after I began the treatment.
side effects were awful, I threw up and had the runs
Unwanted: high blood pressure on tacrolimus.
It cleared my psoriasis but gave me terrible migraines.
Tummy cramps an hour after every dose
I came out in spots after the first tablet
My periods stopped when I was on cyclophosphamide.
woke up with a swollen face the morning after my injection
I had a bad reaction to the first infusion and ended up in hospital
"""

NO_REPORTS = """
No side effects so far.
I did not get any side effects at all.
What are the side effects of rituximab?
My rash has gone since I started the tablets.
The swelling went down within a week of the first injection.
Before I started methotrexate my hands were swollen and I could not work.
I was diagnosed after years of joint pain and rashes.
The paragraph on side effects is clear and honest.
How common are infections with this treatment?
Lupus gives me a rash whenever I am in the sun.
The fatigue was the worst part before anybody knew what I had.
I was nervous before the first infusion but all went well.
Never had a reaction in five years of IVIG.
The tablets help with the pain and the stiffness.
I feel so much better since the treatment.
My headaches stopped when I started the infusions.
The immune reaction is explained well.
Does the drug lower the risk of infection or raise it?
The needle stings a little, that is all.
My daughter's eczema cleared up after three months.
The nurse was great and I hardly felt the injection.
Thank you, I was worried about hair loss and this calmed me.
I got the shingles vaccine before I started.
Some people get a headache, the leaflet says.
My blood tests are done every month and the liver values are fine.
We are sick of waiting for an appointment.
Red wine is mentioned on the other page.
I take a warm blanket to the infusion.
Zero problems with the new pen.
My mother has rheumatoid arthritis and I want to understand her treatment.
The infusion suite is on the second floor.
I fell asleep during the infusion, it was that relaxed.
Pain in my knees was what led to the diagnosis.
I have been on adalimumab for four years without any infections.
It took about three months until the injections worked for my joints.
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("text", lines(REPORTS))
def test_trouble_after_a_treatment_is_flagged(text):
    assert side_effects(Candidate("Robin", text)).flag == Flag.SIDE_EFFECT


@pytest.mark.parametrize("text", lines(NO_REPORTS))
def test_trouble_of_another_kind_passes(text):
    assert side_effects(Candidate("Robin", text)) == PASS


def test_trouble_among_the_unwanted_effects_needs_no_other_sign():
    candidate = Candidate("Robin", "Works for me.", experience=("As a drip", "Drink a lot", "Headache", "Nothing"))

    assert side_effects(candidate).words == ("Headache",)


def test_trouble_among_the_tips_is_no_report():
    candidate = Candidate("Robin", "Works for me.", experience=("As a drip", "Headache tablets", "None", "Nothing"))

    assert side_effects(candidate) == PASS
