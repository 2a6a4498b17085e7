"""How many there are of something, as every page says it."""


def counted(number: int, noun: str) -> str:
    """`1 mail`, `1,200 mails`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
