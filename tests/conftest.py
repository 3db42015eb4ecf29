import pytest
from django.core.cache import cache

from crosslinks import index
from publishing import triggers
from search import index as search_index


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def emptied_database(transactional_db):
    """For tests with real commits: the tables are emptied afterwards, which the record triggers would refuse."""
    yield
    # No table of Django's, so that it would keep the words of editions whose numbers are given again.
    index.clear()
    search_index.clear()
    triggers.drop()


@pytest.fixture
def time_machine_at(time_machine):
    """Call with a moment: the clock stands there from then on."""
    return lambda moment: time_machine.move_to(moment, tick=False)
