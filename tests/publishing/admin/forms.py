"""What a browser would send back from a form that was opened and not touched."""

from django.urls import reverse


def address(page, name="change"):
    return reverse(f"admin:{page._meta.app_label}_{page.kind}_{name}", args=[page.pk])


def opened(client, page):
    return posted(client.get(address(page)))


def posted(response):
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {bound.html_name: sent(bound) for form in forms for bound in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def sent(bound):
    value = bound.value()
    # Lists of chosen objects are sent as their numbers.
    return [getattr(each, "pk", each) for each in value] if isinstance(value, (list, tuple)) else value
