from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Site(BaseSettings):
    model_config = SettingsConfigDict(env_file='.env')

    secret_key: SecretStr
    debug: bool = False
    allowed_hosts: list[str] = Field(default_factory=list)
    hsts_seconds: int = 31536000


site = Site()

SECRET_KEY = site.secret_key.get_secret_value()
DEBUG = site.debug
ALLOWED_HOSTS = site.allowed_hosts
INSTALLED_APPS = [
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
]

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
    'django.middleware.clickjacking.XFrameOptionsMiddleware',
]

ROOT_URLCONF = 'shop.urls'
TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = site.hsts_seconds
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
