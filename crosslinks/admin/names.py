"""The vocabulary: every name of every condition and therapy."""

from collections import Counter, defaultdict

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crosslinks.admin.forms import NameForm, canonical_keys, named
from crosslinks.admin.previews import Previewed, SeenField, VocabularyAdmin
from crosslinks.changes import Change
from crosslinks.mentions import Mention
from crosslinks.names import Block, Name
from crosslinks.vocabulary import site_blocks
from publishing.kinds import by_kind
from publishing.models import Page
from publishing.records import digest_of
from publishing.templatetags.page_admin import kind_label

# So many pages on which editors rejected a name make it a case for the vocabulary.
REJECTED_OFTEN = 3
# Of the pages that rejected a name, so many are listed beside it.
MOST_REJECTIONS = 10


def named_kinds() -> list[str]:
    return [kind for kind, model in by_kind().items() if model.is_named]


def links_screen(page: Page) -> str:
    return reverse(admin_urlname(by_kind()[page.kind]._meta, "links"), args=[page.pk])


def shared_names() -> list[int]:
    """The names that several pages have, if one of them may link. One query, and one pass over the vocabulary."""
    names = list(Name.objects.values_list("pk", "page", "text", "linking"))
    alike = defaultdict(list)
    for name, key in zip(names, canonical_keys(text for _pk, _page, text, _linking in names), strict=True):
        alike[key].append(name)
    return [
        pk
        for found in alike.values()
        if len({page for _pk, page, _text, _linking in found}) > 1
        and any(linking != Name.Linking.NEVER for _pk, _page, _text, linking in found)
        for pk, _page, _text, _linking in found
    ]


def often_rejected() -> set[str]:
    """The keys of texts that editors rejected on several pages, and that nobody has blocked everywhere since."""
    on_pages = Block.objects.filter(page__isnull=False).order_by().values("key")
    often = on_pages.annotate(pages=Count("page")).filter(pages__gte=REJECTED_OFTEN)
    return set(often.values_list("key", flat=True)) - set(canonical_keys(site_blocks()))


class LookFilter(admin.SimpleListFilter):
    title = _("what to look at")
    parameter_name = "look"

    def lookups(self, request, model_admin):
        return (
            ("conflicts", _("names of several pages")),
            ("decide", _("to decide: rejected on several pages")),
            ("unused", _("never mentioned")),
            ("mentioned", _("most mentioned first")),
        )

    def queryset(self, request, queryset):
        mentions = Mention.objects.filter(name=OuterRef("pk"))
        match self.value():
            case "conflicts":
                return queryset.filter(pk__in=shared_names())
            case "decide":
                return queryset.linkable().filter(named(often_rejected()))
            case "unused":
                return queryset.linkable().of_pages_once_public().filter(~Exists(mentions))
            case "mentioned":
                return queryset.annotate(mentioned_on=Count("mentions__edition", distinct=True)).filter(
                    mentioned_on__gt=0
                )
        return queryset


class PageKindFilter(admin.SimpleListFilter):
    title = _("kind of page")
    parameter_name = "page_kind"

    def lookups(self, request, model_admin):
        return [(kind, kind_label(kind)) for kind in named_kinds()]

    def queryset(self, request, queryset):
        return queryset.filter(page__kind=self.value()) if self.value() else queryset


class NameList(ChangeList):
    """Counts for the names on the page of the list, not for all that there are."""

    @property
    def is_by_mentions(self) -> bool:
        return self.filter_params.get("look") == ["mentioned"] and ORDER_VAR not in self.params

    def get_ordering(self, request, queryset):
        return ["-mentioned_on", "text", "pk"] if self.is_by_mentions else super().get_ordering(request, queryset)

    def get_ordering_field_columns(self):
        return {} if self.is_by_mentions else super().get_ordering_field_columns()

    def get_results(self, request):
        super().get_results(request)
        names = list(self.result_list)
        counts = self._counts([name.pk for name in names])
        rejections = self._rejections(names) if request.GET.get("look") == "decide" else {}
        may_block = request.user.has_perm("crosslinks.add_block")
        for name in names:
            name.pages, name.links = counts.get(name.pk, (0, 0))
            name.rejections, name.may_block = rejections.get(name.pk, []), may_block
        self.result_list = names

    def _counts(self, names: list[int]) -> dict[int, tuple[int, int]]:
        """By name: how many public pages mention it, and how many of these mentions are the first of their page.

        The first is the one that links, where the density allows it.
        """
        earlier = Mention.objects.accepted().filter(
            edition=OuterRef("edition"), target=OuterRef("target"), part=OuterRef("part"), start__lt=OuterRef("start")
        )
        is_link = Q(is_accepted=True, target__live__isnull=False) & ~Exists(earlier)
        counted = Mention.objects.filter(name__in=names).values("name")
        counted = counted.annotate(pages=Count("edition", distinct=True), links=Count("pk", filter=is_link))
        return {row["name"]: (row["pages"], row["links"]) for row in counted}

    def _rejections(self, names: list[Name]) -> dict[int, list[Block]]:
        """By name, the pages on which editors rejected it. One query."""
        keys = dict(zip([name.pk for name in names], canonical_keys(name.text for name in names), strict=True))
        given = defaultdict(list)
        blocks = Block.objects.filter(page__isnull=False, key__in=set(keys.values())).select_related("page")
        for block in blocks.order_by("page__title", "pk"):
            given[block.key].append(block)
        return {name: given[key] for name, key in keys.items()}


