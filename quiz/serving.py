"""The service under gunicorn: the app is made once, and every worker gets database connections of its own."""

import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from quiz.app import create_app
from quiz.domain.errors import Refused
from quiz.settings import Settings

THREADS = 4  # of each worker; more of them lower what a worker gets done
# Time, method, first part of the path, status, bytes, milliseconds, request id. No address of a person, no query.
ACCESS_LINE = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms %({x-request-id}o)s"
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 (gunicorn makes files of its own there that nobody else can open)


class Log(Logger):
    """gunicorn's log, with paths cut: behind the first part may stand the number of somebody's certificate."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """What ACCESS_LINE names."""
        found: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return found | {"U": first_part(environ.get("PATH_INFO", ""))}


class Server(BaseApplication):
    """gunicorn with our settings and no others: neither its environment variables nor its files are read."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        self.settings, self.options = settings, options
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn while it is made."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called once, before the workers are forked."""
        return create_app(self.settings)


def first_part(path: str) -> str:
    """ "/verify" of "/verify/K38QT-…"."""
    return re.sub(r"^(/[a-z-]*).*", r"\1", path, flags=re.DOTALL)


def serve(
    settings: Settings, host: str, port: int, workers: int, access_log: str | None, ready: Callable[[], None]
) -> None:
    """Serve until told to stop. `ready` is called when requests are taken."""
    must_be_free(host, port)
    Server(settings, options(host, port, workers, access_log) | {"when_ready": lambda _: ready()}).run()


def options(host: str, port: int, workers: int, access_log: str | None) -> dict[str, Any]:
    """gunicorn's settings. Bodies are limited by the app, lines and headers of requests here."""
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "preload_app": True,
        "post_fork": own_connections,
        "timeout": 60,
        "graceful_timeout": 30,
        "keepalive": 5,
        "limit_request_line": 2048,
        "limit_request_fields": 64,
        "limit_request_field_size": 8190,
        "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
        # By default gunicorn opens a socket in the home folder, where two instances would meet.
        "control_socket_disable": True,
        # Whom to believe about the address of a browser is one of our own settings, not also one of gunicorn's.
        "forwarded_allow_ips": "",
        "loglevel": "error",
        "accesslog": access_log,
        "access_log_format": ACCESS_LINE,
        "logger_class": Log,
        "proc_name": "quiz",
    }


def own_connections(_arbiter: Arbiter, worker: Worker) -> None:
    """A connection must never be used by two processes: each worker begins with none."""
    worker.app.wsgi().extensions["quiz"].engine.dispose(close=False)


def must_be_free(host: str, port: int) -> None:
    """Refuses an address that is taken or is not of this machine; gunicorn would try for five seconds."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        reason = f"{host}:{port} cannot be used: {error.strerror}. Give another --port."
        raise Refused("address-taken", reason) from error
