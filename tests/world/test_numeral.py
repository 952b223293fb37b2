"""Numbers as people write them: right, or refused; never silently a thousandth."""

from __future__ import annotations

import pytest

from ripeness.world.numeral import NotANumber, numeral_marks, parse_amount


def values(texts, others=(), highest=float("inf")):
    column, table = numeral_marks(texts), numeral_marks([*texts, *others])
    return [parse_amount(text, column, table, highest).value for text in texts]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("+7", 7),
        ("-7", -7),
        ("\u22127", -7),
        ("\u20137.5", -7.5),
        (".5", 0.5),
        (",5", 0.5),
        ("5.", 5),
        ("0,55", 0.55),
        ("0.125", 0.125),
        ("1234.567", 1234.567),
        ("1,5e3", 1500),
        ("1.250.000", 1250000),
        ("1,250,000", 1250000),
        ("1,250.5", 1250.5),
        ("1.250,5", 1250.5),
        ("1 250", 1250),
        ("1\u00a0250", 1250),
        ("1\u202f250,5", 1250.5),
        ("1'250", 1250),
        ("1\u2019250", 1250),
        ("12.5", 12.5),
        ("\uff11\uff12", 12),
        ("\u0663", 3),
        (" 8.83 ", 8.83),
    ],
)
def test_a_number_reads_as_its_writer_meant(text: str, value: float):
    assert values([text]) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        ".",
        "x",
        "5\u00b2",
        "\u2075",
        "1_000",
        "1,2,3",
        "1.25.3",
        "1.250,50.1",
        "nan",
        "inf",
        "0x1",
        "1 25",
        "5 10",
        "1e",
        "--1",
    ],
)
def test_what_is_no_number_is_refused(text: str):
    with pytest.raises(NotANumber, match="is not a number"):
        values([text])


@pytest.mark.parametrize("others", [(), ("0.5", "30"), ("2.5",)])
@pytest.mark.parametrize("beside", ["900", "20", "400", "1 900"])
@pytest.mark.parametrize("text", ["1.250", "1,250", "12.500", "-1.250"])
def test_a_mark_before_three_figures_beside_larger_whole_numbers_is_refused_with_both_readings(
    text: str, beside: str, others
):
    decimal = "," if "," in text else "."
    shown = [other.replace(".", decimal) for other in others] if beside == "900" else ()
    with pytest.raises(NotANumber) as caught:
        values([text, beside], shown)
    assert beside in str(caught.value) or "write both" in str(caught.value)
    assert "write " in str(caught.value)


@pytest.mark.parametrize(
    ("texts", "others", "expected"),
    [
        (["1.250", "900"], ["0,5"], [1250, 900]),
        (["1,250", "900"], ["0.5"], [1250, 900]),
        (["1.250", "1.250.000"], [], [1250, 1250000]),
        (["1.250", "2.5"], [], [1.25, 2.5]),
        (["102.543", "53.393"], ["75.79"], [102.543, 53.393]),
        (["0.125", "1.000"], [], [0.125, 1]),
        (["33.333", "66.667", "0", "100"], [], [33.333, 66.667, 0, 100]),
        (["8.833", "4", "10"], [], [8.833, 4, 10]),
    ],
)
def test_what_a_mark_means_is_read_off_the_column_then_off_the_table(texts, others, expected):
    assert values(texts, others) == expected


def test_where_the_highest_is_known_thousands_are_ruled_out():
    assert values(["33.333"], highest=100) == [33.333]


def test_a_column_that_leaves_both_readings_open_is_refused():
    for texts in (["1.250", "2.375"], ["1.250"], ["1,250.5", "1.250,5", "1,250"]):
        with pytest.raises(NotANumber, match="may be"):
            values(texts)


def test_a_reading_by_other_numbers_is_said():
    assert "as '0,5' shows" in parse_amount("1.250", numeral_marks(["900"]), numeral_marks(["0,5"])).note
    assert parse_amount("1.25", numeral_marks([])).note == ""
