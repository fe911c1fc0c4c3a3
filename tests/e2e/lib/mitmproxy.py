"""An addon of mitmproxy: leads all names to the demo site, and gives out what passed as the HAR file that mitmproxy would save."""

import json
import os

from mitmproxy import ctx, http

PORTS = {80: int(os.environ["DEMO_HTTP"]), 443: int(os.environ["DEMO_HTTPS"])}
# Asked for by the test, through the proxy; no such name can be.
SAVE = "save.invalid"


def running():
    [(_, port, *_)] = ctx.master.addons.get("proxyserver").listen_addrs()
    print(json.dumps({"port": port}), flush=True)


def server_connect(data):
    # The name that the certificate has to be for stays the one that the browser asked for. Nobody listens on port 1.
    data.server.address = ("127.0.0.1", PORTS.get(data.server.address[1], 1))


def request(flow):
    if flow.request.host == SAVE:
        saver = ctx.master.addons.get("savehar")
        text = json.dumps(saver.make_har(saver.flows))
        saver.flows = []
        flow.response = http.Response.make(200, text, {"Content-Type": "application/json"})
