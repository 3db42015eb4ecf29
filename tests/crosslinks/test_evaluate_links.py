import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from crosslinks.evaluation import FileError, read_gold, read_vocabulary
from crosslinks.matching import Linking

TEXTS = {
    "d1": 'Asthma and\t"asthma", then breast cancer. IVIG.',
    "d2": "Nothing here.",
    "d3": "Asthmatic lungs; skin asthma rash.",
}
VOCABULARY = ["a\tasthma\tlabel\tno", "a\tbronchial asthma\tsynonym\t", "b\tbreast cancer\tlabel\t0"]
VOCABULARY += ["c\tIVIG\tabbreviation\tyes", "d\tcancer\tlabel\t"]


def gold_rows(mentions, texts=TEXTS):
    rows = ["doc_id\ttext\tstart\tend\tidentifier"]
    for name, text in texts.items():
        found = [mention for mention in mentions if mention[0] == name] or [(name, "", "", "")]
        rows += [f"{name}\t{json.dumps(text)}\t{start}\t{end}\t{identifier}" for _name, start, end, identifier in found]
    return rows


def written(tmp_path, rows, name="gold.tsv", *, newline="\n", bom=False):
    path = tmp_path / name
    data = (newline.join(rows) + newline).encode("utf-8-sig" if bom else "utf-8")
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def vocabulary(tmp_path, rows=VOCABULARY):
    return written(tmp_path, ["id\tname\tkind\tcase_sensitive", *rows], "vocabulary.tsv")


MENTIONS = [
    ("d1", 0, 6, "a"),
    ("d1", 12, 18, "a"),
    ("d1", 33, 39, "b"),  # "cancer" only: overlaps with what is found
    ("d1", 26, 39, "x|b"),
    ("d3", 0, 9, "a"),  # never found
]


def run(capsys, *arguments):
    call_command("evaluate_links", *map(str, arguments))
    return capsys.readouterr().out.splitlines()


def scores(lines):
    return [line for line in lines if line.startswith(("precision ", "recall ", "f1 "))]


def test_it_prints_the_scores_of_exact_and_then_of_overlapping_spans(tmp_path, capsys):
    gold = written(tmp_path, gold_rows(MENTIONS))
    lines = run(capsys, "--gold", gold, "--vocabulary", vocabulary(tmp_path))

    # Accepted: asthma twice, breast cancer, IVIG, and the asthma of d3. Marked: five.
    assert scores(lines) == [
        "precision 0.600",
        "recall 0.600",
        "f1 0.600",
        "precision 0.600",
        "recall 0.800",
        "f1 0.686",
    ]
    assert lines[0].startswith("Exact spans")
    assert lines[4].startswith("Overlapping spans")


def test_it_shows_the_errors_of_each_kind_with_an_example(tmp_path, capsys):
    gold = written(tmp_path, gold_rows(MENTIONS))
    lines = run(capsys, "--gold", gold, "--vocabulary", vocabulary(tmp_path))

    wrong = next(index for index, line in enumerate(lines) if line.startswith("Wrong"))
    missed = next(index for index, line in enumerate(lines) if line.startswith("Missed"))
    assert any(line.startswith("1\tIVIG\tc\td1: ") and line.endswith("[IVIG].") for line in lines[wrong:missed])
    assert any(line == "1\tAsthmatic\ta\td3: [Asthmatic] lungs; skin asthma rash." for line in lines[missed:])


def test_at_most_fifty_errors_of_a_kind_are_shown(tmp_path, capsys):
    texts = {f"d{number}": f"word{number:02d}" for number in range(60)}
    mentions = [(name, 0, 6, "a") for name in texts]
    lines = run(capsys, "--gold", written(tmp_path, gold_rows(mentions, texts)), "--vocabulary", vocabulary(tmp_path))

    assert len([line for line in lines if line.startswith("1\tword")]) == 50


def test_first_only_counts_one_mention_of_each_identifier_in_a_document(tmp_path, capsys):
    texts = {"d1": "asthma asthma asthma", "d2": "asthma"}
    gold = written(tmp_path, gold_rows([("d1", 0, 6, "a"), ("d1", 7, 13, "a")], texts))

    assert scores(run(capsys, "--gold", gold, "--vocabulary", vocabulary(tmp_path)))[:2] == [
        "precision 0.500",
        "recall 1.000",
    ]
    # Left: the first of d1 on both sides, and the wrong one of d2.
    lines = run(capsys, "--gold", gold, "--vocabulary", vocabulary(tmp_path), "--first-only")
    assert lines[0] == "Exact spans (2 accepted, 1 marked)"
    assert scores(lines)[:2] == ["precision 0.500", "recall 1.000"]


def test_without_mentions_the_scores_are_zero(tmp_path, capsys):
    gold = written(tmp_path, gold_rows([], {"d1": "Nothing."}))

    assert (
        scores(run(capsys, "--gold", gold, "--vocabulary", vocabulary(tmp_path)))
        == [
            "precision 0.000",
            "recall 0.000",
            "f1 0.000",
        ]
        * 2
    )


