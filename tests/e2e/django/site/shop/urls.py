"""Start page, sign-in and out, and a page that fails."""
from django.contrib.auth.views import LoginView
from django.urls import path

from . import views

urlpatterns = [
    path("", views.home),
    path("login/", views.with_lines(LoginView.as_view())),
    path("logout", views.leave),
    path("fails/", views.fails),
]
