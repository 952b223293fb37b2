"""A process of its own for the tests that kill: it keeps runs, packs them, or fights one, over and over.

keeper.py put SHELF        put invented runs on a shelf, printing each one's name once it stands there
keeper.py pack RUN FOLDER  pack a kept run into one file after another, printing each
keeper.py unpack ZIP FOLDER   unpack a capsule onto one shelf after another, printing each
keeper.py remove SHELF     take the one run of a shelf away and put it back
keeper.py run FOLDER       fight a small war, then keep it on one shelf after another, printing each
"""

from __future__ import annotations

import json
import sys
from itertools import count
from pathlib import Path

from ripeness.store.shelf.capsule import read_capsule, write_capsule
from ripeness.store.shelf.removed import remove_run, restore_run
from ripeness.store.shelf.shelf import put_run

ABOUT = {"case": "north-south", "coding": "public", "reading": "factional", "draws": 8, "version": "1"}


def contents(seed: int) -> dict[str, bytes]:
    files = {"answer.json": {}, "inputs.json": {}, "provenance.json": {**ABOUT, "seed": seed}}
    told = {name: json.dumps(content).encode() for name, content in files.items()}
    return {**told, "scenario.yaml": b"title: a war\n", "results.nc": bytes(200_000)}


def main(what: str, *rest: str) -> None:
    if what == "run":
        import ripeness

        result = ripeness.run("japan-1945", draws=16, horizon=2)
    print("ready", flush=True)
    for n in count():
        if what == "put":
            print(put_run(contents(n), Path(rest[0])).name, flush=True)
        elif what == "pack":
            print(write_capsule(Path(rest[0]), Path(rest[1]) / f"{n}.zip").name, flush=True)
        elif what == "remove":
            restore_run(remove_run(put_run(contents(0), Path(rest[0])).name, Path(rest[0])), Path(rest[0]))
        elif what == "unpack":
            shelf = Path(rest[1]) / str(n)
            print(n, put_run(read_capsule(Path(rest[0])), shelf).name, flush=True)
        else:
            print(n, result.keep(Path(rest[0]) / str(n)).name, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
