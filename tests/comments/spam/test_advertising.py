import pytest

from comments.phrases import read
from comments.spam import advertising

PHRASES = (
    advertising.PROMOTION,
    advertising.SERVICES,
    advertising.MONEY,
    advertising.GOODS,
    advertising.HEALERS,
    advertising.MESSENGERS,
    advertising.OTHER_LANGUAGES,
)


def found(text):
    return [word for phrases in PHRASES for word in phrases.words(read(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Our SEO experts bring your website to the top.",
        "I can write a guest post for you.",
        "I need a loan of 5,000, apply now they said.",
        "We give out loans at 2% interest.",
        "Best online casino with free spins.",
        "I doubled my bitcoin.",
        "Earn 300 a day from home with your phone.",
        "Buy tramadol online, no prescription needed.",
        "Burn belly fat while you sleep.",
        "Cheap replica watches.",
        "Expert essay writing service.",
        "Buy a real passport or driver license.",
        "A love spell brought my husband back in 24 hours.",
        "I was cured of herpes by a herbal doctor.",
        "Text him on WhatsApp.",
        "Use my promo code for 20% off.",
        "Order yours today with free shipping.",
        "Book your free consultation now.",
        "Visit my website for more tips.",
        "Hire a hacker to spy on your cheating husband.",
        "Escorts available tonight.",
        "0rder n0w, fr33 shipping",
        "B U Y  V I A G R A  online cheap",
        "Kredit sofort online beantragen",
        "Prêt rapide entre particuliers",
    ],
)
def test_advertising_is_found(text):
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Our hospital offers a free course for new patients.",
        "The insurance paid after I contacted them twice.",
        "We have a WhatsApp group of parents from the ward.",
        "I order my gloves online as no shop near me has small sizes.",
        "The pharmacy delivers the pens free of charge.",
        "I lost 12 kg before the diagnosis.",
        "The casino lights hurt her eyes.",
        "I was offered a loan of a pump by the society.",
        "My website for patients of our town is not ready yet.",
        "Call the ward before you come with a cough.",
        "I work from home since the transplant.",
        "Free tip: let the pen warm up first.",
        "Can I get the vaccine for free?",
        "My cousin sells vitamins and will not stop.",
        "Great article, thanks for sharing!",
        "Is gluten free bread on prescription?",
        "The trial was free for patients.",
        "I took the bus to the hospital, parking costs 8 euro a day.",
    ],
)
def test_what_readers_write_is_no_advertising(text):
    assert found(text) == []


def test_the_words_found_stand_in_the_text():
    assert found("Please ORDER NOW, dear friends.") == ["ORDER NOW"]
