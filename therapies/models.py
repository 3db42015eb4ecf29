"""Conditions and therapies, and the two facts that join them: an indication and a caution."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crosslinks.loading import load_names
from crosslinks.names import names_in_content
from crosslinks.titles import title_problems
from publishing.editor import RichTextField
from publishing.models import Page, Reference
from publishing.pages import Problem, Section
from publishing.rows import Row, RowEdition, ShownRow
from therapies import loading, structured


class Condition(Page):
    class Group(models.TextChoices):
        IMMUNODEFICIENCY = "immunodeficiency", _("Immunodeficiency")
        AUTOIMMUNE = "autoimmune", _("Autoimmune and immune-mediated disease")
        ALLERGY = "allergy", _("Allergy")
        CANCER = "cancer", _("Cancer")
        INFECTION = "infection", _("Infection")
        TRANSPLANT = "transplant", _("Transplantation")

    plain_name = models.CharField(
        _("plain-English name"), max_length=200, blank=True, help_text=_("How you would say it to a neighbour.")
    )
    group = models.CharField(_("group"), max_length=20, choices=Group)
    body_system = models.CharField(_("body system"), max_length=100, blank=True)
    overview = RichTextField(_("overview"), blank=True, help_text=_("What it is, and the one thing to know first."))
    symptoms = RichTextField(
        _("symptoms"), blank=True, help_text=_("Common ones first. Say how they look on all skin tones.")
    )
    causes = RichTextField(_("causes"), blank=True)
    diagnosis = RichTextField(_("diagnosis"), blank=True)
    living_with = RichTextField(_("living with it"), blank=True)
    when_to_get_help = RichTextField(
        _("when to get help"), blank=True, help_text=_("Use the help boxes: emergency, urgent, non-urgent.")
    )

    sections = (
        Section("overview", _("Overview"), required_when_short=True),
        Section("symptoms", _("Symptoms")),
        Section("indications", _("Treatments"), rows=True),
        Section("causes", _("Causes")),
        Section("diagnosis", _("Diagnosis")),
        Section("living_with", _("Living with it")),
        Section("when_to_get_help", _("When to get help"), required_when_short=True),
    )
    row_names = ("indications", "cautions")
    is_always_medical = True
    is_named = True
    front_matter_columns = ("plain_name", "group", "body_system")
    front_matter_others = {"codes": "lists by name", "names": "rows"}
    detail_url = "therapies:condition_detail"
    list_url = "therapies:condition_list"

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")

    def shelf(self):
        return self.group, self.get_group_display()

    def facts(self):
        return {
            "plain_name": self.plain_name,
            "body_system": self.body_system,
            "codes": [code.snapshot() for code in self.codes.all()],
        }

    def names_snapshot(self):
        return names_in_content(self)

    def load_rows(self, front, *, by):
        loading.load_codes(self, front.get("codes", {}))
        load_names(self, front.get("names"), by=by)

    @classmethod
    def structured(cls, reading, address):
        return structured.condition(reading, address)

    def problems(self):
        return [*super().problems(), *title_problems(self)]


class Therapy(Page):
    class Group(models.TextChoices):
        ANTIBODIES = "antibody-replacement", _("Antibody replacement")
        IMMUNOSUPPRESSANT = "immunosuppressant", _("Immunosuppressants and steroids")
        BIOLOGIC = "biologic", _("Biologics and targeted medicines")
        CANCER = "cancer-immunotherapy", _("Cancer immunotherapy")
        ALLERGY = "allergy-treatment", _("Allergy treatment")
        INFECTION = "anti-infective", _("Vaccines and antivirals")
        CELL = "cell-gene-procedure", _("Cell and gene therapy, procedures")
        OTHER = "supportive", _("Hormones, diet and other treatment")

    plain_name = models.CharField(
        _("plain-English name"), max_length=200, blank=True, help_text=_("How you would say it to a neighbour.")
    )
    group = models.CharField(_("group"), max_length=24, choices=Group)
    therapy_class = models.CharField(_("class"), max_length=100, blank=True, help_text=_("For example: TNF inhibitor."))
    routes = models.CharField(_("routes"), max_length=200, blank=True, help_text=_("How it gets into the body."))
    how_it_works = RichTextField(_("how it works"), blank=True)
    administration = RichTextField(_("how it is given"), blank=True)
    monitoring = RichTextField(_("monitoring"), blank=True, help_text=_("Tests before and during treatment."))
    benefits = RichTextField(_("benefits"), blank=True, help_text=_("For each condition where they differ."))
    harms = RichTextField(_("harms"), blank=True, help_text=_("Common and serious ones, and what to do about them."))
    who_should_not_have_it = RichTextField(_("who should not have it"), blank=True)
    without_treatment = RichTextField(
        _("without treatment"), blank=True, help_text=_("What is likely to happen without it.")
    )
    daily_life = RichTextField(_("daily life"), blank=True, help_text=_("Time, place, work, travel."))
    when_to_get_help = RichTextField(
        _("when to get help"), blank=True, help_text=_("Use the help boxes: emergency, urgent, non-urgent.")
    )

    sections = (
        Section("how_it_works", _("How it works"), required_when_short=True),
        Section("indications", _("What it treats"), rows=True),
        Section("administration", _("How it is given")),
        Section("monitoring", _("Monitoring")),
        Section("benefits", _("Benefits")),
        Section("harms", _("Harms"), required_when_short=True),
        Section("who_should_not_have_it", _("Who should not have it")),
        Section("without_treatment", _("Without treatment")),
        Section("daily_life", _("Daily life")),
        Section("when_to_get_help", _("When to get help"), required_when_short=True),
    )
    row_names = ("indications", "cautions")
    is_always_medical = True
    is_named = True
    front_matter_columns = ("plain_name", "group", "therapy_class", "routes")
    front_matter_others = {"codes": "lists by name", "names": "rows", "indications": "rows", "cautions": "rows"}
    detail_url = "therapies:therapy_detail"
    list_url = "therapies:therapy_list"

    class Meta:
        verbose_name = _("therapy")
        verbose_name_plural = _("therapies")

    def shelf(self):
        return self.group, self.get_group_display()

    def facts(self):
        return {
            "plain_name": self.plain_name,
            "therapy_class": self.therapy_class,
            "routes": self.routes,
            "codes": [code.snapshot() for code in self.codes.all()],
        }

    def names_snapshot(self):
        return names_in_content(self)

    def load_rows(self, front, *, by):
        loading.load_codes(self, front.get("codes", {}))
        load_names(self, front.get("names"), by=by)
        loading.load_rows(self, self.indications, front.get("indications", []), by=by)
        loading.load_rows(self, self.cautions, front.get("cautions", []), by=by)

    @classmethod
    def structured(cls, reading, address):
        return structured.therapy(reading, address)

    def problems(self):
        found = [*super().problems(), *title_problems(self)]
        if not self.is_short and not self.indications.in_draft().exists():
            message = _("The section “%s” is empty: add at least one indication.") % _("What it treats")
            found.append(Problem("indications", message))
        return found


class Pair(Row):
    """What an indication and a caution have in common: the two ends, the sources, and the place on each page."""

    description = models.TextField(_("description"), help_text=_("One or two plain sentences."))
    qualifier = models.CharField(_("only for"), max_length=100, blank=True, help_text=_("For example: in children."))
    references = models.ManyToManyField(Reference, verbose_name=_("references"), blank=True, related_name="%(class)ss")
    is_checked = models.BooleanField(
        _("source checked"),
        default=False,
        help_text=_("Someone has found this statement in the source. Otherwise readers are told."),
    )
    position_on_condition = models.PositiveSmallIntegerField(_("order"), default=0)
    position_on_therapy = models.PositiveSmallIntegerField(_("order"), default=0)

    ends = ("condition", "therapy")
    # What a document may say of a row, and what tells the rows between two pages apart.
    document_columns: tuple[str, ...] = ("description", "qualifier", "position_on_condition")
    told_apart_by: tuple[str, ...] = ("qualifier",)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.therapy} – {self.condition}"

    def snapshot(self):
        return {
            "condition": self.condition_id,
            "therapy": self.therapy_id,
            "description": self.description,
            "qualifier": self.qualifier,
            "is_checked": self.is_checked,
            "position_on_condition": self.position_on_condition,
            "position_on_therapy": self.position_on_therapy,
            "references": {
                each.key: each.snapshot() for each in sorted(self.references.all(), key=lambda each: each.key)
            },
        }


class ShownIndication(ShownRow):
    """Indications stand grouped by role."""

    @property
    def group_rank(self):
        """The place of the role among the choices; a role that is no longer one comes last."""
        roles = Indication.Role.values
        return roles.index(self.snapshot["role"]) if self.snapshot["role"] in roles else len(roles)

    @property
    def group_name(self):
        return self.label("role")

    @property
    def status(self):
        return self.snapshot["status"]

    @property
    def status_label(self):
        return self.label("status")

    @property
    def evidence_label(self):
        return self.label("evidence")

    @property
    def authority(self):
        return self.snapshot["authority"]

    @property
    def region(self):
        return self.snapshot["region"]


class ShownCaution(ShownRow):
    @property
    def kind(self):
        return self.snapshot["kind"]

    @property
    def kind_label(self):
        return self.label("kind")


class Indication(Pair):
    """A therapy treats a condition."""

    class Role(models.TextChoices):
        FIRST_LINE = "first-line", _("First choice")
        SECOND_LINE = "second-line", _("Next choice")
        DISEASE_MODIFYING = "disease-modifying", _("Changes the course of the disease")
        ADJUNCT = "adjunct", _("Added to other treatment")
        PREVENTION = "prevention", _("Prevention")
        SPECIALIST = "specialist", _("In special cases")

    class Status(models.TextChoices):
        APPROVED = "approved", _("Approved")
        STANDARD = "standard-of-care", _("Standard care")
        OFF_LABEL = "off-label", _("Off-label use")
        INVESTIGATIONAL = "investigational", _("Under study")
        PROCEDURE = "procedure", _("Procedure")
        UNKNOWN = "", _("Not stated")

    condition = models.ForeignKey(
        Condition, verbose_name=_("condition"), related_name="indications", on_delete=models.PROTECT
    )
    therapy = models.ForeignKey(
        Therapy, verbose_name=_("therapy"), related_name="indications", on_delete=models.PROTECT
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    status = models.CharField(_("regulatory status"), max_length=20, choices=Status, blank=True, default=Status.UNKNOWN)
    authority = models.CharField(
        _("authority"), max_length=100, blank=True, help_text=_("Who says so, for example EMA.")
    )
    region = models.CharField(_("region"), max_length=60, blank=True)
    evidence = models.CharField(_("evidence"), max_length=20, choices=Reference.Kind, blank=True)
    live = models.OneToOneField(
        "IndicationEdition", null=True, editable=False, on_delete=models.PROTECT, related_name="live_of"
    )

    shown_as = ShownIndication
    document_columns = (*Pair.document_columns, "role", "status", "authority", "region", "evidence")

    class Meta:
        verbose_name = _("indication")
        verbose_name_plural = _("indications")
        constraints = [
            models.UniqueConstraint(fields=["condition", "therapy", "qualifier"], name="therapies_indication_once"),
            models.CheckConstraint(condition=~models.Q(description=""), name="therapies_indication_has_description"),
            models.CheckConstraint(
                condition=~models.Q(status="approved") | ~models.Q(authority=""),
                name="therapies_approved_indication_names_authority",
                violation_error_message=_("Say who approved it: fill in the authority."),
            ),
        ]

    def snapshot(self):
        return super().snapshot() | {
            "role": self.role,
            "status": self.status,
            "authority": self.authority,
            "region": self.region,
            "evidence": self.evidence,
        }


class IndicationEdition(RowEdition):
    row = models.ForeignKey(Indication, related_name="editions", on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "number"], name="therapies_indication_edition_once")]


class Caution(Pair):
    """A therapy harms in a condition, does not work there, is superseded, or is not a treatment for it."""

    class Kind(models.TextChoices):
        HARM = "harm", _("Can cause harm")
        NOT_A_TREATMENT = "not-a-treatment", _("Not a treatment for this")
        NOT_EFFECTIVE = "not-effective", _("Does not work")
        NOT_APPROVED = "not-approved", _("Not approved")
        NOT_ROUTINE = "not-routine", _("Not used routinely")
        SUPERSEDED = "superseded", _("Replaced by better treatment")
        ADJUNCT_FOR_HARM = "adjunct-for-harm", _("Used to treat a harm")

    condition = models.ForeignKey(
        Condition, verbose_name=_("condition"), related_name="cautions", on_delete=models.PROTECT
    )
    therapy = models.ForeignKey(Therapy, verbose_name=_("therapy"), related_name="cautions", on_delete=models.PROTECT)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    live = models.OneToOneField(
        "CautionEdition", null=True, editable=False, on_delete=models.PROTECT, related_name="live_of"
    )

    shown_as = ShownCaution
    document_columns = (*Pair.document_columns, "kind")
    told_apart_by = ("kind", "qualifier")

    class Meta:
        verbose_name = _("caution")
        verbose_name_plural = _("cautions")
        constraints = [
            models.UniqueConstraint(
                fields=["condition", "therapy", "kind", "qualifier"], name="therapies_caution_once"
            ),
            models.CheckConstraint(condition=~models.Q(description=""), name="therapies_caution_has_description"),
        ]

    def snapshot(self):
        return super().snapshot() | {"kind": self.kind}


class CautionEdition(RowEdition):
    row = models.ForeignKey(Caution, related_name="editions", on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "number"], name="therapies_caution_edition_once")]


# The shape of a code in each vocabulary. ICD-10-CM: a letter, a digit, a digit or A or B, up to four after a point.
CODE_PATTERNS = {
    "icd-10-cm": r"^[A-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?$",
    "mesh": r"^[CD][0-9]{6}([0-9]{3})?$",
    "doid": r"^DOID:[0-9]{1,7}$",
    "mondo": r"^MONDO:[0-9]{7}$",
    "atc": r"^[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?$",
    "rxnorm": r"^[0-9]{1,8}$",
    "drugbank": r"^DB[0-9]{5}$",
}


class Code(models.Model):
    """The number of a condition or therapy in a public vocabulary."""

    class System(models.TextChoices):
        ICD10CM = "icd-10-cm", _("ICD-10-CM")
        MESH = "mesh", _("MeSH")
        DOID = "doid", _("Disease Ontology")
        MONDO = "mondo", _("MONDO")
        ATC = "atc", _("ATC")
        RXNORM = "rxnorm", _("RxNorm")
        DRUGBANK = "drugbank", _("DrugBank")

    page = models.ForeignKey(Page, related_name="codes", on_delete=models.CASCADE)
    system = models.CharField(_("vocabulary"), max_length=12, choices=System)
    value = models.CharField(_("code"), max_length=20)

    class Meta:
        verbose_name = _("medical code")
        verbose_name_plural = _("medical codes")
        ordering = ["system", "value"]
        constraints = [
            models.UniqueConstraint(fields=["page", "system", "value"], name="therapies_code_once"),
            models.CheckConstraint(
                condition=reduce(or_, (Q(system=name, value__regex=shape) for name, shape in CODE_PATTERNS.items())),
                name="therapies_code_has_shape_of_its_vocabulary",
                violation_error_message=_("This is not what a code of that vocabulary looks like."),
            ),
        ]

    def __str__(self):
        return f"{self.get_system_display()} {self.value}"

    def snapshot(self):
        return {"system": self.get_system_display(), "value": self.value}
