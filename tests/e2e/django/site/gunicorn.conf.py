"""What the tests ask of gunicorn."""
# By itself it believes X-Forwarded-Proto, and Django would never be asked whether it does.
secure_scheme_headers = {}
workers = 1
graceful_timeout = 1
control_socket_disable = True
