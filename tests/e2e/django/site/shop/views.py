"""Views, and the lines that a test adds to them."""
from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import render


def extra(request):
    """What templates find besides: the HTML of the test."""
    return {"extra": settings.EXTRA_HTML}


def with_lines(view):
    """The view, and then the lines of the test, which find its `response`."""

    def wrapped(request):
        response = view(request)
        if hasattr(response, "render"):
            response.render()
        exec(settings.VIEW_LINES, {"request": request, "response": response, "value": "0123456789abcdef"})
        return response

    return wrapped


@with_lines
def home(request):
    return render(request, "home.html")


@with_lines
def leave(request):
    logout(request)
    return render(request, "home.html")


def fails(request):
    raise RuntimeError("as asked")
