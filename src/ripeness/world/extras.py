"""Extras: what an installation may leave out, and what to install where something needs it."""

from __future__ import annotations

from importlib.util import find_spec

from ripeness.world.fault import Fault

# Extra -> the modules that it brings, as `[project.optional-dependencies]` of pyproject.toml does.
EXTRAS: dict[str, tuple[str, ...]] = {
    "web": ("fastapi", "nicegui", "starlette", "uvicorn"),
    "ledger": ("alembic", "sqlalchemy"),
    "report": ("jinja2", "markupsafe", "openpyxl", "pyarrow"),
    "arviz": ("arviz",),
    "dask": ("cloudpickle", "dask", "distributed"),
    "postgres": ("psycopg",),
}
EXTRA_OF = {module: extra for extra, modules in EXTRAS.items() for module in modules}


def need_package(module: str, purpose: str) -> None:
    """Make sure that a package of an extra is installed, before the work that needs it begins.

    `purpose` opens the message and is what the user asked for.

    Raises: Fault that names what is missing and what to install.

    >>> need_package("jinja2", "a report")
    """
    if find_spec(module) is None:
        raise Fault(f"{purpose} needs {module}, which is not installed: pip install 'ripeness[{EXTRA_OF[module]}]'")
