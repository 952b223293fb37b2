"""Classes of ends in which the model of a war and the record of past conflicts are compared."""

from __future__ import annotations

import numpy as np

from ripeness.world.fault import Fault
from ripeness.world.outcome import ENDS

CLASSES = ("settlement", "frozen", "victory", "fighting")
FIGHTING_CLASS = CLASSES.index("fighting")
OF_RECORD = {
    "agreement": "settlement",
    "ceasefire": "frozen",
    "low_activity": "frozen",
    "victory": "victory",
    "fighting": "fighting",
}
OF_MODEL = {
    "settlement": "settlement",
    "frozen": "frozen",
    "victory": "victory",
    "collapse": "victory",
    "fighting": "fighting",
}
CLASS_OF_CODE = np.zeros(len(ENDS), dtype=np.intp)  # place in CLASSES by code of world/outcome.py
for _end in ENDS:
    CLASS_OF_CODE[_end.code] = CLASSES.index(OF_MODEL[_end.outcome])


def class_of_end(end: str) -> str:
    """The class of an end of the record.

    Raises: Fault for an end that it does not have.

    >>> class_of_end("ceasefire")
    'frozen'
    """
    if end not in OF_RECORD:
        raise Fault(f"'{end[:40]}' is no end of the record; ends are {', '.join(OF_RECORD)}")
    return OF_RECORD[end]
