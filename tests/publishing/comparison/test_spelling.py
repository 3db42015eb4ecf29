import re

import pytest

from publishing.comparison.spelling import changed_characters, is_common, is_english, why_not_spelling
from tests.publishing.comparison.contents import INDICATION, SOURCE, make_content, section, with_html

# Before, after: nothing but the spelling is corrected.
ALLOWED = [
    ("You may recieve a letter.", "You may receive a letter."),
    ("The sympotms pass.", "The symptoms pass."),
    ("The symtoms pass.", "The symptoms pass."),
    ("It occured at home.", "It occurred at home."),
    ("Ask your docter.", "Ask your doctor."),
    ("Ask your doctr.", "Ask your doctor."),
    ("The tretment room is upstairs.", "The treatment room is upstairs."),
    ("The inflamation goes.", "The inflammation goes."),
    ("The experiance is clear.", "The experience is clear."),
    ("Keep it in the refridgerator.", "Keep it in the refrigerator."),
    ("Keep it in a seperate box.", "Keep it in a separate box."),
    ("This is definately known.", "This is definitely known."),
    ("The hospitl is near.", "The hospital is near."),
    ("A pianless test.", "A painless test."),
    ("It is neccesary to wait.", "It is necessary to wait."),
    ("We beleive so.", "We believe so."),
    ("The goverment pays.", "The government pays."),
    ("Write down the adress.", "Write down the address."),
    ("Talk about your diabtes.", "Talk about your diabetes."),
    ("The vacine is cooled.", "The vaccine is cooled."),
    ("A nurse looks at the bandaage.", "A nurse looks at the bandage."),
    ("The pateint decides.", "The patient decides."),
    ("The pharmcist knows.", "The pharmacist knows."),
    ("Pharmcist and nurse know.", "Pharmacist and nurse know."),
    ("Talk to them. Docters know.", "Talk to them. Doctors know."),
    ("The accomodation is near.", "The accommodation is near."),
    ("It is an excelent plan.", "It is an excellent plan."),
    ("The kidny filters.", "The kidney filters."),
    ("You recieve a lettter.", "You receive a letter."),
    # Signs and blanks.
    ("It works , they say.", "It works, they say."),
    ("It works,they say", "It works, they say"),
    ("It works", "It works."),
    ("It works they say.", "It works, they say."),
    ("It works; they say so.", "It works: they say so."),
    ('They call it "flare".', "They call it “flare”."),
    ("The patient's letter.", "The patient’s letter."),
    ("The patients letter.", "The patient's letter."),
    ("It works - they say so.", "It works – they say so."),
    ("It  works.", "It works."),
    ("A kind of wellknown illness.", "A kind of well-known illness."),
    ("A kind of well known illness.", "A kind of well-known illness."),
    ("Ask at the health centre.", "Ask at the healthcentre."),
    # Capitals.
    ("ask your doctor.", "Ask your doctor."),
    ("Ask your Doctor.", "Ask your doctor."),
    # A word that stands twice.
    ("Ask the the doctor.", "Ask the doctor."),
    ("The the doctor knows.", "The doctor knows."),
    ("The doctor doctor knows.", "The doctor knows."),
]

