"""Where the ledger lies: a file of one's own by default, or a database that a team shares."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from ripeness.store.home import home
from ripeness.world.fault import Fault

FILE = "ledger.sqlite"
_HIDDEN = "***"
_QUERY = re.compile(r"([?&][^=&@]*pass[^=&@]*=)([^&#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """The place of a ledger; prints without its password."""

    url: str
    path: Path | None

    def __str__(self) -> str:
        text = str(self.path) if self.path is not None else without_password(self.url)
        return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)  # no terminal is steered

    def __repr__(self) -> str:
        return f"Address({str(self)!r})"


def parse_address(place: str | os.PathLike[str] | None = None) -> Address:
    """Read a path or a postgresql:// address; without one, RIPENESS_LEDGER or the user's own ledger.

    Raises: Fault for other kinds of database.

    >>> str(parse_address("postgresql://ana:secret@db.example.org/forecasts"))
    'postgresql://ana:***@db.example.org/forecasts'
    """
    text = os.fspath(place) if place is not None else os.environ.get("RIPENESS_LEDGER", "")
    if not text:
        return _file(home() / FILE)
    scheme, colon, location = text.partition("://")
    if not colon:
        return _file(Path(text))
    if scheme == "sqlite":
        return _file(Path(unquote(location.partition("?")[0].removeprefix("/"))))
    if scheme in {"postgresql", "postgres", "postgresql+psycopg"}:
        return Address(f"postgresql+psycopg://{location}", None)
    raise Fault(f"a ledger lies in a SQLite file or at postgresql://user@host/database, not at {scheme}://")


def without_password(url: str) -> str:
    """Show an address with its password blotted out, wherever it stands in it.

    >>> without_password("postgresql+psycopg://ana@h/db?password=secret")
    'postgresql://ana@h/db?password=***'
    """
    scheme, _, location = url.partition("://")
    user, at, place = location.rpartition("@")
    name, colon, _ = user.partition(":")
    visible = f"{scheme.partition('+')[0]}://{name}{colon}{_HIDDEN if colon else ''}{at}{place}"
    return _QUERY.sub(rf"\g<1>{_HIDDEN}", visible)


def secrets(url: str) -> tuple[str, ...]:
    """Every spelling of the passwords in an address, so that a message from elsewhere can be cleared of them.

    >>> secrets("postgresql://ana:a%20b@h/db")
    ('a b', 'a%20b')
    """
    # By the last @ and not by the rules for addresses: a password with / or # in it breaks those, and must not show.
    user = url.partition("://")[2].rpartition("@")[0]
    passwords = [user.partition(":")[2], *(match.group(2) for match in _QUERY.finditer(url))]
    spelled = {
        spelling
        for password in passwords
        if password
        for spelling in (password, unquote(password), quote(unquote(password), safe=""))
    }
    return tuple(sorted(spelled))


def _file(path: Path) -> Address:
    if "\0" in str(path):
        raise Fault(f"the path of a ledger holds no zero byte, and {str(path)!r:.80} does")
    try:
        absolute = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100  (links stay as the user wrote them)
    except RuntimeError:
        raise Fault(f"cannot find the home folder in the ledger's path {str(path)!r:.80}; write it in full") from None
    except OSError as error:  # the folder from which the program was called is gone
        raise Fault(f"cannot find the present folder ({error.strerror}); write the ledger's path in full") from None
    return Address(f"sqlite:///{absolute}", absolute)
