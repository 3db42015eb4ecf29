from django.urls import include, path

from comments import own, reports, useful, views, writing

app_name = "comments"
urlpatterns = [
    path("<page_address:address>/comment/", writing.write, name="write"),
    path("<page_address:address>/comments/", views.thread, name="thread"),
    path("<page_address:address>/useful/", useful.useful, name="useful"),
    path("comments/rules/", views.rules, name="rules"),
    path("comments/report/<int:number>/", reports.report, name="report"),
    path("comments/remark/<str:token>/", useful.remark, name="remark"),
    path("comments/own/<str:token>/", own.own, name="own"),
    path("comments/own/<str:token>/edit/", own.own_edit, name="own_edit"),
    path("comments/own/<str:token>/withdraw/", own.own_withdraw, name="own_withdraw"),
    path("comments/own/<str:token>/object/", own.own_object, name="own_object"),
    path("", include("comments.mail_urls")),
]
