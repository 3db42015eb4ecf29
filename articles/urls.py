from django.urls import path

from articles import views

app_name = "articles"
urlpatterns = [
    path("articles/", views.article_list, name="article_list"),
    path("articles/category/<slug:slug>/", views.category, name="category"),
    path("articles/<slug:slug>/", views.article_detail, name="article_detail"),
]
