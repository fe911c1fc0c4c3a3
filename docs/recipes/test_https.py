"""Audits what Django itself sends. Needs pytest, pytest-django, and `https-audit` on PATH.

The live server of the tests speaks plain http. Here it stands where it stands in production too: behind a proxy that
ends TLS and says so in X-Forwarded-Proto, as SECURE_PROXY_SSL_HEADER has it. The test is that proxy.
"""

import subprocess
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

import pytest

# The site's own name: one of ALLOWED_HOSTS. The address as people type it, so that the way to https is seen too.
SITE = "http://shop-demo.com"
HOPS = 10


def heads(server, address):
    """The heads of the responses from an address on, as `curl -siL` prints them."""
    text = ""
    for _ in range(HOPS):
        there, here = urlsplit(address), urlsplit(server.url)
        connection = HTTPConnection(here.hostname, here.port, timeout=10)
        said = {"Host": there.netloc, "X-Forwarded-Proto": there.scheme, "Accept": "text/html"}
        connection.request("GET", f"{there.path or '/'}?{there.query}".removesuffix("?"), headers=said)
        response = connection.getresponse()
        connection.close()
        assert response.status < 500, f"{address}: {response.status} {response.reason}"
        # Server is the live server's own: in production another one says it.
        fields = [f"{name}: {value}\r\n" for name, value in response.getheaders() if name != "Server"]
        text += f"HTTP/1.1 {response.status} {response.reason}\r\n{''.join(fields)}\r\n"
        location = response.getheader("Location")
        if response.status not in (301, 302, 303, 307, 308) or location is None:
            return text.encode("latin-1")
        address = urljoin(address, location)
    raise AssertionError(f"more than {HOPS} redirects: the last one to {address}")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/login/"])
def test_https_hsts_and_cookies(live_server, path):
    address = SITE + path
    command = ["https-audit", "audit", "-", "--url", address, "--software", "django"]
    done = subprocess.run(command, input=heads(live_server, address), capture_output=True)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
