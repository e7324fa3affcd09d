"""Who may talk to the page: the browser that was opened with the printed link.

Kept out are pages of other origins in the same browser, names that somebody has made resolve to
this machine (DNS rebinding), and other users of this machine, who reach the port as well.
"""

from __future__ import annotations

from flask import Flask, Response, current_app, render_template, request

from retune.ui.session import Session, same

COOKIE = "retune"
FORM_FIELD = "form"
PLAIN = "text/plain; charset=utf-8"
_LARGEST = 1024 * 1024  # bytes of a request: a form with rows to predict

# Everything comes from this server; styles of elements are set by script alone.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # no-referrer would make the Origin of our forms null
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def protect(app: Flask, session: Session) -> None:
    """Refuses every request that is not of the session, before a page is made of it."""
    app.config.update(MAX_CONTENT_LENGTH=_LARGEST, FOLDER=session.path)
    app.add_url_rule("/", "entrance", lambda: _entrance(session), provide_automatic_options=False)

    @app.before_request
    def refuse_strangers() -> Response | None:
        why = _stranger(session)
        return Response(f"{why}\n", 403, content_type=PLAIN) if why else None

    @app.after_request
    def restrict(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.extend(_HEADERS)
        return response


def in_folder() -> bool:
    """Whether who asks knows the folder's secret name already."""
    return request.path.startswith(current_app.config["FOLDER"])


def _entrance(session: Session) -> Response:
    """Gives the cookie, and goes on by a page: a browser that came from elsewhere, such as a mail
    with the link, would not send a SameSite=Strict cookie after a redirect."""
    response = Response(render_template("entrance.html", target=session.path))
    response.set_cookie(COOKIE, session.cookie, path=session.path, httponly=True, samesite="Strict")
    return response


def _stranger(session: Session) -> str | None:
    """Why the request is refused; None for one of ours."""
    if request.host != session.host:
        return f"This page is at {session.origin} and at no other name."
    if request.method not in ("GET", "HEAD", "POST"):
        return f"{request.method} is not done here."
    if request.path == "/" and request.method != "POST":
        if same(request.args.get("token"), session.token):
            return None
        return "Open the link that `retune ui` has printed: it has the token."
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return "A page of another site has asked for this."
    if not same(request.cookies.get(COOKIE), session.cookie):
        return "Open the link that `retune ui` has printed: this browser has not."
    return _forged(session) if request.method == "POST" else None


def _forged(session: Session) -> str | None:
    """Whether something other than a form of ours would change something."""
    if request.headers.get("Origin") != session.origin:
        return "A form of another site has asked for this."
    if not same(request.form.get(FORM_FIELD), session.form):
        return "The form is of an earlier `retune ui`. Load the page again."
    return None
