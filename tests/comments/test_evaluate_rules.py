import pytest
from django.core.management import CommandError, call_command

from comments.models import Comment, SpamFilter

pytestmark = pytest.mark.django_db

ROWS = [
    "spam\tnone\tAnna\tBuy tramadol online, no prescription needed.",
    "spam\tnone\tAnna\tBuy tramadol online, no prescription needed.",
    "genuine\tivig\tTom\tMy infusions take about five hours.",
    "crisis\tivig\tTom\tI want to die and I do not know who to tell.",
    "hostile-markup\tivig\tTom\t<b>I was</b>\\nhere \x1b[2J",
]


def written(tmp_path, rows):
    path = tmp_path / "labelled.tsv"
    path.write_text("\n".join(["label\tpage_slug\tname\ttext", *rows, ""]), encoding="utf-8")
    return path


def test_counts_are_given_for_each_label(tmp_path, capsys):
    call_command("evaluate_rules", labelled=written(tmp_path, ROWS))

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("spam: 2 comments, 0 passed, 2 held, 0 rejected; flags: ")
    assert lines[1] == "genuine: 1 comments, 1 passed, 0 held, 0 rejected; flags: none"
    assert lines[2] == "crisis: 1 comments, 0 passed, 1 held, 0 rejected; flags: emergency 1"
    assert lines[3].startswith("hostile-markup: 1 comments, 0 passed, 1 held")
    assert len(lines) == 4


def test_comments_of_a_label_are_listed_on_demand(tmp_path, capsys):
    call_command("evaluate_rules", labelled=written(tmp_path, ROWS), show="hostile-markup")

    lines = capsys.readouterr().out.splitlines()
    assert lines[4] == "line 6, held: Tom: <b>I was</b>\\nhere \\x1b[2J"
    assert lines[5].startswith("    hold by markup_in_text")


def test_nothing_is_stored(tmp_path):
    call_command("evaluate_rules", labelled=written(tmp_path, ROWS))

    assert (Comment.objects.count(), SpamFilter.objects.count()) == (0, 0)


def test_a_bad_file_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="line 2: “junk” is none of the labels"):
        call_command("evaluate_rules", labelled=written(tmp_path, ["junk\tx\tAnna\thello"]))
    with pytest.raises(CommandError, match="No such file"):
        call_command("evaluate_rules", labelled=tmp_path / "none.tsv")
