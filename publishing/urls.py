from django.urls import path, register_converter
from django.urls.converters import StringConverter

from publishing import views


class TagSlugConverter(StringConverter):
    """Letters of any script, but not NUL, which PostgreSQL cannot even compare."""

    regex = r"[^/\x00]+"


register_converter(TagSlugConverter, "tag_slug")

app_name = "publishing"
urlpatterns = [
    path("tags/<tag_slug:slug>/", views.tag, name="tag"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("media/<slug:name>-<int:width>.webp", views.image_file, name="image_file"),
]
