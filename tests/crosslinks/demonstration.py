"""The names and blocked texts of the demonstration content, read from its documents."""

from functools import cache
from pathlib import Path

import yaml

from crosslinks.matching import Linking, Term, Vocabulary

CONTENT = Path(__file__).resolve().parents[2] / "content"
DATA = Path(__file__).resolve().parent / "data"


@cache
def demonstration_terms():
    """Of every condition and therapy, its title and its names; the entity is the slug."""
    terms = []
    for path in sorted([*(CONTENT / "conditions").glob("*.md"), *(CONTENT / "therapies").glob("*.md")]):
        front = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
        listed = [{"text": front["title"], "kind": "preferred"}, *front.get("names", [])]
        for name in listed:
            terms.append(
                Term(
                    key=f"{front['slug']}: {name['text']}",
                    entity=front["slug"],
                    text=name["text"],
                    kind=name["kind"],
                    exact_case=name.get("exact_case", name["kind"] == "abbreviation"),
                    linking=Linking(name.get("linking", "automatic")),
                )
            )
    return tuple(terms)


@cache
def demonstration_vocabulary():
    blocked = yaml.safe_load((CONTENT / "blocked_names.yaml").read_text(encoding="utf-8"))
    return Vocabulary(demonstration_terms(), blocked=[each["text"] for each in blocked])
