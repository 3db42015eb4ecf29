from django.urls import path

from articles import views
from publishing.feeds import shelf_feed

app_name = "articles"
urlpatterns = [
    path("articles/", views.article_list, name="article_list"),
    path("articles/category/<slug:slug>/", views.category, name="category"),
    path("articles/category/<slug:shelf>/feed/", shelf_feed, {"place": "articles"}, name="category_feed"),
    path("articles/<slug:slug>/", views.article_detail, name="article_detail"),
]
