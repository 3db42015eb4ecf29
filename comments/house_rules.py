"""The house rules: shown to readers, and cited whenever a comment is rejected."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class HouseRule:
    """`text` says what holds for all; `why_rejected` tells a writer in plain words what was wrong with a comment."""

    id: str
    title: str
    text: str
    why_rejected: str


HOUSE_RULES = (
    HouseRule(
        "own-experience",
        _("Tell what you know yourself"),
        _("Write about your own experience, or ask. For anything beyond that, name a source that others can read."),
        _("The comment makes a claim that goes beyond your own experience, and names no source for it."),
    ),
    HouseRule(
        "no-medical-advice",
        _("No doses, and no advice to start or stop a treatment"),
        _("What was right for you can harm others. Say what happened to you, not what they should take or stop."),
        _("The comment tells others what to take, how much of it, or to stop a treatment. That can harm them."),
    ),
    HouseRule(
        "ask-your-team",
        _("No questions about your own treatment"),
        _("Nobody here can examine you. Ask general questions; take those about your own case to your own team."),
        _("The comment asks what to do in your own case. Nobody here can examine you; please ask your own team."),
    ),
    HouseRule(
        "privacy",
        _("Nothing that gives people away"),
        _("No phone numbers, addresses, numbers of patients, and no names of other people, staff of clinics included."),
        _("The comment holds something that could give a person away: a name, a number or an address."),
    ),
    HouseRule(
        "no-advertising",
        _("No advertising"),
        _("Nothing for sale, no collecting of patients or donations, and links only to what backs up what you say."),
        _("The comment advertises something, or links to something that is for sale."),
    ),
    HouseRule(
        "kindness",
        _("Be kind"),
        _("Argue about the matter, not about people. No insults, no threats, no hate."),
        _("The comment is unkind to a person or to a group of people."),
    ),
    HouseRule(
        "to-the-point",
        _("Stay with the page"),
        _("Write about what the page is about, in words that others can follow."),
        _("The comment is not about this page, or it cannot be understood."),
    ),
    HouseRule(
        "be-yourself",
        _("Be who you say you are"),
        _("Do not pass for a clinician, for somebody else, or for this site. A nickname is fine."),
        _("The name of the comment makes readers believe that somebody else wrote it."),
    ),
    HouseRule(
        "emergency",
        _("This is no place for emergencies"),
        _("Nobody reads along at night. In an emergency, call your local emergency number."),
        _("The comment tells of an emergency. Nobody could act on it here, and it should not stand in public."),
    ),
)
BY_ID = {each.id: each for each in HOUSE_RULES}