# Before, after, and words of the reason.
REFUSED = [
    # Numbers and units.
    ("Take 5 mg.", "Take 50 mg.", "numbers"),
    ("Take 5 mg.", "Take 5 µg.", "numbers"),
    ("Take 5 mg.", "Take 5 g.", "numbers"),
    ("Take 5 ml.", "Take 5 mg.", "numbers"),
    ("Take 500 IU.", "Take 500 ml.", "numbers"),
    ("Take 0.5 mg.", "Take 0,5 mg.", "numbers"),
    ("Take 0.5 mg.", "Take 5 mg.", "numbers"),
    ("In 5% of people.", "In 5 of people.", "numbers"),
    ("In 5 % of people.", "In 5 ‰ of people.", "numbers"),
    ("For 5 days.", "For 5 weeks.", "numbers"),
    ("For 2-3 days.", "For 23 days.", "numbers"),
    ("The dose is 2, 5 or more.", "The dose is 2 5 or more.", "beside"),
    ("IL-6 rises.", "IL-16 rises.", "numbers"),
    ("CD4 cells.", "CD8 cells.", "numbers"),
    ("10² cells.", "10³ cells.", "numbers"),
    ("Take it daily.", "Take it weekly.", "unit or a time"),
    ("Take it once.", "Take it twice.", "unit or a time"),
    ("Take one box.", "Take two boxes.", "unit or a time"),
    ("Wait for hours.", "Wait for days.", "unit or a time"),
    ("Wait for an huor.", "Wait for an hour.", "unit or a time"),
    ("In milligramms.", "In milligrams.", "unit or a time"),
    ("A fever > than that.", "A fever < than that.", "this sign"),
    ("A fever above that.", "A fever ≥ that.", "this sign"),
    ("Is it safe?", "Is it safe.", "this sign"),
    ("Men / women.", "Men + women.", "this sign"),
    # Negations.
    ("It is not safe.", "It is safe.", "added or taken away"),
    ("It is safe.", "It is not safe.", "added or taken away"),
    ("It is not safe.", "It is now safe.", "turn the meaning|decides"),
    ("It is nto safe.", "It is not safe.", "turn the meaning"),
    ("Go wihtout food.", "Go without food.", "turn the meaning"),
    ("You can go.", "You cannot go.", "turn the meaning"),
    ("You can go.", "You can't go.", "turn the meaning|decides"),
    ("You dont know.", "You don't know.", "turn the meaning"),
    ("It never works.", "It ever works.", "turn the meaning"),
    ("It nver works.", "It never works.", "turn the meaning"),
    ("Neither works.", "Either works.", "decides"),
    ("It rarely works.", "It really works.", "turn the meaning"),
    ("Only if it hurts.", "If it hurts.", "added or taken away"),
    ("It is sterile.", "It is unsterile.", "decides|differ|word too"),
    ("It is sterile.", "It is non-sterile.", "joined or parted"),
    ("It is non-sterile.", "It is sterile.", "joined or parted"),
    ("A visible rash.", "An invisible rash.", "word too|added|short"),
    ("The inpatient waits.", "The patient waits.", "word too"),
    ("A harmles test.", "A harmless test.", "decides"),
    ("A needles test.", "A needless test.", "word too"),
    ("A meaningles test.", "A meaningless test.", "turn the meaning round"),
    ("The system is imune.", "The system is immune.", "decides"),
    ("No. Treatment works.", "No treatment works.", "beside"),
    ("Not safe.", "Not, safe.", "beside"),
    ("Eat not only fish", "Eat, not only fish", "beside"),
    # One word for another.
    ("Hyperthyroidism is known.", "Hypothyroidism is known.", "word too"),
    ("They have hypertension.", "They have hypotension.", "word too"),
    ("They have hypetension.", "They have hypotension.", "common"),
    ("They have hypetension.", "They have hypertension.", "turn the meaning round"),
    ("They increase it.", "They decrease it.", "decides"),
    ("They incrase it.", "They increase it.", "decides"),
    ("You may go.", "You must go.", "decides"),
    ("Eat before it.", "Eat after it.", "decides"),
    ("Eat befor it.", "Eat before it.", "decides"),
    ("The left knee.", "The right knee.", "decides"),
    ("Fish and meat.", "Fish or meat.", "decides"),
    ("Some people.", "All people.", "decides"),
    ("Many people.", "Any people.", "decides"),
    ("Doctors prescribe it.", "Doctors proscribe it.", "decides"),
    ("It is inject there.", "It is infect there.", "decides"),
    ("An injection follows.", "An infection follows.", "word too"),
    ("A fetal problem.", "A fatal problem.", "decides"),
    ("A serous fluid.", "A serious fluid.", "decides"),
    ("A severe form.", "A several form.", "decides"),
    ("The ileum hurts.", "The ilium hurts.", "word too"),
    ("The form is long.", "The from is long.", "decides|word too"),
    ("A casual link.", "A causal link.", "word too"),
    ("The infusion runs.", "The effusion runs.", "word too"),
    ("Your diet.", "Your death.", "decides"),
    ("A toxic cream.", "A tonic cream.", "word too"),
    ("It is an addition.", "It is an addiction.", "word too"),
    ("Give prednisolone.", "Give prednisone.", "word too"),
    ("Give prednisone.", "Give prednisolone.", "word too"),
    ("Abduct the arm.", "Adduct the arm.", "word too"),
    ("An oral cream.", "An aural cream.", "decides"),
    ("It is elective.", "It is effective.", "decides"),
    ("A peroneal nerve.", "A perineal nerve.", "common"),
    ("The patient waits.", "The patients wait.", "word too"),
    ("The colour fades.", "The color fades.", "word too"),
    ("We were there.", "We we're there.", "different words"),
    ("He ascked.", "He basked.", "differ too much"),
    ("The qzxwvub falls.", "The quarrel falls.", "differ too much"),
    ("The vaccin is cooled.", "The vaccine is cooled.", "differ too much"),
    ("Both zulins are cooled.", "Both zulus are cooled.", "differ too much|common"),
    ("An atopic skin.", "An atomic skin.", "word too"),
    ("Autologous cells.", "Autonomous cells.", "word too"),
    ("The docter and another docter.", "The doctor and another docter.", "stands elsewhere"),
    ("Teh doctor.", "The doctor.", "too short"),
    ("Wich nurse.", "Which nurse.", "may have been meant"),
    # Words that come, go or change places.
    ("Ask your doctor.", "Ask doctor.", "added or taken away"),
    ("Ask doctor.", "Ask your doctor.", "added or taken away"),
    ("Fish is good, meat is bad.", "Meat is good, fish is bad.", "added or taken away|stands elsewhere"),
    ("He had it. It is gone.", "He had it. Is gone.", "added or taken away"),
    ("They went very very far.", "They went very far.", "added or taken away"),
    ("It may be so.", "It maybe so.", "decides"),
    ("Go every day.", "Go everyday.", "decides"),
    ("It came in to bloom.", "It came into bloom.", "joined or parted"),
    ("They re-sign it.", "They resign it.", "joined or parted|added"),
    ("They resign it.", "They re-sign it.", "joined or parted|added"),
    ("An anti body.", "An antibody.", "joined or parted"),
    # Names and abbreviations.
    ("It is ritxuimab.", "It is rituximab.", "name|common"),
    ("Vascultis hurts.", "Vasculitis hurts.", "name"),
    ("RTX is given.", "RTZ is given.", "name|short"),
    ("We treat AIDS.", "We treat aids.", "abbreviation"),
    ("Ask in the US.", "Ask in the us.", "abbreviation"),
    ("Ask Humirra about it.", "Ask Humerus about it.", "like a name|common"),
    ("They call it Rinvok.", "They call it Drivel.", "like a name|common"),
]


