"""What a browser is told about our pages: which scripts may run, whom they may ask, who may frame them."""

from __future__ import annotations

# Each directive is justified in docs/how-to/workbench.md, and a test holds the two together.
DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self' 'nonce-{nonce}' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
OTHERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# The exact ways in which the page template opens a script. What a person wrote never stands in a page unescaped.
OPENINGS = (b"<script>", b'<script type="module">', b'<script type="importmap">', b"<script defer src=")


def policy(nonce: str) -> dict[str, str]:
    """The headers of every answer; scripts that stand in a page must carry the nonce.

    >>> policy("abc")["content-security-policy"].split("; ")[1]
    "script-src 'self' 'nonce-abc' 'unsafe-eval'"
    """
    directives = "; ".join(f"{name} {sources.format(nonce=nonce)}" for name, sources in DIRECTIVES.items())
    return {"content-security-policy": directives, **OTHERS}


def stamped(page: bytes, nonce: str) -> bytes:
    """The page with the nonce on every script that its template opens.

    >>> stamped(b"<script>1</script>", "abc")
    b'<script nonce="abc">1</script>'
    """
    mark = b'<script nonce="' + nonce.encode() + b'"'
    for opening in OPENINGS:
        page = page.replace(opening, opening.replace(b"<script", mark))
    return page
