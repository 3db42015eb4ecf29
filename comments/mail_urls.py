from django.urls import path

from comments import mail_views

urlpatterns = [
    path("comments/confirm/<str:token>/", mail_views.confirm, name="confirm"),
    path("comments/unsubscribe/<str:token>/", mail_views.unsubscribe, name="unsubscribe"),
    path("comments/my-data/", mail_views.my_data, name="my_data"),
    path("comments/my-data/<str:token>/", mail_views.my_data_open, name="my_data_open"),
]