@pytest.mark.parametrize(("before", "after"), ALLOWED)
def test_spelling_is_corrected(before, after):
    assert why_not_spelling(with_html(f"<p>{before}</p>"), with_html(f"<p>{after}</p>")) == []
    assert why_not_spelling(make_content(summary=before), make_content(summary=after)) == []


@pytest.mark.parametrize(("before", "after", "reason"), REFUSED)
def test_more_than_spelling_is_refused(before, after, reason):
    found = why_not_spelling(with_html(f"<p>{before}</p>"), with_html(f"<p>{after}</p>"))
    assert found
    assert all(each.startswith("Harms: ") for each in found)
    assert re.search(reason, " ".join(found)), found
    row = INDICATION | {"description": before}, INDICATION | {"description": after}
    contents = [make_content(rows={"indication-1": each}) for each in row]
    assert why_not_spelling(*contents)


def test_the_tables_are_long_enough():
    assert len(ALLOWED) + len(REFUSED) >= 140


@pytest.mark.parametrize(("before", "after", "_reason"), REFUSED)
def test_a_refused_change_is_refused_beside_a_correction(before, after, _reason):
    contents = with_html(f"<p>{before}</p><p>Ask your docter.</p>"), with_html(f"<p>{after}</p><p>Ask your doctor.</p>")
    assert why_not_spelling(*contents)


MARKUP = [
    ("<p>Ask your doctor.</p>", "<p>Ask your <strong>doctor</strong>.</p>"),
    ("<p><strong>Not</strong> safe.</p>", "<p><strong>Not safe</strong>.</p>"),
    ("<p>One. Two.</p>", "<p>One.</p><p>Two.</p>"),
    ("<p>Call.</p>", "<h3>Call.</h3>"),
    ("<p>Call.</p>", '<div data-help="emergency"><p>Call.</p></div>'),
    ('<div data-help="urgent"><p>Call.</p></div>', '<div data-help="non-urgent"><p>Call.</p></div>'),
    ('<p><a href="https://a.example/">Site</a></p>', '<p><a href="https://b.example/">Site</a></p>'),
    ('<p>So<sup data-ref="a"></sup>.</p>', "<p>So.</p>"),
    ('<p>So<sup data-ref="a"></sup>.</p>', '<p>So<sup data-ref="b"></sup>.</p>'),
    ("<p>10<sup>9</sup></p>", "<p>109</p>"),
    ("<p>CO<sub>2</sub></p>", "<p>CO<sup>2</sup></p>"),
    ("<ul><li>A</li><li>B</li></ul>", "<ol><li>A</li><li>B</li></ol>"),
    ("<ul><li>Fish</li><li>Meat</li></ul>", "<ul><li>Meat</li><li>Fish</li></ul>"),
    ("<p>Fish.</p><p>Meat.</p>", "<p>Meat.</p><p>Fish.</p>"),
    ("<p><em>Hyper</em>tension</p>", "<p><em>Hypo</em>tension</p>"),
    ("<p>The <em>recie</em>ved letter</p>", "<p>The <em>recei</em>ved letter</p>"),
    ("<p>A<br>B</p>", "<p>A B</p>"),
]


