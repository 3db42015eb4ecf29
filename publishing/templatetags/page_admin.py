from django import template
from django.template.defaultfilters import capfirst, date
from django.utils.timezone import localtime

from publishing.kinds import by_kind
from publishing.models import Reference

register = template.Library()


@register.filter
def moment(value) -> str:
    """A time with its zone, so that nobody has to guess which clock is meant."""
    return date(localtime(value), "j M Y, H:i T") if value else "–"


@register.filter
def source_state(state: str) -> str:
    return Reference.State(state).label


@register.filter
def kind_label(kind: str) -> str:
    return capfirst(by_kind()[kind]._meta.verbose_name)
