"""A project with which `check --deploy` is content, and what a test changes of it.

$SITE is a directory: `site.json` holds what the test changes (`settings`) and lines to paste (`lines`), and the
database lies beside it.
"""
import json
import os
from pathlib import Path

SITE = Path(os.environ["SITE"])
CHANGES = json.loads((SITE / "site.json").read_text())

# No secret: it signs the cookies of a test that lasts seconds.
SECRET_KEY = "test-of-a-site-on-loopback-0123456789-abcdefghijklmnopqrstuvwxyz"
DEBUG = False
ALLOWED_HOSTS = ["shop-demo.com"]

INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request", "shop.views.extra"]},
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": SITE / "db.sqlite3"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_REDIRECT_URL = "/"
# HTML that a test adds to every page, and lines that it adds to every view.
EXTRA_HTML = ""
VIEW_LINES = ""

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

globals().update(CHANGES["settings"])
MIDDLEWARE = [name for name in MIDDLEWARE if name.rsplit(".", 1)[-1] not in CHANGES.get("without", [])]
exec(CHANGES.get("lines", ""))
