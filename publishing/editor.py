"""The rich-text editor of the staff pages: what can be written in it is what `publishing.richtext` stores.

The editor needs no Django settings of its own: this module hands it its extensions, scripts and texts.
"""

from django import forms
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media

from publishing import richtext

LOWEST_HEADING = 4
ENTRY_MODULE = "immunoportal-editor/index"
MODULES = ("blocks", "citation", "dialog", "figure", "field", "help-box", "index", "link", "lookup", "paste", "tables")
# Every module has an entry: a relative import would go past the hashed names of the static files.
IMPORTS = ImportMap({f"immunoportal-editor/{name}": f"publishing/editor/{name}.js" for name in MODULES})

# Where the dialogs search. The answers are described in static/publishing/editor/lookup.js.
REFERENCE_SEARCH = "admin:publishing_reference_search"
IMAGE_SEARCH = "admin:publishing_image_search"

BLOCK_GROUPS = ("blockType -lists", "lists", "nodes -blockType -lists")
# The tools of a table come last: they show only inside one.
MENU_GROUPS = [{"group": group} for group in ("history", *BLOCK_GROUPS, "marks", "link", "insert", "help", "table")]

DIALOG_TEXTS = {
    "insert": _("Insert"),
    "cancel": _("Cancel"),
    "searching": _("Searching…"),
    "nothing": _("Nothing found. Try other words."),
    "failed": _("The search did not work. Check the connection and try again."),
    "found": _("Results: %s. Choose with the arrow keys."),
}
TOOLBAR_TEXT = _("Formatting: %s")
CITATION_TEXTS = {
    **DIALOG_TEXTS,
    "button": _("Cite"),
    "hint": _("Cite a reference (Ctrl+Alt+C)"),
    "title": _("Cite a reference"),
    "search": _("Search by title, author, publisher, year or key"),
    "citation": _("Citation %s"),
    "unknown": _("no such reference"),
}
FIGURE_TEXTS = {
    **DIALOG_TEXTS,
    "button": _("Figure"),
    "hint": _("Insert a picture with a caption"),
    "title": _("Insert a figure"),
    "search": _("Search pictures by what they show"),
    "caption": _("Caption"),
    "unknown": _("This picture does not exist any more. Delete the figure or choose another picture."),
}
# For each level: the toolbar button, the words above the box, and the heading a new box begins with.
HELP_TEXTS = {
    "non-urgent": {
        "button": _("Non-urgent"),
        "hint": _("Help box: non-urgent advice"),
        "label": _("Non-urgent advice"),
        "heading": _("Make an appointment with your doctor if"),
    },
    "urgent": {
        "button": _("Urgent"),
        "hint": _("Help box: urgent advice"),
        "label": _("Urgent advice"),
        "heading": _("Call your treatment team today if"),
    },
    "emergency": {
        "button": _("Emergency"),
        "hint": _("Help box: immediate action"),
        "label": _("Emergency: immediate action"),
        "heading": _("Call your local emergency number now if"),
    },
}
LINK_TEXTS = {
    "title": _("Link"),
    "address": _("Address"),
    "help": _(
        "A whole address (https://…, mailto:…) or a page of this site, such as /conditions/asthma/ or #symptoms. "
        "Names of conditions and therapies become links by themselves."
    ),
    "refused": _("Write an address that begins with https://, http:// or mailto:, or a page of this site."),
    "save": _("Save"),
    "cancel": _("Cancel"),
}
TABLE_TEXTS = {
    "button": _("Caption"),
    "hint": _("Add or remove the caption of the table"),
    "caption": _("Table caption"),
}


def extensions(top_heading: int) -> dict:
    own = {
        "Document": True,
        "Heading": {"levels": list(range(top_heading, LOWEST_HEADING + 1))},
        "Blockquote": True,
        "Link": {"texts": LINK_TEXTS},
        "Table": {"texts": TABLE_TEXTS},
        "TableCell": True,
        "TableHeader": True,
        "CaptionedTable": True,
        "TableCaption": {"texts": TABLE_TEXTS},
        "Citation": {"texts": CITATION_TEXTS},
        "HelpBox": {"levels": HELP_TEXTS},
        "HelpHeading": True,
        "Figure": {"texts": FIGURE_TEXTS},
        "Paste": {"topHeading": top_heading, "lowestHeading": LOWEST_HEADING},
    }
    stock = ("Paragraph", "Text", "HardBreak", "Bold", "Italic", "Subscript", "Superscript", "BulletList", "ListItem")
    tools = ("TableRow", "History", "Dropcursor", "Gapcursor")
    return {
        **dict.fromkeys(stock + tools, True),
        "OrderedList": {"enableListAttributes": False},
        **own,
        "Menu": {"groups": MENU_GROUPS},
    }


class RichTextWidget(AdminProseEditorWidget):
    def __init__(self, attrs=None, *, top_heading: int = 3):
        self.top_heading = top_heading
        super().__init__(attrs, preset="configurable")

    @property
    def media(self):
        # The library's last file is named for the order: ours comes after it.
        css = ["django_prose_editor/overrides.css", "publishing/editor.css"]
        return super().media + Media(importmap=IMPORTS, css={"all": css})

    def get_config(self):
        return {"extensions": extensions(self.top_heading), "js_modules": [ENTRY_MODULE]}

    def get_context(self, name, value, attrs):
        addresses = {
            "data-reference-search": reverse(REFERENCE_SEARCH),
            "data-image-search": reverse(IMAGE_SEARCH),
            "data-toolbar-label": TOOLBAR_TEXT,
        }
        return super().get_context(name, value, addresses | (attrs or {}))


class RichTextFormField(forms.CharField):
    widget = RichTextWidget

    def __init__(self, *, top_heading: int = 3, **kwargs):
        self.top_heading = top_heading
        super().__init__(**kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return richtext.clean(value, top_heading=self.top_heading) if value else value


class RichTextField(models.TextField):
    """Stores sanitised HTML only: whatever way a value takes, it is cleaned before it is saved.

    `top_heading` is the highest heading an editor may use: 3 in a section of a page, 2 in the whole body of an article.
    `QuerySet.update()` does not pass here.
    """

    def __init__(self, *args, top_heading: int = 3, **kwargs):
        self.top_heading = top_heading
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        # To the database it is a text: migrations need not import this module.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def formfield(self, **kwargs):
        # The admin brings its own textarea for every TextField.
        own = {"form_class": RichTextFormField, "widget": RichTextWidget(top_heading=self.top_heading)}
        return super().formfield(**{**kwargs, **own, "top_heading": self.top_heading})

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if value:
            value = richtext.clean(value, top_heading=self.top_heading)
            setattr(model_instance, self.attname, value)
        return value
