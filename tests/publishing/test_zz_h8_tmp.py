import re, collections, pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import *
from tests.publishing.admin.forms import address

pytestmark = pytest.mark.django_db


def test_q(client):
    row = make_indication()
    t = published(row.therapy)
    t.title = "X"
    t.save()
    client.force_login(make_user("editor"))
    client.get(address(t))
    with CaptureQueriesContext(connection) as c:
        client.get(address(t))
    print(len(c))
    k = collections.Counter(re.sub(r"SELECT.*?FROM", "SELECT FROM", q["sql"])[:150] for q in c)
    for s, n in k.most_common(40):
        print(n, s)
