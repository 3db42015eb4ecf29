"""The prepared replies that moderators begin with. They are theirs to change: what was changed is left alone."""

from django.db import migrations

# Flag, title, text: posted as the organisation, and the comment becomes public with it.
ANSWERS = (
    (
        "emergency",
        "Emergency: a symptom that cannot wait",
        (
            "Please do not wait for an answer here. When a symptom comes suddenly, gets worse quickly or frightens you, "
            "call your local emergency number, and say which treatment you have. The page “{page}” can be read later."
        ),
    ),
    (
        "side-effect",
        "Side effect: tell your team",
        (
            "Thank you for writing this down. Please tell the doctor, nurse or pharmacist who knows your treatment, and "
            "tell them soon, also if you are not sure what caused it. Ask them before you change or stop anything. If it "
            "is severe or gets worse, call your local emergency number."
        ),
    ),
    (
        "side-effect",
        "Side effect: how to report it",
        (
            "A side effect that you suspect can be reported to the national medicines agency of your country. You can do "
            "that yourself, or ask your team to do it; a suspicion is enough, it need not be proved. Say which medicine "
            "it was, when you had it and what happened. Comments on {site} do not reach the agency, so please report it "
            "there as well."
        ),
    ),
    (
        "dose-advice",
        "Doses: a matter for one's own team",
        (
            "A note to everybody who reads this: how much of a medicine is right, and when, was decided for one person. The "
            "same can harm somebody else. Please do not start, stop or change a treatment because of a comment. Ask the "
            "team that knows you first."
        ),
    ),
    (
        "dose-advice",
        "Stopping a treatment: ask first",
        (
            "Thank you for telling what happened to you. For other readers: some treatments must not be stopped from one "
            "day to the next, and for others it takes a plan. If you think of stopping, or have missed something, call "
            "your own team before you do anything else."
        ),
    ),
    (
        "medical-advice-request",
        "Own case: preparing the appointment",
        (
            "This is a good question for your next appointment. It may help to write down since when you have it, what "
            "makes it better or worse, everything you take, and the two or three questions that matter most to you. You can "
            "take the page “{page}” with you and ask what of it is true for you."
        ),
    ),
    (
        "miracle-cure",
        "Cure: before trying something",
        (
            "A note to everybody who reads this: please ask your team or a pharmacist before you try anything that is offered "
            "as a cure, also if it is called natural. It can change how a treatment works, or take the place of one that you "
            "need. Whoever asks for money, or tells you to keep it from your doctor, gives you a reason for doubt."
        ),
    ),
    (
        "",
        "Thanks for an experience",
        (
            "Thank you for sharing this. It will help others to know what to ask. Please remember, everybody: what one "
            "person has lived through can be quite different for the next."
        ),
    ),
    (
        "",
        "Thanks for a correction",
        (
            "Thank you for looking closely. We are checking what you write against our sources. If the page “{page}” is "
            "changed because of it, its history will say that a reader reported it."
        ),
    ),
    (
        "",
        "The page answers this",
        (
            "Thank you for asking. The page “{page}” says something about this. If it is hard to find there or hard to "
            "understand, please tell us where you got stuck, so that we can write it better."
        ),
    ),
)
# Flag, title, text: why the comment does not become public, for its writer alone.
REASONS = (
    (
        "emergency",
        "Emergency: get help now",
        (
            "What you describe may be an emergency, and nobody here can act on it. Please call your local emergency number "
            "now, or go to the nearest emergency department. If you cannot do that yourself, ask somebody near you to do "
            "it for you."
        ),
    ),
    (
        "emergency",
        "Emergency: thoughts of self-harm",
        (
            "Thank you for saying how bad things are. You need a person to talk to, today, and a comment cannot be that. If "
            "you might harm yourself, call your local emergency number now, or go to somebody you trust and stay there "
            "until help has come. Many countries have crisis lines that answer day and night; your local emergency number "
            "or any doctor can tell you which one is near you. Please tell your own team as well. Illness and treatment "
            "can both weigh on the mind, and they can do something about it."
        ),
    ),
    (
        "dose-advice",
        "Doses: why we do not publish advice",
        (
            "What was right for you can harm somebody else, so we do not publish what others should take, how much of it, or "
            "what to stop. You are welcome to write again what happened to you, without advice."
        ),
    ),
    (
        "personal-data",
        "Personal data: write again without it",
        (
            "Your comment holds something by which a person could be found or recognised, such as a name, a number or an "
            "address. We do not publish that, to protect you and others. Please write it again without those details; "
            "everything else may stay."
        ),
    ),
    (
        "personal-data",
        "Personal data: names of staff and clinics",
        (
            "We leave out the names of doctors, nurses and clinics, in praise and in blame, because they cannot answer here. "
            "Please tell what happened without naming them. A complaint goes to the clinic itself, or to the body that "
            "handles complaints where you live."
        ),
    ),
    (
        "medical-advice-request",
        "Own case: please ask your team",
        (
            "Nobody at {site} can examine you or see your results, so we cannot say what is right in your case. Please ask "
            "the team that treats you, or your own doctor. If it cannot wait, call your local emergency number."
        ),
    ),
    (
        "miracle-cure",
        "Cure: why we do not publish it",
        (
            "Your comment promises a cure, or something close to it. We publish such a statement only with a source that "
            "everybody can read and check. You are welcome to tell what you have lived through yourself."
        ),
    ),
)
REPLIES = [("answer", *each) for each in ANSWERS] + [("rejection", *each) for each in REASONS]


def add_replies(apps, schema_editor):
    replies = apps.get_model("comments", "PreparedReply").objects.using(schema_editor.connection.alias)
    for purpose, flag, title, text in REPLIES:
        replies.get_or_create(title=title, defaults={"purpose": purpose, "flag": flag, "text": text})


def remove_replies(apps, schema_editor):
    replies = apps.get_model("comments", "PreparedReply").objects.using(schema_editor.connection.alias)
    for purpose, flag, title, text in REPLIES:
        replies.filter(purpose=purpose, flag=flag, title=title, text=text).delete()


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_initial")]
    operations = [migrations.RunPython(add_replies, remove_replies)]
