from shop.settings import *

DEBUG = True
SECRET_KEY = 'test'
