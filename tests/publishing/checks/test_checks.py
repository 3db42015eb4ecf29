"""Each check has pages it speaks about, and pages it is silent about."""

import pytest

from publishing.checks import CHECKS, Severity
from tests.publishing.checks.contents import EDITOR, PICTURE, checked, cite, found, row, source
from therapies.models import Condition, Therapy

TWENTY = "A " + " ".join(["word"] * 18) + " end."
LONG = TWENTY.replace("end", "word end")
WHOLE_TABLE = (
    "<table><caption>Signs</caption>"
    '<thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>'
)
NO_CAPTION = WHOLE_TABLE.replace("<caption>Signs</caption>", "")
NO_HEADERS = "<table><caption>Signs</caption><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
BOX = '<div data-help="{level}"><h3>Call now if</h3>{text}</div>'
HARD = (
    "<p>Pharmacological immunomodulatory interventions necessitate continuous haematological surveillance, considering "
    "idiosyncratic hypersensitivity manifestations, gastrointestinal perforations, opportunistic infections and "
    "cardiovascular complications, notwithstanding individualised prophylactic recommendations.</p>"
)


def body(html, **values):
    return checked(texts={"body": html}, **values)


def sources(**values):
    return body(f"<p>Known.{cite()}</p>", references={"good": source(**values)})


def author(**values):
    return checked(authors=[EDITOR | values])


def therapy(**values):
    return checked(Therapy, rows={"indication-1": row(**values)})


