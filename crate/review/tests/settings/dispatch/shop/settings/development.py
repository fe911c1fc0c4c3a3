from .common import *

ALLOWED_HOSTS += ['localhost']
