"""Where a rule is written."""

from bounce_tui.diagnosis.rule import Rule
from bounce_tui.diagnosis.rule_cache import KNOWLEDGE
from bounce_tui.diagnosis.toml_places import Places, ScanError, scan
from bounce_tui.diagnosis.user_rules import read_rule_file


def place_of(rule: Rule) -> str:
    """The file of `rule`, and `:LINE` where it is still found there."""
    path = rule.file if rule.own else str(KNOWLEDGE / rule.file)
    try:
        text = read_rule_file(path).decode("utf-8-sig").replace("\r\n", "\n")
        offsets = scan(text)
    except (OSError, UnicodeDecodeError, ScanError):
        return path
    places = Places(text, offsets)
    for place, offset in offsets.items():
        if place[-1] == "id":
            line, _ = places.at(offset)
            value = text[offset : text.find("\n", offset)].partition("=")[2].partition("#")[0]
            if value.strip().strip("\"'") == rule.id:
                return f"{path}:{line}"
    return path
