"""What every response says about caching, content and company."""

from flask import Flask, Response, current_app, request

from quiz.web.guard import View
from quiz.web.parts import parts

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",  # Flask-WTF wants a Referer on https, so never "no-referrer"
    "X-Content-Type-Options": "nosniff",
}
YEAR = 365 * 24 * 60 * 60


def cacheable(view: View) -> View:
    """Mark a public page that is the same for everybody: a browser may keep it, but asks whether it still holds."""
    view.__dict__["cacheable"] = True
    return view


def for_good(response: Response) -> Response:
    """Let a response be kept for a year: its address changes whenever its content does."""
    response.cache_control.public = True
    response.cache_control.max_age = YEAR
    response.cache_control.immutable = True
    return response


def init_app(app: Flask) -> None:
    """Add the headers to every response that is not a static file."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if parts().settings.service.over_https:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
    return response if response.headers.get("Cache-Control") else _caching(response)


def _caching(response: Response) -> Response:
    view = current_app.view_functions.get(request.endpoint or "")
    if response.status_code == 200 and view and "cacheable" in view.__dict__:
        response.cache_control.private = True
        response.cache_control.no_cache = True
        response.add_etag()
        response.make_conditional(request)
        return response
    response.cache_control.no_store = True
    return response
