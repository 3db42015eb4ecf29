from django.urls import path, register_converter
from django.urls.converters import StringConverter

from publishing import calendars, feeds, history_views, previews, views


class TagSlugConverter(StringConverter):
    """Letters of any script, but not NUL, which PostgreSQL cannot even compare."""

    regex = r"[^/\x00]+"


register_converter(TagSlugConverter, "tag_slug")
register_converter(history_views.PageAddressConverter, "page_address")
register_converter(history_views.DayConverter, "day")

app_name = "publishing"
urlpatterns = [
    path("<page_address:address>/history/", history_views.history, name="history"),
    path("<page_address:address>/history/<int:number>/", history_views.edition, name="edition"),
    path("<page_address:address>/as-of/<day:day>/", history_views.as_of, name="as_of"),
    path("<page_address:address>/changes/", history_views.changes, name="changes"),
    path("<page_address:address>/feed/", feeds.page_feed, name="page_feed"),
    path("feeds/", feeds.site_feed, name="site_feed"),
    path("feeds/<slug:place>/", feeds.kind_feed, name="kind_feed"),
    path("feeds/<slug:place>/<slug:shelf>/", feeds.shelf_feed, name="shelf_feed"),
    path("tags/<tag_slug:slug>/", views.tag, name="tag"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("media/<slug:name>-<int:width>.webp", views.image_file, name="image_file"),
    path("calendar/<slug:key>.ics", calendars.feed, name="calendar_feed"),
    path("preview/<str:token>/", previews.preview, name="preview"),
    path("preview/<str:token>/media/<slug:name>-<int:width>.webp", previews.preview_image, name="preview_image"),
]
