"""measure.py COMMAND...: runs it and prints what it took as JSON, as the kernel counted it (getrusage(2)).

Its standard output is passed over, and its standard error is passed on. "maxrss" is in KiB, as on Linux.
"""
import json
import resource
import subprocess
import sys
import time

start = time.perf_counter()
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
wall = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"status": status, "wall": wall, "cpu": used.ru_utime + used.ru_stime, "maxrss": used.ru_maxrss}))
