from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from immunoportal import views
from immunoportal.sitemaps import SITEMAPS

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("therapies.urls")),
    path("", include("articles.urls")),
    path("", include("publishing.urls")),
    path("", include("search.urls")),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("crosslinks.urls")),
    path("", include("comments.urls")),
]

handler403 = "immunoportal.views.forbidden"
handler404 = "search.views.not_found"
