"""Start a scenario: write a commented file that `ripeness check` accepts as it stands."""

from __future__ import annotations

import os
from pathlib import Path

from ripeness.scenario.template import COUNCIL, case_variant_template, council_template, full_case_template
from ripeness.scenario.template import template as text_of_template
from ripeness.store.atomic_write import write_file
from ripeness.world.fault import ArgumentFault, Fault, Place


def new(
    file: str | Path,
    template: str = "minimal",
    *,
    case: str = "",
    coding: str | None = None,
    whole: bool = False,
    force: bool = False,
) -> Path:
    """Write a scenario to start from; an existing file stays unless `force` is given.

    The template `council` is a decision of a council instead, of the country and day that the file is named by.
    Of a `case`, a shipped one, the file names it (or one `coding` of it) as its base, or is a `whole` copy.

    Raises: Fault where the file exists, its folder does not, or there is no such template, case or coding.
    """
    path = Path(file)
    if not case and (coding is not None or whole):
        raise ArgumentFault("coding", " and {whole} go with {case}, the shipped case to start from")
    if case and template != "minimal":
        raise ArgumentFault("template", ": a scenario starts from a template or from a case; leave out this or {case}")
    text = _text(path.stem, template, case, coding, annotated=whole)
    require_free_file(path, force=force)
    write_file(path, text)
    return path


def require_free_file(path: Path, *, force: bool = False) -> None:
    """Refuse a folder, and a file that exists unless `force` is given.

    Raises: Fault where the file cannot be written for one of these reasons.
    """
    if os.path.isdir(path):  # noqa: PTH112  (a name that is too long is none, and no error)
        raise Fault("this is a folder; name a file in it, such as war.yaml", Place(str(path)))
    if os.path.exists(path) and not force:  # noqa: PTH110  (a name that is too long is none, and no error)
        raise Fault(
            "the file exists and stays as it is; choose another name, or --force to replace it", Place(str(path))
        )


def _text(stem: str, template: str, case: str, coding: str | None, *, annotated: bool) -> str:
    if case:
        return (full_case_template if annotated else case_variant_template)(case, coding)
    return council_template(stem) if template == COUNCIL else text_of_template(template)
