from comments.spam.signs import signs_in


def test_words_pairs_kinds_and_shapes_are_signs():
    found = signs_in("Order now for $20! https://things.example/x")

    assert {"order", "order now", "#buying", "#money", "#link"} <= found.keys()
    assert found["#money"] == "$20"


def test_addresses_are_no_words():
    assert not {"things", "https", "anna"} & signs_in("https://things.example anna@example.org").keys()


def test_several_words_of_a_kind_make_a_habit():
    assert signs_in("buy it, order it, cheap price")["#buying often"] == "buy, order, cheap"
    assert "#buying often" not in signs_in("buy buy buy")


def test_other_scripts_are_signs():
    assert "#cyrillic" in signs_in("Лучшие цены")
    assert "#cyrillic" not in signs_in("TNF-α, Sjögren")


def test_unseen_letters_do_not_split_a_word():
    assert "cheap" in signs_in("ch\u200beap")
