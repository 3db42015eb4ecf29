import pytest

from comments.spam.labelled import FileError, read_labelled

HEADER = "label\tpage_slug\tname\ttext"


def written(tmp_path, *lines, encoding="utf-8", end="\n"):
    path = tmp_path / "labelled.tsv"
    path.write_bytes((end.join([HEADER, *lines]) + end).encode(encoding))
    return path


def test_escapes_become_what_they_stand_for(tmp_path):
    (row,) = read_labelled(written(tmp_path, r"genuine	ivig	A\\nna	one\ntwo\tthree\\n \d"))

    assert row.candidate.name == r"A\nna"
    assert row.candidate.text == "one\ntwo\tthree\\n \\d"


@pytest.mark.parametrize(("encoding", "end"), [("utf-8-sig", "\n"), ("utf-8", "\r\n"), ("utf-8-sig", "\r\n")])
def test_a_mark_at_the_beginning_and_windows_lines_are_read(tmp_path, encoding, end):
    path = written(tmp_path, "spam\tx\tAnna\tbuy", "crisis\t\tTom\thelp", encoding=encoding, end=end)

    rows = read_labelled(path)

    assert [(row.label, row.candidate.text, row.line) for row in rows] == [("spam", "buy", 2), ("crisis", "help", 3)]


def test_other_line_ends_stay_in_the_text(tmp_path):
    (row,) = read_labelled(written(tmp_path, "hostile-markup\tx\tA\tone\u2028two\x0bthree\x85four\x00"))

    assert row.candidate.text == "one\u2028two\x0bthree\x85four\x00"


def test_a_file_without_comments_is_empty(tmp_path):
    assert read_labelled(written(tmp_path)) == []


def test_columns_may_stand_in_another_order(tmp_path):
    path = tmp_path / "labelled.tsv"
    path.write_text("text\tname\tpage_slug\tlabel\nhello\tAnna\tx\tgenuine\n")

    (row,) = read_labelled(path)

    assert (row.candidate.name, row.candidate.text) == ("Anna", "hello")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["spam\tx\tAnna"], "line 2: there are 3 columns instead of 4"),
        (["spam\tx\tAnna\tone\ttwo"], "line 2: there are 5 columns instead of 4"),
        (["genuine\tx\tAnna\ta", "", "genuine\tx\tAnna\tb"], "line 3: there are 1 columns instead of 4"),
        (["junk\tx\tAnna\thello"], "line 2: “junk” is none of the labels spam, genuine"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, lines, message):
    with pytest.raises(FileError, match=message):
        read_labelled(written(tmp_path, *lines))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "lacks label, page_slug, name, text"),
        (b"label\tname\ttext\n", "the header lacks page_slug"),
        (HEADER.encode() + b"\nspam\tx\tA\t\xff\n", "is not in UTF-8"),
        (HEADER.encode("utf-16"), "is not in UTF-8"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path, content, message):
    path = tmp_path / "labelled.tsv"
    path.write_bytes(content)

    with pytest.raises(FileError, match=message):
        read_labelled(path)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path):
    with pytest.raises(FileError, match="No such file"):
        read_labelled(tmp_path / "none.tsv")
    with pytest.raises(FileError, match="directory"):
        read_labelled(tmp_path)
