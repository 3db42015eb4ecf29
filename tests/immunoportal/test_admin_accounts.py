"""Who manages accounts: every change of rights is recorded, and no rights are raised."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from publishing.models import Event
from tests.builders import make_user
from tests.publishing.admin.forms import posted

pytestmark = pytest.mark.django_db

PASSWORD = "entirely another pass phrase"
SECRETS = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}


@pytest.fixture
def actor(client):
    user = make_user("administrator")
    client.force_login(user)
    return user


@pytest.fixture
def owner(client):
    user = User.objects.create_superuser("owner", password="a password for tests")
    client.force_login(user)
    return user


def address(obj, name="change") -> str:
    return reverse(f"admin:auth_{obj._meta.model_name}_{name}", args=[obj.pk])


def password_address(user) -> str:
    return reverse("admin:auth_user_password_change", args=[user.pk])


def change(client, obj, **values):
    facts = posted(client.get(address(obj)))
    # Date and time are sent in two parts.
    for name in ("date_joined", "last_login"):
        facts.pop(name, None)
    facts |= {"date_joined_0": "2026-01-01", "date_joined_1": "12:00:00"} if isinstance(obj, User) else {}
    return client.post(address(obj), facts | values)


def newest() -> Event:
    return Event.objects.filter(action="rights-changed").latest("pk")


def group(name: str) -> Group:
    return Group.objects.get(name=name)


# What is recorded


def test_new_account_is_recorded(client, actor):
    client.post(reverse("admin:auth_user_add"), SECRETS | {"username": "new"})
    event = newest()
    assert (event.user_id, event.subject_name) == (actor.pk, "new")
    assert event.details["before"] == {}
    assert event.details["after"]["is_staff"] is False


def test_change_of_groups_and_flags_is_recorded_with_what_was_before(client, actor):
    user = make_user("author")
    assert change(client, user, groups=[group("Editor").pk], is_active="").status_code == 302
    assert newest().details == {
        "before": {"groups": ["Author"], "is_active": True},
        "after": {"groups": ["Editor"], "is_active": False},
    }


def test_change_of_a_name_alone_changes_no_rights(client, actor):
    assert change(client, make_user("author"), first_name="Ada").status_code == 302
    assert not Event.objects.exists()


def test_new_password_is_recorded_and_not_the_password_itself(client, actor):
    user = make_user("author")
    assert client.post(password_address(user), SECRETS).status_code == 302
    assert newest().subject_id == user.pk
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert PASSWORD not in str(newest().details)
    assert user.password not in str(newest().details)


def test_deleted_account_is_recorded_with_what_it_could_do(client, actor):
    user = make_user("reviewer")
    assert client.post(address(user, "delete"), {"post": "yes"}).status_code == 302
    assert newest().details["before"]["groups"] == ["Medical reviewer"]
    assert newest().subject_name == user.username


def test_groups_are_recorded(client, actor):
    right = Permission.objects.get(codename="view_page", content_type__app_label="publishing")
    client.post(reverse("admin:auth_group_add"), {"name": "Guests", "permissions": [right.pk]})
    assert newest().details["after"]["rights"] == ["publishing.view_page"]
    change(client, group("Guests"), permissions=[])
    assert newest().details == {"before": {"rights": ["publishing.view_page"]}, "after": {"rights": []}}
    client.post(address(group("Guests"), "delete"), {"post": "yes"})
    assert newest().details["after"] is None


def test_superuser_gives_superuser_status_and_it_is_recorded(client, owner):
    user = make_user("author")
    change(client, user, is_superuser="on")
    assert newest().details["after"] == {"is_superuser": True}


# Nobody raises rights


def test_administrator_cannot_change_delete_or_reset_a_superuser(client, actor):
    above = User.objects.create_superuser("above", password="a password for tests")
    facts = {"username": "above", "is_active": "", "date_joined_0": "2026-01-01", "date_joined_1": "12:00:00"}
    assert client.post(address(above), facts).status_code == 403
    assert client.post(address(above, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(password_address(above), SECRETS).status_code == 403
    above.refresh_from_db()
    assert above.is_active
    assert above.check_password("a password for tests")
    assert not Event.objects.exists()


@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("flag", ["is_superuser", "user_permissions"])
def test_administrator_cannot_forge_what_only_superusers_give(client, actor, is_own, flag):
    user = actor if is_own else make_user("author")
    right = Permission.objects.get(codename="sign_off_page")
    assert change(client, user, **{flag: "on" if flag == "is_superuser" else [right.pk]}).status_code == 302
    user = User.objects.get(pk=user.pk)
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def test_superuser_status_cannot_be_forged_into_a_new_account(client, actor):
    facts = {"username": "new", "is_superuser": "on", "groups": [group("Administrator").pk]}
    client.post(reverse("admin:auth_user_add"), SECRETS | facts)
    user = User.objects.get(username="new")
    assert not user.is_superuser
    assert not user.groups.exists()


@pytest.fixture
def clerk(client):
    """May change accounts, and not groups."""
    user = make_user("author")
    user.user_permissions.add(*Permission.objects.filter(codename__in=["view_user", "add_user", "change_user"]))
    client.force_login(user)
    return user


def test_nobody_gives_a_group_above_their_own_rights(client, clerk):
    response = change(client, clerk, groups=[group("Author").pk, group("Administrator").pk])
    assert response.status_code == 200
    assert [each.name for each in clerk.groups.all()] == ["Author"]
    assert change(client, clerk, groups=[group("Author").pk, group("Editor").pk]).status_code == 302


@pytest.mark.parametrize("is_active", [True, False])
def test_nobody_resets_the_password_of_a_higher_role(client, clerk, is_active):
    higher = make_user("administrator")
    User.objects.filter(pk=higher.pk).update(is_active=is_active)
    assert client.post(password_address(higher), SECRETS).status_code == 403
    assert client.post(address(higher), {"username": "x"}).status_code == 403
    higher.refresh_from_db()
    assert not higher.check_password(PASSWORD)


def test_nobody_adds_rights_over_accounts_to_a_group_without_having_them(client, clerk):
    clerk.user_permissions.add(*Permission.objects.filter(codename__in=["view_group", "change_group"]))
    right = Permission.objects.get(codename="delete_user")
    assert change(client, group("Author"), permissions=[right.pk]).status_code == 200
    assert not group("Author").permissions.filter(pk=right.pk).exists()
    assert client.post(address(group("Administrator")), {"name": "x"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_accounts_needs_the_same_queries_for_any_number(client, actor, django_assert_num_queries, count):
    for _number in range(count):
        make_user("author")
    with django_assert_num_queries(9):
        client.get(reverse("admin:auth_user_changelist"))
