"""How well the matcher does on the 60 passages marked by hand. A change that makes it worse is seen here."""

import csv
import json
from collections import defaultdict

import pytest
import yaml

from crosslinks.matching import match
from tests.crosslinks.demonstration import CONTENT, DATA, demonstration_vocabulary

BLOCKED = [each["text"] for each in yaml.safe_load((CONTENT / "blocked_names.yaml").read_text(encoding="utf-8"))]


def passages():
    texts, marked = {}, defaultdict(set)
    with (DATA / "gold.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            texts[row["doc_id"]] = json.loads(row["text"])
            if row["start"]:
                marked[row["doc_id"]].add((int(row["start"]), int(row["end"]), row["identifier"]))
    return texts, marked


def test_precision_and_recall_on_the_passages():
    texts, marked = passages()
    assert len(texts) == 60
    found = {
        (name, span.start, span.end, span.entity)
        for name, text in texts.items()
        for span in match(text, demonstration_vocabulary())
        if span.accepted
    }
    gold = {(name, *mark) for name, marks in marked.items() for mark in marks}
    right = len(found & gold)
    assert right / len(found) >= 0.95
    assert right / len(gold) >= 0.83
    # Both kinds of error are in the passages, so that neither figure is an empty one.
    assert found - gold
    assert gold - found


@pytest.mark.parametrize("text", BLOCKED)
def test_blocked_text_does_not_link_and_nothing_inside_it(text):
    sentence = f"People asked about {text} and so on."
    assert [span for span in match(sentence, demonstration_vocabulary()) if span.accepted] == []
