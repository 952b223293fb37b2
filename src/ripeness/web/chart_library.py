"""Chart library: the programs with which browsers draw charts, taken from the package that draws them on the server."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib.metadata import version

from fastapi import APIRouter, Request
from fastapi.responses import Response

PACKAGE = "vl-convert-python"
ADDRESS = f"/charts/vega-{version(PACKAGE)}.js"
# One name is left to the page; all others of the library stay inside.
SNIPPET = "window.vegaEmbed = vegaEmbed;"
YEAR = "public, max-age=31536000, immutable"  # the address says which version it is


@lru_cache(maxsize=1)
def chart_library() -> tuple[bytes, bytes]:
    """Vega, Vega-Lite and vega-embed as one script, plain and compressed. Some seconds, once a server."""
    import vl_convert

    script = f"(() => {{{vl_convert.javascript_bundle(SNIPPET)}}})();".encode()
    return script, gzip.compress(script, 6, mtime=0)


def chart_library_route() -> APIRouter:
    """The route of the library; only pages with a chart ask for it, and a browser asks once."""
    router = APIRouter(include_in_schema=False)

    @router.get(ADDRESS)
    def library(request: Request) -> Response:
        plain, small = chart_library()
        headers = {"cache-control": YEAR, "vary": "accept-encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(small, media_type="text/javascript", headers={**headers, "content-encoding": "gzip"})
        return Response(plain, media_type="text/javascript", headers=headers)

    return router