# By id: pages with something to find, pages with nothing. A text stands for an article that says it.
CASES = {
    "B07": ([checked(summary=""), checked(summary="  ")], [checked()]),
    "B07-sections": (
        ["", checked(Condition, texts={"overview": "<p>x</p>", "when_to_get_help": "<p>x</p>"})],
        [
            "<p>Words.</p>",
            checked(Condition, texts={"overview": "<p>x</p>", "when_to_get_help": "<p>x</p>"}, is_short=True),
        ],
    ),
    "Q02": ([checked(authors=[]), author(credentials=""), author(credentials=" ")], [author(), author(is_role=True)]),
    "Q10": ([author(interests=""), author(interests=" \n")], [author(interests="None"), checked(authors=[])]),
    "Q06": (
        [checked(Condition, texts={"overview": "<p>It is known.</p>"})],
        [
            checked(Condition, texts={"overview": f"<p>It is known.{cite()}</p>"}),
            checked(Condition, rows={"indication-1": row()}),
            checked(Condition, is_short=True),
            "<p>An article is not always health information.</p>",
        ],
    ),
    "Q06-expected": (
        ["<p>It is known.</p>", checked(Condition, is_short=True)],
        [f"<p>It is known.{cite()}</p>", body("<p>News.</p>", is_medical=False), checked(Condition)],
    ),
    "Q06-details": (
        [sources(year=None), sources(url="")],
        [
            sources(),
            sources(year=None, accessed_on="2026-01-01"),
            sources(url="", doi="10.1/x"),
            sources(url="", pmid="1"),
        ],
    ),
    "Q06-recent": ([sources(year=2015)], [sources(year=2016), sources(year=None), "<p>No source.</p>"]),
    "Q06-seen": ([sources(is_checked=False), therapy(is_checked=False)], [sources(), therapy()]),
    "Q06-rows": ([therapy(references={})], [therapy(), checked(Therapy)]),
    "C09": ([f"<p>x{cite('unknown')}</p>"], [f"<p>x{cite()}</p>"]),
    "C09-retracted": (
        [sources(state="retracted"), therapy(references={"bad": source(key="bad", state="retracted")})],
        [sources(), sources(state="corrected"), body("<p>x</p>", references={"good": source(state="retracted")})],
    ),
    "C09-doubted": ([sources(state="corrected"), sources(state="concern")], [sources(), sources(state="archived")]),
    "Q13": (
        [sources(kind="Guideline"), "<p>Nothing.</p>"],
        [
            sources(),
            '<p>Ask the <a href="https://example.org/">patients’ society</a>.</p>',
            body("<p>News.</p>", is_medical=False),
        ],
    ),
    "Q14": (
        [
            BOX.format(level="urgent", text=""),
            BOX.format(level="emergency", text='<p>See <a href="/conditions/asthma/">asthma</a>.</p>'),
        ],
        [
            BOX.format(level="urgent", text='<p>Read <a href="/conditions/asthma/">asthma</a>.</p>'),
            BOX.format(level="emergency", text="<ul><li>you faint</li></ul>"),
        ],
    ),
    "Q19-pictures": (
        [
            body(f'<figure data-image="{PICTURE}"></figure>', images={PICTURE: {"alt": " "}}),
            f'<figure data-image="{"f" * 32}"></figure>',
        ],
        [f'<figure data-image="{PICTURE}"></figure>', "<p>No picture.</p>"],
    ),
    "Q19-headings": (
        [
            "<h3>Too low for the first</h3>",
            "<h2>One</h2><h4>Two levels down</h4>",
            "<h2></h2><p>x</p>",
            f"<h2>{cite()}</h2>",
            checked(Condition, texts={"overview": "<h4>Too low</h4>"}),
        ],
        [
            "<h2>One</h2><h3>Two</h3><h4>Three</h4><h2>Four</h2>",
            checked(Condition, texts={"overview": "<h3>One</h3><h4>Two</h4>"}),
            '<div data-help="urgent"><h3>Call</h3><p>x</p></div>',
        ],
    ),
    "Q19-tables": (
        [
            NO_HEADERS,
            NO_CAPTION,
            f"{WHOLE_TABLE}{NO_CAPTION}",
            "<table><tbody><tr><th></th><td>a</td></tr></tbody></table>",
        ],
        [WHOLE_TABLE, f"<p>Signs.</p>{NO_CAPTION}", f"<h2>Signs</h2>{NO_CAPTION}"],
    ),
    "Q19-captions": ([f"<p>Signs.</p>{NO_CAPTION}"], [f"<p>Signs.</p>{WHOLE_TABLE}", "<p>None.</p>"]),
    "Q19-links": (
        [
            f'<p><a href="https://example.org/">{words}</a></p>'
            for words in ("click here", "Here", "Read more…", "this link.")
        ],
        [
            '<p><a href="https://example.org/">Living with asthma</a></p>',
            '<p><a href="https://example.org/">Where to click here in town</a></p>',
        ],
    ),
    "Q19-addresses": (
        ['<p><a href="https://example.org/">https://example.org/</a></p>'],
        ['<p><a href="https://example.org/">The society</a></p>'],
    ),
    "Q21": (
        [
            '<p><a href="https://www.youtube.com/watch?v=x">How to inject</a></p>',
            '<p><a href="https://example.org/film.mp4">How to inject</a></p>',
        ],
        [
            '<p><a href="https://example.org/youtube.com.html">An article</a></p>',
            '<p><a href="https://example.org/mp4">An article</a></p>',
        ],
    ),
    "Q22": (
        ['<p><a href="https://example.org/leaflet.PDF?v=2">Leaflet</a></p>'],
        ['<p><a href="https://example.org/pdf">Leaflet</a></p>'],
    ),
    "Q07": (
        [
            "<p>It lowers the risk of a relapse.</p>",
            "<p>It prevents attacks.</p>",
            "<p>The tablets relieved pain for most.</p>",
            "<p>It can cure the infection.</p>",
            "<p>It can cause bleeding.</p>",
            "<p>Steroids also cause weak bones.</p>",
            "<p>Infections can be fatal.</p>",
            "<p>Smokers have a higher risk.</p>",
            "<p>Headache is common.</p>",
            "<p>Shingles can come back.</p>",
            "<p>They cure nearly everybody.</p>",
            "<p>In 240 people it failed.</p>",
            "<p>It failed in 12% of them.</p>",
            "<p>One in five had a flare.</p>",
            "<p>Half of them had a flare.</p>",
            f"<p>It is old.{cite()} It prevents attacks.</p>",
            "<ul><li>death from infection</li></ul>",
        ],
        [
            f"<p>It lowers the risk of a relapse.{cite()}</p>",
            f"<p>It prevents attacks. It can cause bleeding.{cite()}</p>",
            f"<p>Harms are:{cite()}</p><ul><li>it can cause bleeding</li></ul>",
            "<p>Does it prevent attacks?</p>",
            "<p>Ask whether it can cause bleeding.</p>",
            "<p>If it can cause bleeding, tell your team.</p>",
            "<p>You may read that it cures everything.</p>",
            "<p>These signs can have other causes.</p>",
            "<p>The dose is lowered step by step.</p>",
            "<p>Signs are slow growth and weight loss.</p>",
            "<p>Steroids calm a rash.</p>",
            "<p>It is common to wait.</p>",
            "<p>A scar causes no pain.</p>",
            "<p>CD20 and IL-6 are markers.</p>",
            "<p>It was found in 1998.</p>",
            BOX.format(level="urgent", text="<p>It can cause bleeding.</p>"),
            body("<p>It prevents attacks.</p>", is_medical=False),
            checked(summary="It prevents attacks."),
        ],
    ),
    "Q07-promotion": (
        [
            "<p>A miracle cure.</p>",
            "<p>This breakthrough helps.</p>",
            "<p>It is 100% safe.</p>",
            "<p>It has no side effects.</p>",
        ],
        ["<p>It helps most people.</p>", "<p>The best medicine for you may be another one.</p>"],
    ),
    "Q16-sentences": (
        [f"<p>{LONG}</p>", checked(summary=LONG), therapy(description=LONG)],
        [
            f"<p>{TWENTY}</p>",
            f"<p>{TWENTY} {TWENTY}</p>",
            f"<h2>{LONG}</h2>",
            f"<ul><li>{TWENTY}</li><li>{TWENTY}</li></ul>",
        ],
    ),
    "Q16-paragraphs": (
        ["<p>One. Two. Three. Four.</p>"],
        [
            "<p>One. Two. Three.</p>",
            "<p>One. Two.</p><p>Three. Four.</p>",
            "<p>Take 5.5 mg, e.g. At noon. Two. Three.</p>",
        ],
    ),
    "Q15-jargon": (
        [
            "<p>Take it prior to meals.</p>",
            "<p>It needs intravenous access.</p>",
            "<p>The doctor commenced treatment.</p>",
            "<p>There are comorbidities.</p>",
            therapy(description="Used as prophylaxis."),
        ],
        [
            "<p>It goes into a vein (intravenous).</p>",
            "<p>An intravenous (IV) drip.</p>",
            "<p>The intravenous way is called for. It is a drip, an intravenous (into a vein) one.</p>",
            "<p>Doctors call it neuropathy, a kind of nerve damage.</p>",
            "<p>Cells called lymphocytes fight germs. Lymphocytes live long.</p>",
            checked(title="Intravenous immunoglobulin", texts={"body": "<p>Intravenous use is common.</p>"}),
            "<p>The demonstrators met.</p>",
        ],
    ),
    "Q15-abbreviations": (
        [
            "<p>She has CIDP.</p>",
            "<p>An anti-inflammatory ACE inhibitor.</p>",
            "<p>They lack IgA.</p>",
            therapy(description="For AML."),
        ],
        [
            "<p>Common variable immunodeficiency (CVID) is rare. CVID lasts.</p>",
            "<p>A rare infection (progressive multifocal leukoencephalopathy, PML).</p>",
            "<p>TNF (tumour necrosis factor) is a signal.</p>",
            "<p>A marker called CD20 sits there. CD20 is blocked.</p>",
            "<p>It blocks PD-1, a brake on cells.</p>",
            "<p>In the USA an MRI is used for HIV.</p>",
            "<p>MabThera and HyQvia are brands.</p>",
            "<p>Stage III or IIB.</p>",
            "<p>Take it ONCE A WEEK.</p>",
            "<p>An X-ray helps.</p>",
            checked(names=[{"text": "CIDP", "kind": "abbreviation"}], texts={"body": "<p>She has CIDP.</p>"}),
        ],
    ),
    "Q17": (
        ["<p>It helps 12% of people.</p>", "<p>It helps 12.5 percent.</p>", therapy(description="10-20% need more.")],
        [
            "<p>It helps 20% of people, or 1 in 5.</p>",
            "<p>It helps 20% (two out of ten).</p>",
            "<p>It helps 50%, that is half of them.</p>",
            "<p>A 10% solution.</p>",
            "<p>The HbA1c was 7%.</p>",
            "<p>The 95% confidence interval.</p>",
            "<p>Use a 1 % cream.</p>",
        ],
    ),
    "Q17-formats": (
        ["<p>It is 1 in 7 with it and 3 in 20 without it.</p>"],
        [
            "<p>It is 1 in 20 with it and 3 in 20 without it.</p>",
            "<p>It is 1 in 7.</p><p>It is 3 in 20.</p>",
            "<p>About 1 in 25,000 to 1 in 50,000 people have it.</p>",
            "<p>The 3 in 2024 were 5 in 2025.</p>",
        ],
    ),
    "Q18": (
        [
            "<p>Diabetics need it.</p>",
            "<p>Asthma sufferers know.</p>",
            "<p>She suffers from asthma.</p>",
            "<p>It is for the elderly.</p>",
        ],
        ["<p>People with diabetes need it.</p>", "<p>Diabetic ketoacidosis.</p>", "<p>It is for elderly people.</p>"],
    ),
    "Q16-reading-age": (
        [HARD * 6],
        ["<p>You take the tablet with food. It helps you to sleep well at night.</p>" * 10, HARD, ""],
    ),
}
LINES = [(check_id, case) for check_id, (spoilt, _fine) in CASES.items() for case in spoilt]
SILENT = [(check_id, case) for check_id, (_spoilt, fine) in CASES.items() for case in fine]


