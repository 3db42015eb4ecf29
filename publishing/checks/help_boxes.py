"""Help boxes: when, where and how fast to seek help."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.checks.check import Check, Finding, Severity
from publishing.checks.language import shortened


class HelpBoxes(Check):
    """Boxes that are there can be used in a hurry."""

    id = "Q14"
    source = "NHS content guide on care cards (N5)"
    severity = Severity.BLOCK
    title = gettext_lazy("Help boxes that do not help")

    def find(self, page):
        for text in page.texts.values():
            for box in text.boxes:
                if not box.text.strip():
                    message = _("A help box says nothing below its heading. List the signs, or delete it.")
                    yield Finding(message, text.field, box.title)
        for link in page.links:
            if link.help == "emergency" and not link.address.startswith("tel:"):
                message = _("An emergency box links “%s”. In an emergency nobody reads on: take the link out.")
                yield Finding(message % shortened(link.text), link.field)


class MissingHelpBox(Check):
    """For kinds of page with a section on help, which they name."""

    severity = Severity.BLOCK
    source = "NHS content guide on care cards (N5)"
    title = gettext_lazy("No help box")
    field: str

    def find(self, page):
        text = page.text(self.field)
        if text.words and not text.boxes:
            message = _("“%s” has no help box. Say in one when, where and how fast to seek help.")
            yield Finding(message % text.title, self.field)