@pytest.mark.django_db
def test_without_a_vocabulary_the_names_of_the_site_count(tmp_path, capsys):
    gold = written(tmp_path, gold_rows(MENTIONS))

    assert scores(run(capsys, "--gold", gold))[:2] == ["precision 0.000", "recall 0.000"]


@pytest.mark.parametrize("options", [{"newline": "\r\n"}, {"bom": True}, {"name": "gold.tsv.gz"}])
def test_files_may_be_written_in_several_ways(tmp_path, options):
    documents = read_gold(written(tmp_path, gold_rows(MENTIONS), **options))

    assert {document.name: document.text for document in documents} == TEXTS
    assert [len(document.mentions) for document in documents] == [4, 0, 1]


def test_the_text_may_stand_on_the_first_row_only_or_be_quoted_once_more(tmp_path):
    quoted = '"' + json.dumps('A "b" c').replace('"', '""') + '"'
    rows = ["identifier\tdoc_id\ttext\tstart\tend", f"a\td1\t{quoted}\t0\t1", "b+c\td1\t\t2\t3", "", '\td2\t"x"']
    (first, second) = read_gold(written(tmp_path, rows))

    assert first.text == 'A "b" c'
    assert [mention.identifiers for mention in first.mentions] == [{"a"}, {"b", "c"}]
    assert (second.text, second.mentions) == ("x", [])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('d1\t"abc"\t0\tx\ta', "line 2: start and end must be whole numbers"),
        ('d1\t"abc"\t0\t1.5\ta', "line 2: start and end must be whole numbers"),
        ('d1\t"abc"\t0\t4\ta', "line 2: start 0 and end 4 are not a piece of the text"),
        ('d1\t"abc"\t2\t2\ta', "not a piece of the text"),
        ('d1\t"abc"\t-1\t2\ta', "not a piece of the text"),
        ('d1\t"abc"\t0\t1\t', "line 2: the identifier is missing"),
        ("d1\tabc\t0\t1\ta", "line 2: the text must be a JSON string"),
        ("d1\t12\t0\t1\ta", "line 2: the text must be a JSON string"),
        ("d1\t\t0\t1\ta", "line 2: the first row of a document must hold its text"),
        ('d1\t"abc"\t\t\t\nd1\t"abd"\t\t\t', "line 3: document d1 had another text before"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path, row, message):
    path = written(tmp_path, ["doc_id\ttext\tstart\tend\tidentifier", row])

    with pytest.raises(CommandError, match=message):
        call_command("evaluate_links", gold=path, vocabulary=vocabulary(tmp_path))


def test_a_file_without_the_columns_or_without_bytes_is_refused(tmp_path):
    with pytest.raises(FileError, match="the header must name the columns doc_id, text"):
        read_gold(written(tmp_path, ["doc\ttext"]))
    with pytest.raises(FileError, match="the header must name the columns id, name"):
        read_vocabulary(written(tmp_path, []))
    with pytest.raises(CommandError, match=r"none\.tsv"):
        call_command("evaluate_links", gold=tmp_path / "none.tsv")


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "gold.tsv"
    path.write_bytes(b"\xff\xfe\x00")
    packed = tmp_path / "gold.tsv.gz"
    packed.write_bytes(b"not packed")

    for each in (path, packed):
        with pytest.raises(CommandError, match=r"gold\.tsv"):
            call_command("evaluate_links", gold=each, vocabulary=vocabulary(tmp_path))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("label", ("preferred", Linking.AUTOMATIC)),
        ("Preferred", ("preferred", Linking.AUTOMATIC)),
        ("exact synonym", ("plain", Linking.AUTOMATIC)),
        ("hasRelatedSynonym", ("plain", Linking.EVIDENCE)),
        ("related", ("plain", Linking.EVIDENCE)),
        ("narrow_synonym", ("plain", Linking.EVIDENCE)),
        ("acronym", ("abbreviation", Linking.AUTOMATIC)),
        ("class", ("class", Linking.NEVER)),
        ("", ("plain", Linking.AUTOMATIC)),
        ("who knows", ("plain", Linking.AUTOMATIC)),
    ],
)
def test_any_kind_is_read(tmp_path, kind, expected):
    (term,) = read_vocabulary(vocabulary(tmp_path, [f"x\tsome name\t{kind}\t"]))

    assert (term.kind, term.linking) == expected


@pytest.mark.parametrize(
    ("name", "said", "exact"),
    [
        ("IVIG", "yes", True),
        ("IVIG", "", True),
        ("asthma", "", False),
        ("asthma", "TRUE", True),
        ("IVIG", "no", False),
        ("asthma", "1", True),
    ],
)
def test_the_case_rule_is_read_or_seen_in_the_name(tmp_path, name, said, exact):
    (term,) = read_vocabulary(vocabulary(tmp_path, [f"x\t{name}\tlabel\t{said}"]))

    assert term.exact_case is exact
