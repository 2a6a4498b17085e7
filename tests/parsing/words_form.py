"""The form of the files of words: in each group the words in the order of their letters, none twice.

python tests/parsing/words_form.py            names the files that are not in form
python tests/parsing/words_form.py --write    puts them in form
"""

import re
import sys

from bounce_tui.parsing.words.lexicon import FOLDER

FILES = sorted(FOLDER.glob("*.toml"))
GROUP = re.compile(r"(?P<comment>(?:^#[^\n]*\n)*)^(?P<name>\w+) = '''\n(?P<lines>.*?)^'''$", re.M | re.S)


def formatted(text: str) -> str:
    """The `text` of a file in form."""
    return GROUP.sub(_in_order, text)


def _in_order(group: re.Match[str]) -> str:
    lines = sorted(filter(None, set(group["lines"].split("\n"))))
    return "\n".join((f"{group['comment']}{group['name']} = '''", *lines, "'''"))


def main() -> int:
    """Puts the files in form or names those that are not; 1 where one is not."""
    odd = 0
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        if formatted(text) != text:
            odd += 1
            print(path.name)
            if "--write" in sys.argv:
                path.write_text(formatted(text), encoding="utf-8")
    return int(odd > 0 and "--write" not in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
