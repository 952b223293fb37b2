"""A capsule with a valid manifest is read whole before it is kept,
and a bad run on a shelf is named while the others are listed.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile

import numpy as np
import pytest
import xarray as xr
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.store.shelf.arrays import netcdf_bytes
from ripeness.store.shelf.manifest import MANIFEST, manifest
from ripeness.store.shelf.shelf import require_shelf, shelf_at, shelf_entries
from ripeness.world.fault import Fault

DEEP = b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.fixture(scope="module")
def files():
    return ripeness.run("japan-1945", draws=16, horizon=2).contents()


def capsule(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {**files, MANIFEST: manifest(files).encode()}.items():
            made.writestr(name, content)
    return path


def on_shelf(shelf, files):
    """A run as its maker may put it on a shelf by hand: no check, a manifest that agrees."""
    folder = shelf / f"{len(list(shelf.iterdir())):016d}x"
    folder.mkdir()
    for name, content in {**files, MANIFEST: manifest(files).encode()}.items():
        (folder / name).write_bytes(content)
    return folder


def changed(raw, **keys):
    return json.dumps({**json.loads(raw), **keys}).encode()


def without(raw, key):
    return json.dumps({name: value for name, value in json.loads(raw).items() if name != key}).encode()


RECORDS = [
    *(
        ("provenance.json", lambda raw, value=value: changed(raw, draws=value))
        for value in ("8", None, [8], {}, 8.5, True, 0, -1, 10**12, float("nan"))
    ),
    *(
        ("provenance.json", lambda raw, key=key: changed(raw, **{key: "\x1b[2Jgone"}))
        for key in ("case", "coding", "version")
    ),
    *(("provenance.json", lambda raw, key=key: without(raw, key)) for key in ("case", "draws", "seed", "version")),
    ("provenance.json", lambda raw: changed(raw, set={"a\x1b[2J": "1"})),
    ("provenance.json", lambda raw: changed(raw, set={"power": 5})),
    ("provenance.json", lambda raw: changed(raw, set={"power": "x" * 20_000})),
    ("provenance.json", lambda raw: changed(raw, set="power = 5")),
    ("provenance.json", lambda raw: changed(raw, packages=["numpy"])),
    ("provenance.json", lambda raw: changed(raw, horizon="soon")),
    *(
        ("provenance.json", lambda _, raw=raw: raw)
        for raw in (DEEP, b"[]", b"null", b"", b"\xff\xfe", b"{", b"[" * 100_000, b'{"draws": ' + b"9" * 5000 + b"}")
    ),
    ("answer.json", lambda raw: changed(raw, sentence=["no", "text"])),
    ("answer.json", lambda raw: changed(raw, sentence="\x9b31m")),
    ("answer.json", lambda raw: changed(raw, sentence="\ud800")),
    ("answer.json", lambda raw: changed(raw, title={})),
    ("answer.json", lambda raw: changed(raw, outcomes=5)),
    ("answer.json", lambda raw: changed(raw, outcomes=[5])),
    ("answer.json", lambda raw: changed(raw, outcomes=[{"outcome": "frozen"}])),
    ("answer.json", lambda raw: changed(raw, months_to_end=[])),
    ("answer.json", lambda raw: changed(raw, terms={"share": {"low": "little"}})),
    ("answer.json", lambda raw: changed(raw, ledgers={"human_cost": [{}]})),
    ("answer.json", lambda _: DEEP),
    ("inputs.json", lambda _: DEEP),
    ("inputs.json", lambda _: b'{"power": 5}'),
    ("inputs.json", lambda _: b'{"power": {"value": "much"}}'),
    ("inputs.json", lambda _: b'{"power": {"said": null}}'),
    ("outcomes.csv", lambda _: b"a,b\n1,2\n"),
    ("outcomes.csv", lambda raw: raw + b"frozen,,,x,0,0,0,0,0\n"),
    ("outcomes.csv", lambda raw: raw + b"frozen,,\n"),
    ("outcomes.csv", lambda raw: raw + b"frozen,,,1e999,0,0,0,0,0\n"),
    ("outcomes.csv", lambda raw: raw + b'"' + b"x" * 200_000),
    ("outcomes.csv", lambda _: b"\xff"),
    ("scenario.yaml", lambda _: b"title: \x1b[2J\n"),
    ("scenario.yaml", lambda _: b"\xff\xfe"),
    ("log.txt", lambda _: b"\x1b]0;title\x07"),
]


def dataset(raw):
    return xr.open_dataset(io.BytesIO(raw), engine="h5netcdf").load()


def array(name, change):
    def make(raw):
        data = dataset(raw)
        return netcdf_bytes(data.assign({name: change(data[name])}))

    return make


ARRAYS = [
    ("results.nc", lambda raw: raw[: len(raw) // 2]),
    ("results.nc", lambda raw: raw[:2000] + b"\xff" * 200 + raw[2200:]),
    ("results.nc", lambda _: b""),
    ("results.nc", lambda _: b"CDF\x01" + bytes(100)),
    ("results.nc", lambda raw: netcdf_bytes(dataset(raw).drop_vars("p"))),
    ("results.nc", lambda raw: netcdf_bytes(dataset(raw).drop_vars("ending"))),
    ("results.nc", array("ending", lambda old: old.assign_attrs(flag_values=[99], flag_meanings="fighting"))),
    ("results.nc", array("ending", lambda old: old.drop_attrs())),
    ("results.nc", array("ending", lambda old: old.astype("f8"))),
    ("results.nc", array("point_of_run", lambda old: old + 1000)),
    ("results.nc", array("p", lambda old: old.isel(at=0, drop=True))),
    ("results.nc", lambda raw: netcdf_bytes(dataset(raw).assign(more=(("run", "a", "b"), np.zeros((16, 2, 2)))))),
    ("histories.nc", lambda raw: raw[: len(raw) // 3]),
    ("histories.nc", lambda _: b"not arrays"),
]


@pytest.mark.parametrize(("name", "change"), [*RECORDS, *ARRAYS])
def test_what_cannot_be_read_is_refused_before_it_is_kept(tmp_path, files, name, change):
    path = capsule(tmp_path / "run.zip", {**files, name: change(files[name])})
    with pytest.raises(Fault, match=name) as refused:
        ripeness.unpack(path, tmp_path / "shelf")
    assert str(refused.value).isprintable()
    assert not (tmp_path / "shelf").exists()


@pytest.mark.parametrize(("name", "change"), RECORDS[:-9])
def test_a_bad_run_on_a_shelf_is_named_and_the_others_are_listed(tmp_path, files, name, change):
    on_shelf(tmp_path, {**files, name: change(files[name])})
    on_shelf(tmp_path, files)
    done = CliRunner().invoke(app, ["list", "--shelf", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert done.stdout.count("damaged") == 1
    assert "\x1b" not in done.stdout
    assert sorted(bool(row.damage) for row in ripeness.list(tmp_path).runs) == [False, True]


@pytest.mark.parametrize(("name", "change"), [*ARRAYS[:-2], RECORDS[-9], RECORDS[-8]])
def test_an_export_of_a_damaged_run_is_a_fault(tmp_path, files, name, change):
    folder = on_shelf(tmp_path, {**files, name: change(files[name])})
    with pytest.raises(Fault):
        ripeness.export(folder, tmp_path / "a.xlsx", tmp_path / "a.json")


def test_a_run_whose_arrays_cannot_be_read_is_not_verified_but_named(tmp_path, files):
    folder = on_shelf(tmp_path, {**files, "results.nc": files["results.nc"][:5000]})
    with pytest.raises(Fault, match="cannot be read"):
        ripeness.verify(folder)


def test_arrays_that_unpack_to_very_much_more_are_refused_unopened(tmp_path, files):
    bomb = netcdf_bytes(xr.Dataset({"zeros": ("run", np.zeros(20_000_000))}))
    assert len(bomb) < 1_000_000
    with pytest.raises(Fault, match="unpack to 160,"):
        ripeness.unpack(capsule(tmp_path / "run.zip", {**files, "results.nc": bomb}), tmp_path / "shelf")


def test_a_text_larger_than_any_run_has_is_refused(tmp_path, files):
    noise = os.urandom(17 * 1024**2).hex().encode()
    with pytest.raises(Fault, match="more than a text"):
        ripeness.unpack(capsule(tmp_path / "run.zip", {**files, "log.txt": noise}), tmp_path / "shelf")


def test_a_file_that_no_run_has_is_refused(tmp_path, files):
    with pytest.raises(Fault, match="no file that a run has"):
        ripeness.unpack(capsule(tmp_path / "run.zip", {**files, "setup.exe": b""}), tmp_path / "shelf")


def test_a_change_with_aliases_is_a_word_and_no_bomb(tmp_path, files):
    bomb = "[&a [x, x], &b [*a, *a], &c [*b, *b]]"
    folder = on_shelf(
        tmp_path, {**files, "provenance.json": changed(files["provenance.json"], set={"talks.mediation": bomb})}
    )
    with pytest.raises(Fault):
        ripeness.verify(folder)


@pytest.mark.skipif(os.name != "posix", reason="a zero byte or an escape in a name is of POSIX systems")
def test_names_of_files_and_folders_do_not_reach_a_terminal_unread(tmp_path, files):
    folder = on_shelf(tmp_path, files)
    (folder / "\x1b[2J").write_text("")
    folder.rename(tmp_path / "\x1b[31m")
    (row,) = ripeness.list(tmp_path).runs
    assert row.name.isprintable()
    assert row.damage.isprintable()


@pytest.mark.skipif(os.name != "posix", reason="pipes with names are of POSIX systems")
def test_a_pipe_in_the_place_of_a_manifest_keeps_nobody_waiting(tmp_path):
    (tmp_path / "run").mkdir()
    os.mkfifo(tmp_path / "run" / MANIFEST)
    assert "has none" in shelf_entries(tmp_path)[0].damage


def test_a_file_in_the_place_of_a_shelf_is_a_fault(tmp_path):
    (tmp_path / "shelf").write_text("")
    for asked in (
        lambda: ripeness.list(tmp_path / "shelf"),
        lambda: require_shelf(tmp_path / "shelf"),
        lambda: ripeness.verify("x" * 5000, tmp_path / "shelf"),
    ):
        with pytest.raises(Fault):
            asked()


def test_a_home_that_cannot_be_found_is_a_fault(monkeypatch):
    def nowhere(*_):
        raise RuntimeError

    monkeypatch.setattr("pathlib.Path.expanduser", nowhere)
    with pytest.raises(Fault, match="home folder"):
        shelf_at("~nobody/shelf")


KEEPING = """
import sys
from pathlib import Path
from ripeness.store.shelf.shelf import put_run
files = {path.name: path.read_bytes() for path in Path(sys.argv[1]).iterdir()}
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[3])):
    print(put_run(files | {"log.txt": b"%d" % n}, Path(sys.argv[2])).name)
"""


def test_six_processes_that_keep_the_same_runs_all_succeed(tmp_path, files):
    (tmp_path / "files").mkdir()
    for name, content in files.items():
        (tmp_path / "files" / name).write_bytes(content[:1000] if name.endswith(".nc") else content)
    words = [sys.executable, "-c", KEEPING, str(tmp_path / "files"), str(tmp_path / "shelf"), "20"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    keepers = [subprocess.Popen(words, **pipes) for _ in range(6)]
    for keeper in keepers:
        assert keeper.stdout.readline() == "ready\n"
    for keeper in keepers:
        keeper.stdin.write("go\n")
        keeper.stdin.flush()
    said = [keeper.communicate(timeout=120) for keeper in keepers]
    assert [error for _, error in said] == [""] * 6
    assert len({answer for answer, _ in said}) == 1
    assert sorted(path.name for path in (tmp_path / "shelf").iterdir()) == sorted(said[0][0].split())
