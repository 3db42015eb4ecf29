import pytest
from django.core.management import call_command

from comments import moderation
from comments.models import SpamFilter
from comments.spam import current, decisions
from tests.builders import approved, make_comment, make_therapy, make_user, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def few_shipped(monkeypatch):
    texts = {"spam": ["order cheap pills online"] * 3, "genuine": ["my infusion took five hours"] * 3}
    monkeypatch.setattr(decisions, "shipped", lambda: texts)
    # Another test may have used a filter of the same number, which was rolled back.
    current._filter.cache_clear()


def decide(spam=0, genuine=0):
    page, moderator = published(make_therapy()), make_user("moderator")
    for number in range(spam):
        comment = make_comment(page, text=f"Zebra stripes number {number} are on offer.")
        moderation.mark_spam(comment, by=moderator, version=comment.version)
    for number in range(genuine):
        approved(make_comment(page, text=f"The nurse came {number} times."), by=moderator)


def test_with_few_decisions_only_the_shipped_set_is_used(few_shipped, capsys):
    decide(spam=1, genuine=1)

    call_command("train_spam_filter")

    said = capsys.readouterr().out
    assert "Decided here: 1 spam, 1 genuine." in said
    assert "only the set that comes with the site is used" in said
    assert "zebra" not in SpamFilter.objects.get().words


def test_with_enough_decisions_both_are_used(few_shipped, capsys):
    decide(spam=12, genuine=8)

    call_command("train_spam_filter")

    stored = SpamFilter.objects.get()
    assert (stored.spam_count, stored.genuine_count) == (15, 11)
    assert stored.words["zebra"] > 0 > stored.words["nurse"]
    assert current.current_filter().words == stored.words
    said = capsys.readouterr().out
    assert "Trained on 15 spam and 11 genuine comments." in said
    assert "In cross-validation it holds" in said
    assert "zebra" in said


def test_a_dry_run_stores_nothing(few_shipped, capsys):
    call_command("train_spam_filter", dry_run=True)

    assert "Nothing was stored." in capsys.readouterr().out
    assert not SpamFilter.objects.exists()


def test_the_shipped_filter_can_be_written_anew(few_shipped, tmp_path, monkeypatch):
    monkeypatch.setattr(current, "SHIPPED_FILTER", tmp_path / "filter.json")

    call_command("train_spam_filter", shipped=True)

    assert "order" in (tmp_path / "filter.json").read_text()
    assert not SpamFilter.objects.exists()
