import pytest

from comments.triage.miracle_cures import miracle_cures
from comments.verdicts import PASS, Candidate, Flag

PROMOTION = """
This tea cured my lupus in 3 weeks
Big Pharma does not want you to know about black seed oil.
Contact the herbal doctor who healed my sister of MS.
A natural remedy reversed my arthritis, no drugs needed.
100 % cure guaranteed
You only need a good detox, all the toxins have to come out.
My Crohn's is gone since I went carnivore, doctors are shocked.
There is a cure but they hide it from us.
Celery juice put me into remission in a month.
Ayurvedic herbs got rid of my psoriasis for good.
I healed myself naturally and you can too.
Colloidal silver kills every virus and heals autoimmune disease.
I was cured of HIV by a great spell caster.
Heavy metals are the root cause, flush them out and the disease disappears.
Homeopathy cured my son's eczema completely.
Turmeric works better than any steroid.
The drug companies make billions by keeping you ill.
Reverse your autoimmune disease in 30 days with my programme
no more rheumatoid arthritis thanks to the alkaline diet
Ivermectin cleared my MS.
This miracle plant fixes everything
My doctor could not believe it, the antibodies vanished after the parasite cleanse
Bee venom therapy saved me, throw your tablets away
A permanent cure for herpes and lupus exists, email the healer
Ancient Chinese remedy, no side effects, cures any disease
Her hashimotos was healed by prayer and fasting
They say it's incurable, that is a lie, I am living proof
boost your immune system naturally and you will never be ill again
I reversed my Sjögren's with a gluten free diet, you don't need doctors
Ozone therapy made my arthritis disappear.
get rid of psoriasis forever with this simple kitchen trick
the body heals itself if you stop eating sugar
CBD oil cured me completely
my lupus disappeared after I drank soursop tea
Your gut is full of candida, cleanse it and the flares stop
Quantum healing reset my immune system
I have been symptom free since I started taking moringa powder
Doctors won't tell you this secret
"""

ORDINARY = """
There is no cure for lupus yet, but I live well with it.
I hope they find a cure one day.
This drug has been a miracle for my psoriasis.
The nurses work miracles.
Natural killer cells are fascinating.
Does turmeric help, or is there no evidence?
Thank you for saying clearly that detox diets do not work.
I eat mostly vegetables and feel well.
My wounds heal slowly on steroids, is that in the text?
Can stem cell transplants cure MS?
The ulcer healed after two months of treatment.
Vitamin D was low and my doctor prescribed tablets.
In remission since last year thanks to adalimumab.
My arthritis is in remission.
The infusion gave me my life back.
Ginger tea is nice when you wait.
Please write about false promises of a miracle cure.
The patients' organisation has a good helpline.
Is there a natural way to boost the immune system?
The doctors keep an eye on my blood.
The energy to work came back slowly.
A plant based diet is fine with this drug, said the dietitian.
The water in the clinic is free.
I joined a course on living with pain.
My skin is clear after four months on secukinumab.
The trial put half of the patients into remission.
I am glad that antivirals can cure hepatitis C now.
Yoga and walking keep me moving.
My diet did not change anything about the disease.
I was treated with light therapy for my psoriasis for a while.
My mother swears by honey in her tea for a cold.
Great that this site warns of fake cures.
The study reversed the earlier result.
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("text", lines(PROMOTION))
def test_promise_of_a_cure_is_flagged(text):
    assert miracle_cures(Candidate("Robin", text)).flag == Flag.MIRACLE_CURE


@pytest.mark.parametrize("text", lines(ORDINARY))
def test_honest_talk_of_cures_passes(text):
    assert miracle_cures(Candidate("Robin", text)) == PASS
