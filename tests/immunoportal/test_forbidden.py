"""Who may not do something is told so: staff on the staff side, everybody else on the public page."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from immunoportal.views import forbidden
from tests.builders import make_user

pytestmark = pytest.mark.django_db
ADD = "/admin/crosslinks/name/add/"


def test_staff_read_what_their_account_lacks(client):
    client.force_login(make_user("author"))
    response = client.get(ADD)
    assert response.status_code == 403
    assert "Your account may look at this, but not change it. Ask an editor." in response.text
    assert 'href="/admin/"' in response.text
    assert "log in" not in response.text


@pytest.mark.parametrize("address", [ADD, "/admin/crosslinks/gaps/"])
def test_staff_who_may_not_even_look_are_told_so(client, address):
    user = make_user("author")
    user.groups.clear()
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 403
    assert "Your account may not look at this. Ask an administrator." in response.text


def test_public_address_does_not_look_at_who_asks():
    """The request has no user at all: the page cannot depend on one."""
    for path in ("/therapies/", "/administration/"):
        response = forbidden(RequestFactory().get(path), PermissionDenied())
        assert response.status_code == 403
        assert "If you work on this site, log in" in response.text
        assert "Cookie" not in response.headers.get("Vary", "")


def test_account_that_is_not_staff_keeps_the_public_page(rf):
    user = make_user("author")
    user.is_staff = False
    request = rf.get(ADD)
    request.user = user
    assert "If you work on this site, log in" in forbidden(request, PermissionDenied()).text
