import os
import sys

from django.conf import settings

settings.configure(
    DEBUG=os.environ.get('DEBUG', 'on') == 'on',
    SECRET_KEY=os.environ.get('SECRET_KEY', '9v#k2m!q7x@w4z$t8y^u1r&p5o*s3n(d6f)g0h-j=l+b_c%aeiQWERTYUIOPASD'),
    ALLOWED_HOSTS=os.environ.get('ALLOWED_HOSTS', 'localhost').split(','),
    ROOT_URLCONF=__name__,
    MIDDLEWARE=(
        'django.middleware.common.CommonMiddleware',
        'django.middleware.csrf.CsrfViewMiddleware',
        'django.middleware.clickjacking.XFrameOptionsMiddleware',
    ),
)

from django.http import HttpResponse
from django.urls import path


def index(request):
    return HttpResponse('Hello World')


urlpatterns = [path('', index)]

if __name__ == '__main__':
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
