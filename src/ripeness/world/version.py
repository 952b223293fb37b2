"""Version: which release of the program this is; what it writes says so."""

from __future__ import annotations

__version__ = "0.2.0.dev0"
