from comments.learning.classifier import LABELS, Classifier, train

EXAMPLES = [
    *(("genuine", f"Thank you for the clear page about {thing}.") for thing in ("cells", "genes", "school", "travel")),
    *(("spam", f"Buy cheap {thing} in our online shop today.") for thing in ("watches", "bags", "pills", "shoes")),
    *(
        ("side-effect", f"Since the infusion I have a {thing} all over.")
        for thing in ("rash", "itch", "pain", "redness")
    ),
]


def likeliest(classifier, text):
    probabilities = classifier.opinion(text).probabilities
    return max(probabilities, key=probabilities.get)


def test_it_learns_from_examples():
    classifier = train(EXAMPLES)
    assert likeliest(classifier, "Thank you for the page about school.") == "genuine"
    assert likeliest(classifier, "Cheap bags in our online shop.") == "spam"
    assert likeliest(classifier, "I have a rash since the infusion.") == "side-effect"


def test_probabilities_are_of_every_label_and_make_one():
    probabilities = train(EXAMPLES).opinion("Anything at all.").probabilities
    assert tuple(probabilities) == LABELS
    assert abs(sum(probabilities.values()) - 1) < 1e-9


def test_words_are_given_as_they_are_written():
    others = [("genuine", f"A story of day {number}.") for number in range(40)]
    words = train([*EXAMPLES, *others]).opinion("Come and BUY Cheap bags.").words_for("spam")
    assert words
    assert all(word in "Come and BUY Cheap bags." for word in words)


def test_training_gives_the_same_from_the_same(tmp_path):
    train(EXAMPLES).dump(tmp_path / "one", source="x")
    train(EXAMPLES).dump(tmp_path / "two", source="x")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_file_gives_the_same_opinion(tmp_path):
    classifier = train(EXAMPLES)
    classifier.dump(tmp_path / "file", source="x")
    text = "Thank you for the shop."
    read, made = Classifier.load(tmp_path / "file").opinion(text), classifier.opinion(text)
    assert max(abs(read.probabilities[each] - made.probabilities[each]) for each in LABELS) < 0.02
