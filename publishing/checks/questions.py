"""What the reviewer confirms of every page."""

from django.utils.translation import gettext_lazy as _

from publishing.checks.check import Question


class Balance(Question):
    id = "Q07-human"
    source = "HON 5, DISCERN 6"
    title = _("Balance")
    question = _("Do benefits and harms get the same weight, and does no claim say more than its source?")


class Aim(Question):
    id = "Q08"
    source = "DISCERN 1 to 3"
    title = _("Aim and reader")
    question = _("Does the top of the page say what it is about and for whom, and does the page keep to that?")


class Uncertainty(Question):
    id = "Q12"
    source = "DISCERN 8, Q8"
    title = _("Uncertainty")
    question = _("Does the page say, in words, how sure its statements are and where evidence is missing?")


class SeekingHelp(Question):
    id = "Q14-human"
    source = "N5"
    title = _("Seeking help")
    question = _("Is it right when, where and how fast readers are told to seek help?")


class SkinAndPeople(Question):
    id = "Q18-human"
    source = "N10"
    title = _("Skin tones and people")
    question = _(
        "Where skin matters, are signs described for all skin tones? Is everybody a person, and nobody an illness?"
    )
