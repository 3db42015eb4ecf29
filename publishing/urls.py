from django.urls import path

from publishing import views

app_name = "publishing"
urlpatterns = [
    path("tags/<str:slug>/", views.tag, name="tag"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("media/<slug:name>-<int:width>.webp", views.image_file, name="image_file"),
]
