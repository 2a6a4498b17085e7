"""The config file: what it says counts, what is wrong in it is named and left out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.config.reading import MOST, Config, config_path, example, read_config
from bounce_tui.config.settings import Display, Dns, Memory, Sender, Settings
from bounce_tui.config.toml_file import read_toml_file


@pytest.fixture
def reading(tmp_path: Path):
    def read(text: str | bytes) -> Config:
        path = tmp_path / "config.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_config(path)

    return read


def test_it_lies_beside_the_folder_of_the_users_rules() -> None:
    from bounce_tui.diagnosis.user_rules import user_folder

    assert config_path() == user_folder().parent / "config.toml"


def test_without_a_file_everything_is_default(tmp_path: Path) -> None:
    config = read_config(tmp_path / "config.toml")
    assert (config.exists, config.settings, config.faults) == (False, Settings(), ())


def test_every_setting_is_read_as_it_is_written(reading) -> None:
    config = reading(
        '[keys]\ndone = "x"\nundo = ["u", "ctrl+r"]\nsort = ""\n[sender]\nips = ["192.0.2.1"]\n'
        'domains = ["example.org"]\n[dns]\nnameserver = "192.0.2.53"\n[display]\nplain = true\n'
        '[memory]\ndays = 0\n[filters]\nmine = "from:@example.org"\n[lists]\nspamhaus = "key"\n'
    )
    assert config.faults == ()
    assert config.settings == Settings(
        {"done": ("x",), "undo": ("u", "ctrl+r"), "sort": ()},
        Sender(("192.0.2.1",), ("example.org",)),
        Dns("192.0.2.53"),
        Display(plain=True),
        Memory(0),
        {"mine": "from:@example.org"},
        {"spamhaus": "key"},
    )


def test_the_example_is_valid(reading) -> None:
    config = reading(example())
    assert config.faults == ()
    assert config.settings.sender.ips
    assert config.settings.keys
    assert config.settings.filters
    assert config.settings.dns.nameserver


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[sendr]\n", "line 1, column 1: sendr: there is no table 'sendr' here; did you mean \"sender\"?"),
        (
            "[sender]\nip = []\n",
            "line 2, column 1: sender.ip: there is no key 'ip' here; did you mean \"ips\"?",
        ),
        (
            '[sender]\nips = "192.0.2.1"\n',
            'line 2, column 1: sender.ips: `ips` wants a list in [brackets]; write it like ["one", "two"]',
        ),
        (
            '[sender]\nips = [\n  "192.0.2.1",\n  5,\n]\n',
            'line 4, column 3: sender.ips: this wants text in quotes; write it like "this"',
        ),
        (
            '[display]\nplain = "yes"\n',
            "line 2, column 1: display.plain: this wants true or false; write true or false, without quotes",
        ),
        *(
            (
                f"[memory]\ndays = {days}\n",
                "line 2, column 1: memory.days: this wants a number of days; "
                "write a whole number from 0 to 36500",
            )
            for days in ('"90"', "-1", "true", "1.5", "99999999999")
        ),
        ("dns = 3\n", "line 1, column 1: dns: `dns` is no table; write [dns] above its keys"),
        (
            "[keys]\ndone = 3\n",
            'line 2, column 1: keys.done: this wants text in quotes; write it like "this"',
        ),
        (
            '[filters]\na = " "\n',
            "line 2, column 1: filters.a: there is nothing in the quotes; "
            "write something, or leave the line out",
        ),
        (
            "[keys]\ndone =\n",
            "line 2, column 7: no TOML: no value stands here; mend this line, or the one above",
        ),
        (
            '[keys]\ndone = "x"\ndone = "y"\n',
            "line 3, column 11: no TOML: Cannot overwrite a value; mend this line, or the one above",
        ),
    ],
)
def test_a_fault_names_line_key_and_fix(reading, text: str, words: str) -> None:
    assert [fault.words for fault in reading(text).faults] == [words]


def test_what_is_right_beside_a_fault_counts(reading) -> None:
    config = reading('[keys]\ndone = 3\nundo = "r"\n[sender]\nips = [1, "192.0.2.1"]\n[odd]\n')
    assert len(config.faults) == 3
    assert config.settings.keys == {"undo": ("r",)}
    assert config.settings.sender.ips == ("192.0.2.1",)


def test_a_list_without_one_good_key_takes_no_key_away(reading) -> None:
    assert reading("[keys]\ndone = [3]\n").settings.keys == {}


@pytest.mark.parametrize(
    ("raw", "problem"),
    [(b'[keys]\na = "\xff"\n', "not UTF-8"), (b"x" * ((1 << 20) + 1), "larger than 1 MiB")],
)
def test_a_file_that_is_no_text_is_a_fault(reading, raw: bytes, problem: str) -> None:
    config = reading(raw)
    assert config.settings == Settings()
    assert len(config.faults) == 1
    assert problem in config.faults[0].problem


def test_a_folder_in_its_place_is_a_fault(tmp_path: Path) -> None:
    config = read_config(tmp_path)
    assert config.exists
    assert "a folder, not a file" in config.faults[0].problem


def test_a_link_to_nothing_in_its_place_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "config.toml").symlink_to(tmp_path / "dotfiles" / "config.toml")
    config = read_config(tmp_path / "config.toml")
    assert "a link to what is not there" in config.faults[0].problem
    assert config.settings == Settings()


def test_of_very_many_entries_the_first_count(reading) -> None:
    config = reading("[filters]\n" + "".join(f'f{n} = "x"\n' for n in range(MOST + 5)))
    assert len(config.settings.filters) == MOST
    assert [fault.entry for fault in config.faults] == ["filters"]


@given(st.binary(max_size=300) | st.text(alphabet="[]{}\"'=.,#\n abkeys1", max_size=200).map(str.encode))
def test_no_bytes_bring_an_error(raw: bytes) -> None:
    toml = read_toml_file("config.toml", raw)
    assert not (toml.table and toml.faults)
