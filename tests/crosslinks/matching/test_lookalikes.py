"""Names of medicines that are taken for each other must never be taken for each other here."""

import pytest

from crosslinks.matching import Term, Vocabulary, match

PAIRS = [
    ("rituximab", "infliximab"), ("azathioprine", "azacitidine"), ("cyclosporine", "cycloserine"),
    ("Sandimmune", "Sandostatin"), ("prednisone", "prednisolone"), ("hydroxyzine", "hydralazine"),
    ("hydroxychloroquine", "hydroxyurea"), ("tacrolimus", "temsirolimus"), ("sirolimus", "tacrolimus"),
    ("methotrexate", "metolazone"), ("mercaptopurine", "mercaptamine"), ("penicillamine", "penicillin"),
    ("cetuximab", "cetirizine"), ("daclizumab", "dacarbazine"), ("vinblastine", "vincristine"),
    ("cisplatin", "carboplatin"), ("interferon alfa", "interferon gamma"), ("Remicade", "Reminyl"),
    ("Humira", "Humalog"), ("Xolair", "Xopenex"), ("Rituxan", "Remicade"), ("Enbrel", "Embrel"),
    ("sulfasalazine", "sulfadiazine"), ("leucovorin", "Leukeran"), ("Neoral", "Neurontin"),
    ("ustekinumab", "secukinumab"), ("ketorolac", "ketorlac"), ("thioguanine", "thiotepa"),
    ("trastuzumab", "trastuzumab deruxtecan"), ("amphotericin B", "amphotericin A"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_name_never_links_to_its_look_alike(one, other):
    built = Vocabulary([Term(1, "one", one, "preferred"), Term(2, "other", other, "preferred")])
    found = match(f"Take {one}; {other}.", built)

    assert [(span.entity, span.accepted) for span in found] == [("one", True), ("other", True)]
    assert match(f"Take {other} now.", Vocabulary([Term(1, "one", one, "preferred")])) == [] or one in other
