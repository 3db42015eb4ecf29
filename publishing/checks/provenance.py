"""What a page lacks, who wrote it, who answers for it, and what the site keeps by itself."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.checks.check import Check, Finding, Guarantee, Severity, all_checks


class Summary(Check):
    id = "B07"
    source = "DISCERN 1 to 3"
    severity = Severity.BLOCK
    title = gettext_lazy("Summary")

    def find(self, page):
        if not page.page["summary"].strip():
            yield Finding(_("Write the summary: it leads the page."), "summary")


class SectionsWritten(Check):
    """Required sections that are empty. A kind's own checks take over some of them under ids of their own."""

    id = "B07-sections"
    source = "N1"
    severity = Severity.BLOCK
    title = gettext_lazy("Sections that are empty")
    sections: tuple[str, ...] = ()

    def find(self, page):
        own = self._own(page)
        for section in page.required_sections:
            if section.field in own and not page.text(section.field).words:
                yield Finding(_("The section “%s” is empty.") % section.title, section.field)

    def _own(self, page) -> tuple[str, ...]:
        if self.sections:
            return self.sections
        others = [each for each in all_checks() if isinstance(each, SectionsWritten) and each.applies_to(page)]
        taken = {field for each in others for field in each.sections}
        return tuple(section.field for section in page.required_sections if section.field not in taken)


class Authors(Check):
    id = "Q02"
    source = "HON 1, JAMA"
    severity = Severity.BLOCK
    title = gettext_lazy("Authors and their qualification")

    def find(self, page):
        if not page.page["authors"]:
            yield Finding(_("Name at least one author."), "authors")
        for author in page.page["authors"]:
            if not author["credentials"].strip():
                message = _("Nothing says what qualifies “%s”. Fill in the credentials, or write “Lay author”.")
                yield Finding(message % author["name"], "authors")


class Interests(Check):
    id = "Q10"
    source = "HON 7, N1, JAMA; C18"
    severity = Severity.BLOCK
    title = gettext_lazy("Interests of the authors")

    def find(self, page):
        for author in page.page["authors"]:
            if not author["interests"].strip():
                message = _("“%s” has declared no interests. Ask, and write “None” if there are none.")
                yield Finding(message % author["name"], "authors")


class Publisher(Check):
    id = "Q01"
    source = "N1, HON 6"
    severity = Severity.WARN
    title = gettext_lazy("Publisher and contact")

    def find(self, page):
        if not settings.PUBLISHER_NAME.strip():
            yield Finding(_("The site names no publisher. An administrator sets PUBLISHER_NAME."), "")
        if not settings.PUBLISHER_CONTACT.strip():
            yield Finding(_("The site names no contact. An administrator sets PUBLISHER_CONTACT."), "")


class Feedback(Check):
    """That readers can use the contact: it is an address of mail or of a page."""

    id = "Q20"
    source = "N1, PIF 8"
    severity = Severity.WARN
    title = gettext_lazy("A way to report an error")

    def find(self, page):
        contact = settings.PUBLISHER_CONTACT.strip().removeprefix("mailto:")
        if contact and not (_accepts(validate_email, contact) or _accepts(URLValidator(["https", "http"]), contact)):
            message = _(
                "Readers cannot report an error to “%s”: it is no address of mail or of a page. An administrator sets "
                "PUBLISHER_CONTACT."
            )
            yield Finding(message % contact, "")


def _accepts(validator, value: str) -> bool:
    try:
        validator(value)
    except ValidationError:
        return False
    return True


GUARANTEES = (
    Guarantee(
        "Q03",
        "N1, Google E-E-A-T",
        gettext_lazy(
            "Health information becomes public only with a sign-off that names reviewer, qualification, scope."
        ),
    ),
    Guarantee("Q04", "N2", gettext_lazy("Every page shows when it was reviewed and when the next review is due.")),
    Guarantee("Q05", "Q7, N2", gettext_lazy("The date of the last update moves only with a major change.")),
    Guarantee("Q09", "HON 2", gettext_lazy("Every page says that it does not replace the advice of one's own doctor.")),
    Guarantee(
        "Q11",
        "HON 8, N1",
        gettext_lazy("No advertising: every page says so, and nothing is loaded from another site."),
    ),
)
