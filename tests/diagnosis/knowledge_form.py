"""The form of the rule files: what order their rules and keys stand in, and how they are spaced.

Rules stand in the file of their provider or, where many servers write the words, of their reason; there in
sections, each below a comment with a blank line behind it; within a section by id.  Files named
`meanings*` keep the order that they have, because the first meaning that fits wins.  Keys stand in the
order of KEYS, comments with what follows them, and one blank line before each rule.  Values are left as
they are written.

    python tests/diagnosis/knowledge_form.py            names the files that are not in form
    python tests/diagnosis/knowledge_form.py --write    puts them in form
"""

import re
import sys
import tomllib
from typing import Any

from bounce_tui.diagnosis.rule_cache import KNOWLEDGE, knowledge_files
from bounce_tui.diagnosis.toml_places import scan

HEAD = (
    "provider",
    "host_suffix",
    "also_hosts",
    "recipient_domains",
    "mentions",
    "names",
    "url",
    "source",
    "last",
    "off",
)
KEYS = (
    *("id", "formerly", "reason"),
    *(
        "contains",
        "token",
        "any_of",
        "meaning",
        "token_range",
        "regex",
        "unless",
        "reply",
        "status",
        "command",
    ),
    *("foreign", "exact", "weak", "needs_provider", "not_elsewhere", "shared", "temporary"),
    *("cause", "steps", "only_these_steps", "who_acts", "checks", "lists", "speaks_of"),
    *("url", "also"),
    *("k12_causes", "godaddy_groups", "unverified", "source", "examples"),
)
_KEEPS_ITS_ORDER = "meanings"
_RULE = "[[rule]]"
_ATTACHED = re.compile(r"(?:^#[^\n]*\n)+\Z", re.MULTILINE)


def holds_rules(text: str) -> bool:
    """Whether a file is one of rules, and not of reasons, lists, codes or concepts."""
    return re.search(r"^\[\[rule\]\]$", text, re.MULTILINE) is not None


def formatted(name: str, text: str) -> str:
    """`text` of the rule file `name` in form."""
    offsets = scan(text)
    starts = [offset for path, offset in offsets.items() if len(path) == 2 and path[0] == "rule"]
    begins = [start - len(_attached(text[:start])) for start in starts]
    above, section = _without_section(text[: begins[0]])
    before, head = _cut(above, {str(path[0]): at for path, at in offsets.items() if len(path) == 1})
    pieces = [before + "".join(head[key] for key in sorted(head, key=HEAD.index)), section]
    keys: dict[str | int, dict[str, int]] = {}
    for path, at in offsets.items():
        if len(path) == 3 and path[0] == "rule":
            keys.setdefault(path[1], {})[str(path[2])] = at
    rules: list[tuple[str, str]] = []
    for number, (begin, start, end) in enumerate(zip(begins, starts, [*begins, len(text)][1:], strict=True)):
        body, section = _without_section(text[start:end])
        _, chunks = _cut(body, {key: at - start for key, at in keys[number].items()})
        whole = f"{_RULE}\n{''.join(chunks[key] for key in sorted(chunks, key=KEYS.index))}"
        rules.append((tomllib.loads(whole)["rule"][0]["id"], text[begin:start] + whole))
        if section or end == len(text):
            pieces += [rule for _, rule in (rules if name.startswith(_KEEPS_ITS_ORDER) else sorted(rules))]
            pieces.append(section)
            rules = []
    return "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip()) + "\n"


def _attached(before: str) -> str:
    """The comment lines right above what follows `before`."""
    found = _ATTACHED.search(before)
    return found[0] if found else ""


def _without_section(body: str) -> tuple[str, str]:
    """A rule's own text, and the comments that head the next section."""
    found = re.search(r"\n\n(#[^\n]*\n(?:[#\n][^\n]*\n?)*)\Z", body)
    return (body[: found.start() + 1], found[1]) if found else (body, "")


def _cut(text: str, keys: dict[str, int]) -> tuple[str, dict[str, str]]:
    """What stands before the first of `keys`, and the text of each with the comments above it."""
    order = sorted(keys, key=keys.__getitem__)
    begins = [keys[key] - len(_attached(text[: keys[key]])) for key in order]
    chunks = {}
    ends = [*begins, len(text)][1:] if begins else []
    for key, begin, end in zip(order, begins, ends, strict=True):
        chunks[key] = text[begin:end].strip("\n") + "\n"
    first = begins[0] if begins else len(text)
    before = text[:first].removeprefix(_RULE)
    return before, chunks


def meant(text: str) -> Any:
    """What `text` says, whatever order its rules stand in."""
    table = tomllib.loads(text)
    return {**table, "rule": sorted(table["rule"], key=lambda rule: rule["id"])}


def main(write: bool) -> int:
    out_of_form = 0
    for name, raw in knowledge_files():
        text = raw.decode()
        if not holds_rules(text):
            continue
        form = formatted(name, text)
        if form == text:
            continue
        assert meant(form) == meant(text), f"{name}: the form would say something else"
        assert sorted(re.findall("#.*", form)) == sorted(re.findall("#.*", text)), (
            f"{name}: a comment is lost"
        )
        out_of_form += 1
        if write:
            (KNOWLEDGE / name).write_text(form)
        print(name, "was put in form" if write else "is not in form")
    return 1 if out_of_form and not write else 0


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
