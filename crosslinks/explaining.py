"""Why a mention is a link or is not, in words for staff: the only place where codes of decisions become sentences."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from crosslinks import layout
from crosslinks.choosing import Place
from crosslinks.layout import Sentence
from crosslinks.matching.deciding import needs_evidence
from crosslinks.mentions import LINKED_BY_HAND, Found, matched, surroundings_of
from crosslinks.names import Name, name_key
from crosslinks.showing import chosen
from crosslinks.vocabulary import site_vocabulary
from publishing.editions import Edition
from publishing.pages import Page

# How the words of the page and the name in the vocabulary compare.
HOW = {
    "exact": _("“%(name)s” (%(kind)s)."),
    "variant": _("Another way to write “%(name)s” (%(kind)s)."),
    "plural": _("Singular or plural of “%(name)s” (%(kind)s)."),
    "defined": _("Short for “%(name)s” (%(kind)s)."),
}
# The reasons of the matcher (`crosslinks.matching.deciding`).
DECISIONS = {
    "name": _("No other page has this name."),
    "defined": _("The page itself says what this short form means."),
    "evidence": _("There is evidence on the page of what is meant."),
    "blocked": _("This name never links, on the whole site."),
    "compound": _("It is part of a longer expression that means something else."),
    "longer-phrase": _("The words around it make it a longer, narrower name."),
    "never": _("This name is set never to link."),
    "defined-other": _("The page uses this short form for something else."),
    "ambiguous": _("Several pages have this name, and nothing here says which of them is meant."),
    "no-evidence": _("This name links only with evidence of what is meant, and there is none on the page."),
}
# Places in which nothing is linked (`crosslinks.layout`).
ZONES = {
    "heading": _("It stands in a heading."),
    "caption": _("It stands in a caption."),
    "quotation": _("It stands in a quotation."),
    "code": _("It stands in code."),
    "link": _("It stands in a link."),
    "citation": _("It stands in a citation."),
    "table heading": _("It stands in the heading of a table."),
    "emergency": _("It stands in an emergency box."),
    "markup": _("Only a part of it is emphasised, so no link fits around it."),
    LINKED_BY_HAND: _("The page links it by hand, which wins over automatic links."),
}
WHY = DECISIONS | ZONES
REJECTED = _("It was rejected on this page.")
NOT_PUBLIC = _("The page it names is not public.")
EARLIER = _("An earlier mention is the link: each page is linked once.")
TOO_MANY = _("Too many links stand near it.")
TOO_MANY_SO_LATER = _("Too many links stand near it, so a later mention is the link.")
SHARED_ROW = _("This page and the page it names stand together in a table row.")
ALSO_SAYS = _("The page also says “%s”.")


@dataclass(frozen=True)
class Line:
    """One mention in a draft: the sentence around it, what it names, and why it is a link or is not."""

    mention: Found
    sentence: Sentence
    name: Name
    how: str
    why: str

    @property
    def target(self) -> Page:
        return self.name.page


def _sentence(reason: str) -> str:
    # A form must open even where a new rule of the matcher has no sentence yet.
    return WHY.get(reason, reason)


class DraftLinks:
    """What publishing a draft now would link, and what it would not. About six queries, whatever the draft says."""

    def __init__(self, edition: Edition):
        self.read = layout.read(edition.html)
        self.around = surroundings_of({edition.page_id: edition.html})[edition.page_id]
        mentions = matched(edition, self.read, site_vocabulary(), self.around)
        named = Name.objects.filter(pk__in={mention.name_id for mention in mentions}).select_related("page")
        self.names = {name.pk: name for name in named}
        self.mentions = [mention for mention in mentions if mention.name_id in self.names]
        open_ones = [each.place for each in self.mentions if each.is_accepted and self._is_public(each)]
        self.chosen = {(place.part, place.target): place for place in chosen(open_ones)}

    @cached_property
    def links(self) -> list[Line]:
        return [self._line(each) for each in self.mentions if self._is_chosen(each)]

    @cached_property
    def unlinked(self) -> list[Found]:
        return [each for each in self.mentions if not self._is_chosen(each)]

    def lines(self, mentions: list[Found]) -> list[Line]:
        return [self._line(mention) for mention in mentions]

    def _is_public(self, mention: Found) -> bool:
        return self.names[mention.name_id].page.live_id is not None

    def _is_chosen(self, mention: Found) -> bool:
        return mention.is_accepted and self._rival(mention) == mention.place

    def _rival(self, mention: Found) -> Place | None:
        """The place that is the link to the same page, here or in this part of a long page."""
        return self.chosen.get((mention.part, mention.target_id))

    def _line(self, mention: Found) -> Line:
        name = self.names[mention.name_id]
        how = HOW[mention.how] % {"name": name, "kind": name.get_kind_display()}
        return Line(mention, self.read.sentence_in_html(mention.start, mention.end), name, how, self._why(mention))

    def _why(self, mention: Found) -> str:
        if self._is_chosen(mention):
            return self._why_accepted(mention)
        if not mention.is_accepted:
            return self._why_refused(mention)
        if not self._is_public(mention):
            return NOT_PUBLIC
        rival = self._rival(mention)
        if rival is None:
            return TOO_MANY
        return EARLIER if rival.start < mention.start else TOO_MANY_SO_LATER

    def _why_refused(self, mention: Found) -> str:
        is_rejected = mention.reason == "blocked" and self.names[mention.name_id].key in self._rejected
        return REJECTED if is_rejected else _sentence(mention.reason)

    @cached_property
    def _rejected(self) -> set[str]:
        return {name_key(text, exact_case=exact) for text in self.around.blocked for exact in (False, True)}

    def _why_accepted(self, mention: Found) -> str:
        if mention.reason != "evidence":
            return _sentence(mention.reason)
        if witness := self._witnesses[mention.target_id] - {mention.name_id}:
            return ALSO_SAYS % self.names[min(witness)]
        return SHARED_ROW if mention.target_id in self.around.related else WHY["evidence"]

    @cached_property
    def _witnesses(self) -> dict[int, set[int]]:
        """By page, the names that stand in the draft and need no evidence themselves."""
        found = defaultdict(set)
        for mention in self.mentions:
            term = self.names[mention.name_id].term()
            is_meant = mention.reason in ("name", "never") or mention.reason in ZONES
            if is_meant and term.kind != Name.Kind.CLASS and not needs_evidence(term):
                found[mention.target_id].add(mention.name_id)
        return found
