"""Forms of readers, filled in and sent as a browser does."""

import re

from comments.comments import Comment

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
FILLED = {"kind": "question", "name": "Ada", "text": "How long does one infusion take?", "consent": "on"}


def token_in(text: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', text)[1]


def form_values(client, page, **parameters) -> dict:
    """What the form of a page holds before anything is typed: its hidden fields."""
    text = client.get(f"{page.get_absolute_url()}comment/", parameters).text
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))


def send(client, page, *, hidden: dict | None = None, answer: int | None = None, headers=HERE, **values):
    """Opens the form, fills it in and sends it."""
    if hidden is None:
        hidden = form_values(client, page, **({"answer": answer} if answer else {}))
    return client.post(f"{page.get_absolute_url()}comment/", hidden | FILLED | values, **headers)


def stored() -> Comment:
    return Comment.objects.order_by("-pk").first()
