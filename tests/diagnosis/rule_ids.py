"""The ids that rules have had: users name them in their own files, so that none may vanish.

python tests/diagnosis/rule_ids.py       adds the ids of new rules to rule_ids.txt
"""

from pathlib import Path

LIST = Path(__file__).with_name("rule_ids.txt")


def listed() -> list[str]:
    """The ids on the list, sorted."""
    return LIST.read_text().split()


def main() -> None:
    from bounce_tui.diagnosis import rules

    ids = {rule.id for rule in rules() if not rule.own}
    LIST.write_text("".join(f"{id_}\n" for id_ in sorted({*listed(), *ids})))


if __name__ == "__main__":
    main()
