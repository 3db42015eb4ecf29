"""What a process remembers of a comment that was erased: nothing."""

import gc

import pytest
from django.test import Client

from comments import moderation, privacy, tokens
from comments.comments import Comment
from comments.privacy import stored_under
from tests.builders import make_comment, make_therapy, make_user, published

# In two parts each, so that the test itself does not hold what it looks for: a rare word, a misspelt one, a number, a
# name, an address, and a word with a star in it.
PARTS = [("Zwetsch", "kenbaum"), ("azathi", "oprinne"), ("94347", "65919"), ("Qaddi", "sha Obuya"),
         ("zofia.", "mazurr"), ("kraut", "wortel")]  # fmt: skip


def write_about(words: list[str]) -> dict[str, str]:
    rare, misspelt, number, name, person, censored = words
    return {
        "name": name,
        "email": f"{person}@example.org",
        "text": f"I am {name}, {rare} on Monday, {misspelt} and {censored}, call {number}.",
        "kind": "experience",
        "unwanted_effects": f"A rash after the {rare} infusion, said {name}.",
    }


def posted_seen_and_erased(page, moderator) -> None:
    told = write_about([*(first + second for first, second in PARTS[:5]), "*".join(PARTS[5])])
    comment = moderation.confirm_address(make_comment(page, **told))
    staff = Client()
    staff.force_login(moderator)
    staff.get("/admin/comments/desk/")
    moderation.approve(comment, by=moderator, version=comment.version)
    Client().get(page.get_absolute_url())
    Client().get(f"/comments/own/{tokens.own_token(comment)}/")
    privacy.erase(stored_under(told["email"]), ())


def remembered() -> set[str]:
    """Which of the words stand in any text that the process can reach."""
    found, seen, left = set(), set(), list(gc.get_objects())
    while left:
        each = left.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, bytes):
            each = each.decode("utf-8", "ignore")
        if isinstance(each, str):
            found |= {first for first, second in PARTS if first.lower() in each.lower() and second in each.lower()}
        elif type(each) in (dict, list, tuple, set, frozenset) or gc.is_tracked(each):
            left.extend(gc.get_referents(each))
    return found


@pytest.mark.django_db
def test_no_word_of_an_erased_comment_stays_in_memory():
    page, moderator = published(make_therapy(title="Abatacept")), make_user("moderator")
    posted_seen_and_erased(page, moderator)
    assert not Comment.objects.exclude(text="").exists()
    gc.collect()
    assert remembered() == set()
