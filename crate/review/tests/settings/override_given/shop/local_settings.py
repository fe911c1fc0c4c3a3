SECRET_KEY = '9v#k2m!q7x@w4z$t8y^u1r&p5o*s3n(d6f)g0h-j=l+b_c%aeiQWERTYUIOPASD'
DEBUG = True
SESSION_COOKIE_SECURE = False
