"""How many places a newcomer touches by hand for a new thing of a kind that the house has many of."""

from __future__ import annotations

import subprocess

# What `make reference` writes, and what only tells of the past.
WRITTEN = ("docs/reference/", "docs/textbook/rules/index.md", "CHANGELOG.md")


def naming(root, word, *folders):
    """The files of the repository that hold a word, but for generated ones."""
    found = subprocess.run(
        ["git", "grep", "-lw", "--untracked", word, "--", *folders],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return {path for path in found.stdout.split() if not path.startswith(WRITTEN)}


def test_a_decision_rule_is_named_by_its_file_the_table_its_page_and_its_published_numbers_alone(root):
    # The rule whose name is no word of anything else; that its page is compared with by others is no touch.
    found = naming(root, "nash_bargaining", "src", "docs/textbook", "*.toml", "*.yml", ".importlinter", "Makefile")
    assert found - {"docs/textbook/rules/weighted_mean.md"} == {
        "src/ripeness/decision/nash_bargaining.py",
        "src/ripeness/decision/rules.py",
        "docs/textbook/rules/nash_bargaining.md",
    }


def test_every_rule_of_the_table_has_a_page_of_its_own(root):
    from ripeness.decision.rules import TABLE

    pages = {path.stem for path in (root / "docs/textbook/rules").glob("*.md")} - {"index"}
    assert {rule.file or rule.name for rule in TABLE.values()} == pages


def test_every_rule_of_the_table_can_be_called():
    from ripeness.decision.rules import TABLE

    assert all(callable(rule.kernel) for rule in TABLE.values())
    assert {rule.name for rule in TABLE.values() if rule.rounds} == {"challenge-scholz-table2", "challenge-eq31"}
