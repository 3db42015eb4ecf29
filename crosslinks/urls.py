from django.urls import path

from crosslinks import views

app_name = "crosslinks"
urlpatterns = [
    # Below the address of any page that has names; the view asks the kinds which addresses those are.
    path("<path:place>/mentioned-in/", views.mentioned_in, name="mentioned_in"),
]