def as_page(case):
    return body(case) if isinstance(case, str) else case


def name(value):
    return value[:60] if isinstance(value, str) else value.kind


@pytest.mark.parametrize(("check_id", "case"), LINES, ids=name)
def test_check_speaks_up(check_id, case):
    findings = found(check_id, as_page(case))
    assert findings
    assert all(each.message and "%(" not in each.message and "%s" not in each.message for each in findings)


@pytest.mark.parametrize(("check_id", "case"), SILENT, ids=name)
def test_check_is_silent(check_id, case):
    assert found(check_id, as_page(case)) == []


def test_every_check_of_texts_has_cases():
    about_the_site = {"Q01", "Q20"}
    machine = {check.id for check in CHECKS if check.severity != Severity.HUMAN}
    assert set(CASES) == machine - about_the_site


@pytest.mark.parametrize(
    ("name", "contact", "expected"),
    [
        ("A society", "mail@example.org", {}),
        ("A society", "https://example.org/contact/", {}),
        ("A society", "mailto:mail@example.org", {}),
        ("", "mail@example.org", {"Q01": 1}),
        (" ", "", {"Q01": 2}),
        ("A society", "call us", {"Q20": 1}),
    ],
)
def test_publisher_and_contact_are_those_of_the_site(settings, name, contact, expected):
    settings.PUBLISHER_NAME, settings.PUBLISHER_CONTACT = name, contact
    counts = {check_id: len(found(check_id, checked())) for check_id in ("Q01", "Q20")}
    assert {check_id: count for check_id, count in counts.items() if count} == expected


def test_finding_names_field_and_words():
    page = checked(Condition, texts={"symptoms": f"<p>Short. {LONG}</p>"})
    finding = found("Q16-sentences", page)[0]
    assert (finding.field, finding.excerpt[:6]) == ("symptoms", "A word")


def test_reading_age_is_a_span_of_at_least_three_years():
    from publishing.checks.language import reading_age_of  # noqa: PLC0415 (one use)

    low, high = reading_age_of(body("<p>You take the tablet with food. It helps you to sleep well at night.</p>" * 10))
    assert low <= 8
    assert high - low >= 3
    assert reading_age_of(body("<p>Too short to say.</p>")) is None


def test_term_of_the_trade_is_named_once_for_a_page():
    assert len(found("Q15-jargon", body("<p>Renal pain.</p><p>Renal pain.</p>"))) == 1