@pytest.mark.parametrize(("before", "after"), MARKUP)
def test_markup_is_no_spelling(before, after):
    assert why_not_spelling(with_html(before), with_html(after))
    assert why_not_spelling(with_html(after), with_html(before))


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ask your <strong>docter</strong>.</p>",
        '<p>Ask your <a href="https://a.example/">docter</a>.</p>',
        '<p>Ask your docter<sup data-ref="a"></sup>.</p>',
        "<h3>Docters</h3><p>Ask.</p>",
        "<table><tbody><tr><td>One</td><td>Docters</td></tr></tbody></table>",
        '<div data-help="urgent"><p>Docters help.</p></div>',
    ],
)
def test_spelling_is_corrected_inside_markup(html):
    corrected = html.replace("octer", "octor")
    assert why_not_spelling(with_html(html), with_html(corrected)) == []


def change(path, value):
    def applied():
        content = make_content()
        *way, last = path
        place = content
        for step in way:
            place = place[step]
        place[last] = value
        return content

    return applied


@pytest.mark.parametrize(
    "changed",
    [
        change(("page", "title"), "Rituximabb"),
        change(("page", "language"), "de"),
        change(("page", "is_short"), True),
        change(("page", "facts", "routes"), "drop"),
        change(("page", "facts", "codes"), []),
        change(("page", "authors", 0, "credentials"), "MDD"),
        change(("page", "authors", 0, "interests"), "none"),
        change(("page", "sections", 0, "title"), "How it worked"),
        change(("page", "sections"), make_content()["page"]["sections"][::-1]),
        change(("page", "sections"), make_content()["page"]["sections"][:2]),
        change(("page", "references", "guideline-2024", "title"), "A guidelin"),
        change(("page", "references", "other"), SOURCE | {"key": "other"}),
        change(("page", "images", "0" * 32, "alt"), "A drop"),
        change(("page", "names", 0, "text"), "RTXX"),
        change(("page", "names"), []),
        change(("rows", "indication-1", "role"), "second-line"),
        change(("rows", "indication-1", "qualifier"), "in children"),
        change(("rows", "indication-1", "is_checked"), False),
        change(("rows", "indication-1", "position_on_therapy"), 2),
        change(("rows", "indication-1", "references"), {}),
        change(("rows", "indication-1", "partner"), "Vasculitiss"),
        change(("rows", "indication-2"), INDICATION),
        change(("rows",), {}),
    ],
)
def test_nothing_but_texts_may_change(changed):
    assert why_not_spelling(make_content(), changed())
    assert why_not_spelling(changed(), make_content())


def test_nothing_changed_is_no_problem():
    assert why_not_spelling(make_content(), make_content()) == []


def test_names_of_the_whole_site_stay():
    contents = with_html("<p>The <em>kidny</em> filters.</p>"), with_html("<p>The <em>kidney</em> filters.</p>")
    assert why_not_spelling(*contents) == []
    assert why_not_spelling(*contents, names=["Kidney disease"]) == ["Harms: “kidney” is part of a name."]


def misspelt(times: int) -> tuple[dict, dict]:
    return tuple(with_html(f"<p>{word * times}</p>") for word in ("Ask your docter. ", "Ask your doctor. "))


def test_forty_changed_characters_are_the_most():
    assert changed_characters(*misspelt(20)) == 40
    assert why_not_spelling(*misspelt(20)) == []
    [reason] = why_not_spelling(*misspelt(21))
    assert reason == "42 characters changed in all. A spelling correction changes at most 40."


def test_characters_count_over_all_texts_and_both_ways():
    before, after = make_content(summary="Ask your docter."), make_content(summary="Ask your doctor.")
    for content, word in ((before, "hospitl"), (after, "hospital")):
        section(content, "harms")["html"] = f"<p>The {word}.</p>"
        content["rows"]["indication-1"]["description"] = f"In the {word}."
    assert changed_characters(before, after) == changed_characters(after, before) == 4


def test_lists_of_words_tell_common_rare_and_no_words():
    assert is_common("doctor")
    assert is_english("ileum")
    assert not is_common("ileum")
    assert not is_english("docter")
