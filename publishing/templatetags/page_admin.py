from django import template
from django.template.defaultfilters import date
from django.utils.timezone import localtime

register = template.Library()


@register.filter
def moment(value) -> str:
    """A time with its zone, so that nobody has to guess which clock is meant."""
    return date(localtime(value), "j M Y, H:i T") if value else "–"
