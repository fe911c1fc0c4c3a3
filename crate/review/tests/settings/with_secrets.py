import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = False
ALLOWED_HOSTS = ['shop.example.com']
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

STATIC_URL = '/static/'
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'shop',
        'USER': 'shop',
        'PASSWORD': 'correct horse battery',
        'HOST': 'db',
    },
    'replica': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'shop', 'PASSWORD': os.environ.get('REPLICA_PASSWORD', '')},
}
EMAIL_HOST_PASSWORD = 'mail-pass'
AWS_ACCESS_KEY_ID = os.environ.get('AWS_ACCESS_KEY_ID')
AWS_SECRET_ACCESS_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCD'
SENTRY_AUTH_TOKEN = ''
GITHUB_TOKEN = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
CELERY_BROKER_URL = 'amqp://shop:rabbit@mq:5672//'
CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'LOCATION': 'redis://:hunter2@cache:6379/1'}}
JWT_PRIVATE_KEY = """-----BEGIN PRIVATE KEY-----
bm90IGEga2V5LCBvbmx5IGZvciB0aGVzZSB0ZXN0cw==
-----END PRIVATE KEY-----"""
RECAPTCHA_PUBLIC_KEY = '6Lc-public'
PASSWORD_RESET_TIMEOUT = 3600
SOCIAL_AUTH_GOOGLE_OAUTH2_SECRET = 'GOCSPX-0123456789'
SECRET_KEY_FALLBACKS = ['an old one that is short']
