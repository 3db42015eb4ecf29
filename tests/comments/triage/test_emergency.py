import pytest

from comments.triage.emergency import emergency
from comments.verdicts import PASS, Candidate, Flag

DESPAIR = """
I want to die
Honestly I don't want to be here any more.
I can't go on like this
What's the point of it all? Nobody would even notice if I was gone.
my family would be better off without me
I've been thinking about ending it all since the diagnosis
Some nights I hope I won't wake up
I have no reason to live any longer
So tired of being alive.
going to kms if this flare doesnt stop
Thinking of unaliving myself tbh
I took an overdose last night and I am scared
I tried to kill myself two years ago and those feelings are back
My daughter told me she wants to end her life
my best friend keeps saying he'd rather be dead than have another infusion
I started cutting again after the steroids
Everyone would cope fine without me
This is goodbye. Thank you all for being kind.
By the time you read this I will be gone
I've saved up enough tablets to do it
i wish i had never been born
I wish I could fall asleep and never wake up
there is no way out for me
Life isn't worth living with this disease
I have written letters to my children
How many of these tablets would it take to kill someone my size?
I can't do this anymore, I'm done with life
Sometimes I stand on the bridge by the hospital and think about jumping
I swallowed the whole packet of prednisolone
I'm a burden to everyone who loves me
I wanna k1ll myself
su1cide is on my mind all day
i want to d i e
I am having suicidel thoughts
Feeling hopeless and worthless, dark thoughts every night
My son cut his wrists after his diagnosis
I hate myself and I hate being alive
Please look after my dog when I'm gone
It would be easier if I just disappeared
I'm ready to leave this world
I keep imagining crashing the car into a tree
nothing left to live for since I lost my job and my health
Death would be a relief
I never wanted to die until this year
can't take it anymore, nobody helps
The voices tell me to hurt myself
I stopped my insulin because I want it all to be over
Don't want to wake up tomorrow
I'd be doing everyone a favour if I wasn't around
I have a plan and I know when
Could not care less whether I live or die
My mum says she is going to jump off the balcony
He said he wants to go to sleep for good
Wish the lupus would just finish me off
I feel like giving up on life
I am at the end of my rope
I want this pain to be over forever
seriously considering Dignitas
I have been self harming to cope
"""

FAILING = """
I can't breathe properly since the injection, what do I do
my throat is closing up
Chest pain right now and my left arm feels numb
My husband just passed out after his infusion and won't wake up
her lips are turning blue
My face and tongue are swelling, I had the infusion an hour ago
My little boy is having a seizure
I took too many tablets by mistake
One side of his face is drooping and his speech is slurred
the bleeding won't stop
our baby is floppy and won't feed
Temperature of 40 and confused, on immunosuppressants
I think I am going into anaphylaxis
used my epipen ten minutes ago and it is still getting worse
I've been coughing up blood since this morning
Help me please, I think I'm dying
He collapsed in the kitchen and is unresponsive
my toddler swallowed some of my methotrexate
I accidentally took methotrexate every day instead of once a week
suddenly can't see out of my left eye
shaking uncontrollably with 39.8 fever, I have no immune system
can't move my legs this morning
it feels like an elephant is sitting on my chest
struggling to breath and lips are swollen
worst headache of my life and a stiff neck
My heart is racing at 180 and I feel like I will faint right now
hives all over and my throat feels tight
should I call an ambulance? she is not making sense
I can't catch my breath
Vomiting blood since last night
throat swelling up after the first tablet, getting worse by the minute
Is this an emergency? I've injected two pens instead of one
he stopped breathing for a few seconds
I cant swallow and my tongue feels huge
Wheezing badly and the inhaler isn't helping right now
I might have sepsis, shivering and mottled skin
My wife is having a stroke I think
I blacked out twice today
dad can't stay awake and has a fever of 40.1
She ate half a bottle of my tablets
"""

ORDINARY = """
This disease is killing my social life.
I could kill for a coffee after the infusion.
I was dying to know how the trial ended.
Natural killer cells are part of the innate immune system.
Does the drug cause programmed cell death in B cells?
Moisturiser helps with the dead skin on my elbows.
The article explains the suicide gene in CAR T cells well.
The emergency number on the card saved us a lot of worry.
An attack used to last three weeks, now it is two days.
I would not want to be without the infusion nurses.
My hair dye did not hold after the treatment.
The old battery in my cool bag died on the way.
I cut out sugar and walk every day.
Never give up, it does get better with time.
I gave up smoking before I started.
Can't wait to be finished with the last infusion.
The needle hurts less when you breathe out slowly.
I have asthma too and wondered how the two are connected.
The chest X-ray before treatment was quick.
When I was first diagnosed I felt lost, this page helped.
You should call the clinic when you have a fever above 38, they told us.
Signs of an allergic reaction should be explained with pictures.
My mother died of something else, but she had psoriasis too.
The vaccine contains no live virus, only dead pieces of it.
I nearly fainted at the sight of the needle, but the nurse was kind.
The waiting list is a joke and I am so angry about it.
I almost died laughing when the nurse told her story.
I am tired of explaining my illness to colleagues.
We live far away from the hospital and drive two hours.
At the end of the day the tablets fit better into my life.
My daughter lives with JIA and goes swimming every week.
How does the immune system kill infected cells?
He had a stroke of luck and got an early appointment.
I take the train and jump off at the hospital stop.
No more needles, hurray!
Goodbye moon face, hello cheekbones.
The last time I saw my doctor she drew me a picture.
It was a matter of life and death for my grandfather in the fifties.
Cut the tablets in half with a cutter from the pharmacy, the pharmacist showed me.
I don't want to live in fear of infections, so this list of tips is welcome.
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("text", lines(DESPAIR))
def test_despair_is_flagged(text):
    assert emergency(Candidate("Robin", text)).flag == Flag.EMERGENCY


@pytest.mark.parametrize("text", lines(FAILING))
def test_body_that_fails_now_is_flagged(text):
    assert emergency(Candidate("Robin", text)).flag == Flag.EMERGENCY


@pytest.mark.parametrize("text", lines(ORDINARY))
def test_ordinary_words_of_life_and_death_pass(text):
    assert emergency(Candidate("Robin", text)) == PASS


def test_answers_about_an_experience_are_read_too():
    candidate = Candidate("Robin", "Went well.", experience=("", "", "", "I want to end my life"))

    assert emergency(candidate).flag == Flag.EMERGENCY


def test_words_are_given_as_written():
    verdict = emergency(Candidate("Robin", "Yes. I WANT to  dïe!"))

    assert verdict.words == ("I WANT to  dïe",)
