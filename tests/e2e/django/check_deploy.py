"""Runs `manage.py check --deploy` for many settings modules, in a process of its own for each.

Standard input is a JSON list of `{"root": folder, "module": name, "environment": {}, "empty": [module, ...]}`; standard output
is a JSON list with what the command printed for each. Modules named in `empty` are there with nothing in them: the project's
own apps, URLs and packages that nobody needs for what is checked.
"""

import importlib.abc
import importlib.machinery
import json
import os
import sys
import types

# Loaded once, before the processes part; none of it looks at settings yet.
import django.contrib.admin  # noqa: F401
import django.contrib.auth.password_validation  # noqa: F401
import django.core.checks.security.base  # noqa: F401
import django.core.checks.security.csrf  # noqa: F401
import django.core.checks.security.sessions  # noqa: F401
import django.core.management
import django.core.management.commands.check  # noqa: F401


class Empty(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Modules with nothing in them."""

    def __init__(self, names):
        self.names = names

    def find_spec(self, name, path=None, target=None):
        if name in self.names:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        # An app has to be somewhere.
        module.__path__ = [os.getcwd()]
        module.__file__ = os.path.join(os.getcwd(), spec.name)
        return module

    def exec_module(self, module):
        module.urlpatterns = []


def check(case):
    """In the process that ends with it."""
    os.environ.update(case["environment"])
    os.environ["DJANGO_SETTINGS_MODULE"] = case["module"]
    sys.path.insert(0, case["root"])
    sys.meta_path.insert(0, Empty(set(case["empty"])))
    sys.argv = ["manage.py", "check", "--deploy"]
    # What no settings need to hold for this, but the command asks for.
    from django.conf import settings

    root = getattr(settings, "ROOT_URLCONF", None)
    if root:
        sys.meta_path.insert(0, Empty({root, root.split(".")[0]} if "." in root else {root}))
    django.core.management.execute_from_command_line(sys.argv)


def printed(case):
    """What one of them prints."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        os.dup2(write, 1)
        os.dup2(write, 2)
        status = 0
        try:
            check(case)
        except SystemExit as end:
            status = 1 if end.code else 0
        except BaseException:
            import traceback

            traceback.print_exc()
            status = 2
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    os.close(write)
    with os.fdopen(read, encoding="utf-8", errors="replace") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return text


if __name__ == "__main__":
    print(json.dumps([printed(case) for case in json.load(sys.stdin)]))
