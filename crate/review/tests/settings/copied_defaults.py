from django.conf import global_settings

MIDDLEWARE = global_settings.MIDDLEWARE + ['django.middleware.security.SecurityMiddleware']
SECRET_KEY = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
ALLOWED_HOSTS = global_settings.ALLOWED_HOSTS or ['shop.example.com']
X_FRAME_OPTIONS = global_settings.X_FRAME_OPTIONS
