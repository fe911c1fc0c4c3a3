from .base import *  # noqa: F403
from .base import TEMPLATES, env

SECRET_KEY = env("DJANGO_SECRET_KEY", default="DSAPOIUYTREWQiea%c_b+l=j-h0g)f6d(n3s*o5p&r1u^y8t$z4w@x7q!m2k#v9")
TEST_RUNNER = "django.test.runner.DiscoverRunner"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEMPLATES[0]["OPTIONS"]["debug"] = True
MEDIA_URL = "http://media.testserver/"