class VocabularyForm(Previewed, NameForm):
    outcome = SeenField()
    # What the name was when the form was opened.
    version = SeenField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Before the form is checked, which fills in what was typed.
        self.stored_version = digest_of(self.instance.facts()) if self.instance.pk else ""
        self.stored = self._in_words() if self.instance.pk else ""
        self.initial["version"] = self.stored_version

    def _in_words(self) -> str:
        name = self.instance
        case = _("in this case only") if name.exact_case else _("in any case")
        linking = _("link automatically: %s") % name.get_linking_display()
        return f"“{name.text}”, {name.get_kind_display()}, {case}, {linking}"

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.get("version")
        if seen and seen != self.stored_version:
            # As with a page: a second, deliberate save passes.
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = self.stored_version
            message = _(
                "Somebody changed this name after you opened the form. Stored is now: %s. Nothing of yours is lost: "
                "change what is needed, and save again."
            )
            self.add_error(None, ValidationError(message % self.stored, code="stale"))
        return cleaned

    def change(self):
        if not self.instance._state.adding and not self.has_changed():
            return None
        return Change(save=(self.instance, *self.settled))


@admin.register(Name)
class NameAdmin(VocabularyAdmin):
    form = VocabularyForm
    change_list_template = "admin/crosslinks/name_change_list.html"
    list_display_links = ("text",)
    list_filter = (LookFilter, "kind", "linking", PageKindFilter)
    list_select_related = ("page",)
    search_fields = ("text",)
    ordering = ("text", "pk")

    def removal(self, obj):
        return Change(remove=(obj,))

    # The list

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Vocabulary")} | (extra_context or {}))

    def get_changelist(self, request, **kwargs):
        return NameList

    def get_list_display(self, request):
        shown = ("text", "kind", "named_page", "how_it_links", "mentioning_pages", "links")
        return (*shown, "rejected_on") if request.GET.get("look") == "decide" else shown

    def get_search_results(self, request, queryset, search_term):
        if self.is_search_without_words(request, search_term):
            return queryset.none(), False
        if not search_term.strip():
            return queryset, False
        containing, _may_repeat = super().get_search_results(request, Name.objects.order_by(), search_term)
        keys = set(canonical_keys([search_term])) - {""}
        return queryset.filter(Q(pk__in=containing.values("pk")) | named(keys)), False

    @admin.display(description=_("what it names"), ordering="page__title")
    def named_page(self, name):
        return format_html('<a href="{}">{}</a>', name.page.get_admin_url(), name.page)

    @admin.display(description=_("linking"), ordering="linking")
    def how_it_links(self, name):
        return _("with evidence") if name.linking == Name.Linking.EVIDENCE else name.get_linking_display()

    @admin.display(description=_("mentioned on"))
    def mentioning_pages(self, name):
        return ngettext("%d page", "%d pages", name.pages) % name.pages

    @admin.display(description=_("links"))
    def links(self, name):
        return name.links

    @admin.display(description=_("where and why it was rejected"))
    def rejected_on(self, name):
        reasons = Counter(block.explanation for block in name.rejections)
        context = {
            "name": name,
            "reasons": [f"{count} × {reason}" for reason, count in reasons.most_common()],
            "rejections": [(links_screen(block.page), block) for block in name.rejections[:MOST_REJECTIONS]],
            "further": max(0, len(name.rejections) - MOST_REJECTIONS),
        }
        return render_to_string("admin/crosslinks/name_rejections.html", context)

    # The form

    def get_fieldsets(self, request, obj=None):
        fields = ("named_page" if obj else "page", "text", "kind", "language", "exact_case", "linking")
        about = ""
        if obj and obj.kind == Name.Kind.PREFERRED:
            about = _(
                "This is what the page is called. It follows the title when the page is published, so it is not "
                "changed or deleted here; how it links is."
            )
        return [(None, {"fields": fields, "description": about})]

    def get_readonly_fields(self, request, obj=None):
        if obj and obj.kind == Name.Kind.PREFERRED:
            return ("named_page", "text", "kind", "language")
        return ("named_page",)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        # A plain list: conditions and therapies are hundreds, and it works without a script.
        kwargs["queryset"] = Page.objects.filter(kind__in=named_kinds()).only("title").order_by("title", "pk")
        kwargs["label"] = capfirst(_("what it names"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "page":
            field.widget.can_change_related = field.widget.can_view_related = False
        return field

    def has_delete_permission(self, request, obj=None):
        if obj and obj.kind == Name.Kind.PREFERRED:
            return False
        return super().has_delete_permission(request, obj)
