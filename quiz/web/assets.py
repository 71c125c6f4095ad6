"""Our style sheets and scripts, at addresses that change with their content."""

from hashlib import sha256
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from quiz.settings import ROOT

FOLDER = ROOT / "static"
# What lies there for other reasons (npm's lists, the fonts of documents) stays at home.
KINDS = (".css", ".js", ".svg", ".png", ".woff2")


def files(folder: Path) -> list[Path]:
    """What browsers may have, in a steady order."""
    found = (path for path in folder.rglob("*") if path.suffix in KINDS and path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def digest(folder: Path) -> str:
    """A short name for the present content of all files."""
    content = sha256()
    for path in files(folder):
        content.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return content.hexdigest()[:12]


def init_app(app: Flask) -> None:
    """Serve the files before Flask is asked, and give templates `asset("site.css")`."""
    prefix = f"/static/{digest(FOLDER)}/"
    served = WhiteNoise(
        app.wsgi_app, allow_all_origins=False, add_headers_function=_headers, immutable_file_test=lambda path, url: True
    )
    for path in files(FOLDER):
        served.add_file_to_dictionary(prefix + path.relative_to(FOLDER).as_posix(), str(path))
    app.wsgi_app = served  # type: ignore[method-assign]
    app.jinja_env.globals["asset"] = lambda name: prefix + name


def _headers(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
