"""What a query means: the things it asks for, the pages it names, and the words it was probably meant to have."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from crosslinks.models import Name
from search.asked import Asked, asked
from search.intents import ABOUT_TREATMENT, FILLER_STEMS, FILLERS, OPTIONAL_STEMS, SECTION_OF
from search.knowledge import Knowledge, knowledge_of
from search.lexicon import Called, Lexicon
from search.queries import Phrase, Query, Token, all_of, either
from search.spelling import corrected, spans_of_names
from search.words import Joined, Text, read_text, stem, stems_of

# A name stands for so many other names of its page, and for the names of so many pages.
MOST_NAMES = 8
MOST_PAGES = 8
HALF = 0.5
# Names that texts use, first those they use most.
ORDER_OF_KINDS = (
    Name.Kind.PREFERRED,
    Name.Kind.ABBREVIATION,
    Name.Kind.GENERIC,
    Name.Kind.PLAIN,
    Name.Kind.FORMER,
    Name.Kind.CLASS,
    Name.Kind.PLURAL,
    Name.Kind.BRAND,
)


@dataclass(frozen=True)
class Wish:
    """One thing that is asked for. A page has it if it has all the stems of one of the alternatives."""

    alternatives: tuple[tuple[str, ...], ...]
    # As it was typed, and what else is marked in a snippet.
    stems: tuple[str, ...]
    # In how many pages it is, about.
    pages: int = 0
    # Results must have it.
    is_needed: bool = True
    is_phrase: bool = False
    # The pages that it names.
    names_pages: frozenset[int] = frozenset()

    def query(self, beginning: str = "") -> Query:
        """The beginning of the tokens says in which place of a page the wish must be met."""
        if self.is_phrase and not beginning:
            return Phrase(self.stems)
        return either(all_of(_token(beginning, each) for each in stems) for stems in self.alternatives)


def _token(beginning: str, each: str) -> Token:
    """The index says of no filler where it stands: that of “quality of life” is asked for anywhere."""
    return Token(each if each in FILLER_STEMS else beginning + each)


@dataclass(frozen=True)
class Entity:
    """The pages that some words of the query name."""

    names: tuple[Called, ...]
    words: range

    @property
    def pages(self) -> set[int]:
        return {name.page for name in self.names}


@dataclass
class Understood:
    asked: Asked
    lexicon: Lexicon
    wishes: list[Wish] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    # The names that have all the words of the query and others besides.
    nearly: list[Called] = field(default_factory=list)
    unwanted: list[Query] = field(default_factory=list)
    # The sections of a page that answer, as far as the words say.
    sections: tuple[str, ...] = ()
    asks_for_treatment: bool = False
    # The whole query with the words that were probably meant.
    corrected: str = ""
    is_complete: bool = True

    @property
    def needed(self) -> list[Wish]:
        return [wish for wish in self.wishes if wish.is_needed]

    @property
    def names_all(self) -> bool:
        """The query is a name and nothing else."""
        return len(self.entities) == 1 and len(self.wishes) == 1

    @cached_property
    def names_two(self) -> bool:
        """It names two things, such as a therapy and a condition; a part of the name is enough for one of them."""
        return len(self.entities) > 1 or bool(self.entities and self.nearly)

    def share_of(self, name: Called) -> float:
        """How much of the name was typed."""
        asked = {each for wish in self.wishes for stems in (*wish.alternatives, wish.stems) for each in stems}
        return len(asked & name.tokens) / len(name.tokens)

    def named(self) -> Iterable[Called]:
        """The names in the query, then those of which a half or more was typed."""
        for entity in self.entities:
            yield from entity.names
        yield from (name for name in self.nearly if self.share_of(name) >= HALF)

    def pages_named(self, kind: str) -> set[int]:
        return {name.page for name in self.named() if name.kind_of_page == kind}


def understand(typed: str, *, exactly: bool = False) -> Understood:
    """One query, and some more when the vocabulary changed. With `exactly` no word is taken for another."""
    taken_apart = asked(typed)
    text = read_text(taken_apart.words)
    known = knowledge_of(text.plain, text.stems)
    found = Understood(taken_apart, known.lexicon, is_complete=known.is_complete)
    if not exactly and (better := corrected(text, known)):
        found.corrected = taken_apart.typed_with(better)
        text = read_text(better)
        for word, each in zip(text.plain, text.stems, strict=True):
            if word in known.written:
                known.pages.setdefault(each, known.written[word])
    _find_names(found, text, known)
    _find_words(found, text, known)
    found.wishes += [_phrase(each) for each in found.asked.phrases if stems_of(each)]
    _leave_out(found, known)
    found.unwanted = [_without(each) for each in found.asked.unwanted if stems_of(each)]
    _settle_needs(found)
    return found


def _find_names(found: Understood, text: Text, known: Knowledge) -> None:
    for span in spans_of_names(text.forms, known):
        names = tuple(
            name for name in known.lexicon.called(text.forms[span.start : span.stop]) if _is_meant(name, text, span)
        )
        if names:
            found.entities.append(Entity(names, span))
            found.wishes.append(_named(names, text, span, known))


def _is_meant(name: Called, text: Text, span: range) -> bool:
    """“all” and “as” are words, and “ALL” and “AS” are names."""
    if len(span) > 1 or (text.plain[span.start] not in FILLERS and stem(text.forms[span.start]) not in OPTIONAL_STEMS):
        return True
    written = text.text[text.starts[span.start] : text.ends[span.start]]
    return name.is_exact and (written == name.text or len(text.stems) == 1)


def _named(names: tuple[Called, ...], text: Text, span: range, known: Knowledge) -> Wish:
    typed = tuple(text.stems[span.start : span.stop])
    alternatives = [typed]
    pages = list(dict.fromkeys(name.page for name in names))
    for page in pages[:MOST_PAGES]:
        others = sorted(known.lexicon.by_page[page], key=lambda name: (ORDER_OF_KINDS.index(name.kind), name.text))
        several = len(pages) > 1
        kept = [name for name in others if name.is_preferred] if several else [
            name for name in others if name.kind != Name.Kind.CLASS and _stands_alone(name)
        ]  # fmt: skip
        alternatives += [name.stems for name in kept[:MOST_NAMES]]
    joined = [(stem(each.form),) for each in text.joined if span == range(each.first, each.last)]
    number = max((known.pages.get(each, 0) for each in typed), default=0)
    return Wish(tuple(dict.fromkeys([*alternatives, *joined])), typed, number, names_pages=frozenset(pages))


def _stands_alone(name: Called) -> bool:
    """Not a name that is a word of every text, whatever its case."""
    return len(name.stems) > 1 or (len(name.stems[0]) > 1 and name.plain[0] not in FILLERS | {"all"})


def _find_words(found: Understood, text: Text, known: Knowledge) -> None:
    """The words that are not part of a name."""
    named = {index for entity in found.entities for index in entity.words}
    joined = {}
    for each in sorted(text.joined, key=lambda each: each.last - each.first):
        span = range(each.first, each.last)
        if named.isdisjoint(span) and (each.is_name or _is_written_joined(each, text)):
            joined[each.first] = each
    index = 0
    while index < len(text.stems):
        if index in named:
            index += 1
        elif index in joined:
            each = joined[index]
            parts = tuple(text.stems[each.first : each.last])
            apart = () if each.is_name else (parts,)
            found.wishes.append(Wish(((stem(each.form),), *apart), parts))
            index = each.last
        else:
            if text.plain[index] not in FILLERS:
                found.wishes.append(_word(index, text, known))
            index += 1
    if not found.wishes and not found.asked.phrases:
        found.wishes = [_word(index, text, known) for index in range(len(text.stems))]
    plain = [wish for wish in found.wishes if wish.stems[0] not in OPTIONAL_STEMS]
    # Beside names, the other words may be a part of another.
    others = [wish for wish in plain if not wish.names_pages]
    wanted = [each for wish in others or plain for each in wish.stems]
    if wanted and not found.names_all:
        found.nearly = sorted(known.lexicon.containing(wanted), key=lambda name: (len(name.stems), name.text))[:40]
        if not found.nearly:
            found.nearly = _names_that_begin(wanted, text, known)


def _names_that_begin(wanted: list[str], text: Text, known: Knowledge) -> list[Called]:
    """Names that have all these words, the last of which may go on."""
    *first, last = wanted
    if last != text.stems[-1]:
        return []
    found = {}
    for word in known.lexicon.words_beginning(text.plain[-1])[:40]:
        found |= {
            (name.page, name.text): name for name in known.lexicon.containing([known.lexicon.stems[word], *first])
        }
    return sorted(found.values(), key=lambda name: (len(name.stems), name.text))[:40]


def _is_written_joined(joined: Joined, text: Text) -> bool:
    return " " not in text.text[text.starts[joined.first] : text.ends[joined.last - 1]]


def _word(index: int, text: Text, known: Knowledge) -> Wish:
    each, word = text.stems[index], text.plain[index]
    is_last = index == len(text.stems) - 1 and text.ends[index] == len(text.text)
    alternatives = [(each,)]
    if is_last and word not in known.written and word not in known.lexicon.stems:
        names = [known.lexicon.stems[name] for name in known.lexicon.words_beginning(word)[:20]]
        alternatives += [(ending,) for ending in dict.fromkeys([*known.endings.values(), *names])]
    return Wish(tuple(alternatives), (each,), known.pages.get(each, 0))


def _phrase(typed: str) -> Wish:
    stems = tuple(stems_of(typed))
    return Wish((stems,), stems, is_phrase=True)


def _leave_out(found: Understood, known: Knowledge) -> None:
    """No page is named by a name that has an unwanted word."""
    unwanted = [frozenset(stems_of(each)) for each in found.asked.unwanted]
    found.nearly = [name for name in found.nearly if not _has_any(unwanted, name.page, known)]
    for number, entity in enumerate(found.entities):
        names = tuple(name for name in entity.names if not _has_any(unwanted, name.page, known))
        found.entities[number] = Entity(names, entity.words)


def _has_any(unwanted: list[frozenset[str]], page: int, known: Knowledge) -> bool:
    return any(stems and stems <= name.tokens for stems in unwanted for name in known.lexicon.by_page[page])


def _without(typed: str) -> Query:
    stems = tuple(stems_of(typed))
    return Phrase(stems) if len(stems) > 1 else Token(stems[0])


def _settle_needs(found: Understood) -> None:
    """Words that ask about a page are not needed, unless no other word was typed."""
    stems = {each for wish in found.wishes for each in wish.stems}
    found.sections = tuple(
        dict.fromkeys(SECTION_OF[each] for wish in found.wishes for each in wish.stems if each in SECTION_OF)
    )
    found.asks_for_treatment = bool(stems & ABOUT_TREATMENT)
    optional = [wish for wish in found.wishes if len(wish.stems) == 1 and wish.stems[0] in OPTIONAL_STEMS]
    if len(optional) < len(found.wishes):
        found.wishes = [replace(wish, is_needed=False) if wish in optional else wish for wish in found.wishes]
