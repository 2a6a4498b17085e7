"""The grammar: terms side by side are joined by "and", which binds tighter than "|"; "!" negates.

In place of the signs "and", "or" and "not" may stand.

filter := both ("|" both)*
both   := one ("&"? one)*
one    := "!" one | "(" filter ")" | "@" name of a saved filter | term
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches

from bounce_tui.triage.filter.terms import (
    VALUE_TERMS,
    WORD_TERMS,
    Context,
    SessionTest,
    Test,
    Words,
    nearly,
    term_of,
    value_term_of,
)
from bounce_tui.triage.filter.tokens import FilterError, Token, tokens
from bounce_tui.triage.row import RecipientOutcome, Row, outcomes_of

__all__ = ["Filter", "FilterError", "read_filter"]

LONGEST = 500
_NONE_SAVED: Mapping[str, str] = {}
DEEPEST = 30


class Filter:
    """A filter that was read: call it with a row, which passes where one of its outcomes does.  `text` is as
    the user wrote it, `notes` say which words were read as a term of another name; with `one_by_one` the
    recipients of one outcome are tested one by one, as they may differ."""

    def __init__(
        self,
        text: str,
        test: Test,
        doubtful: Sequence[Words] = (),
        notes: Sequence[str] = (),
        *,
        one_by_one: bool = False,
    ) -> None:
        self.text = text
        self._test = test
        self._doubtful = doubtful
        self._notes = notes
        self._one_by_one = one_by_one

    def __call__(self, row: Row) -> bool:
        """Whether any outcome of the row passes."""
        return self._test(row, row) or (bool(row.others) and next(self.passing(row), None) is not None)

    def passing(self, row: Row) -> Iterator[RecipientOutcome]:
        """The outcomes of the mail that pass."""
        for outcome in outcomes_of(row):
            if self._one_by_one and len(outcome.addresses) > 1:
                yield from (one for one in outcome.singly() if self._test(row, one))
            elif self._test(row, outcome):
                yield outcome

    def suits(self, row: Row, outcome: RecipientOutcome) -> bool:
        """Whether this outcome of the row passes: all terms must hold of the same outcome."""
        return self._test(row, outcome)

    @property
    def doubt(self) -> str:
        """The question about a word that is nearly a term and that no row has shown, else what another name
        was taken for; "" for neither."""
        for words in self._doubtful:
            if not words.found and (meant := nearly(words.value)):
                return f"{words.value} is read as a word that no mail has; did you mean {meant}?"
        return "; ".join(self._notes)


def read_filter(
    text: str,
    *,
    now: datetime | None = None,
    session: SessionTest = lambda word, row, outcome: False,
    saved: Mapping[str, str] | None = _NONE_SAVED,
) -> Filter:
    """Read `text`; an empty one lets every row pass.

    Args:
        now: What ages count from; the present by default.
        session: Whether a row is "marked", or one of its outcomes "checked", for what the row itself does
            not know.
        saved: Filters by name, each of which stands for itself where "@name" is written; None for a filter
            that is itself saved: these cannot name each other.

    Raises:
        FilterError: It cannot be read; its `place` is where.
    """
    if len(text) > LONGEST:
        raise FilterError(f"a filter has at most {LONGEST} characters", LONGEST)
    context = Context(now or datetime.now(UTC), session)
    reader = _Reader(tuple(tokens(text)), context, saved)
    test = reader.read()
    return Filter(text, test, reader.doubtful, reader.notes, one_by_one=reader.one_by_one)


# A test with its cost: of several that must all hold the cheap ones are asked first.
_Costed = tuple[int, Test]


class _Reader:
    """Reads the tokens of one filter by recursive descent; `doubtful` words may be mistyped terms."""

    def __init__(
        self,
        found: Sequence[Token],
        context: Context,
        saved: Mapping[str, str] | None,
    ) -> None:
        self._tokens = found
        self._context = context
        self._saved = saved
        self.doubtful: list[Words] = []
        self.notes: list[str] = []
        # Terms that look at addresses; whether one needs each recipient by itself, and anything is negated.
        self.naming = 0
        self.parts = False
        self.negates = False
        self._at = 0
        self._depth = 0

    def read(self) -> Test:
        """The test that the whole text of the filter asks for; raises FilterError."""
        if self._next.kind == "end":
            return lambda row, outcome: True
        _, test = self._either()
        if self._next.kind == "close":
            raise FilterError("no bracket was opened before this one", self._next.place)
        return test

    @property
    def one_by_one(self) -> bool:
        """Whether several terms, or one that is negated, look at addresses, or one at what only one has."""
        return self.parts or self.naming > 1 or (self.naming > 0 and self.negates)

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _either(self) -> _Costed:
        choices = [self._both()]
        while self._next.kind == "or":
            self._take()
            choices.append(self._both())
        return _joined(choices, any_of=True)

    def _both(self) -> _Costed:
        parts = [self._one()]
        while self._next.kind not in ("or", "close", "end"):
            if self._next.kind == "and":
                self._take()
            parts.append(self._one())
        return _joined(parts, any_of=False)

    def _one(self) -> _Costed:
        token = self._take()
        if token.kind == "term":
            if token.names_saved:
                return self._from_saved(token)
            return self._term(token)
        if token.kind not in ("not", "open"):
            what = "the end" if token.kind == "end" else "this"
            raise FilterError(f"something to look for is missing before {what}", token.place)
        self._depth += 1
        if self._depth > DEEPEST:
            raise FilterError(f"more than {DEEPEST} brackets and negations inside each other", token.place)
        if token.kind == "not":
            cost, test = self._one()
            self._depth -= 1
            self.negates = True
            return cost, lambda row, outcome: not test(row, outcome)
        inner = self._either()
        self._depth -= 1
        if self._next.kind != "close":
            raise FilterError("this bracket is never closed", token.place)
        self._take()
        return inner

    def _from_saved(self, token: Token) -> _Costed:
        name = token.value[1:]
        if self._saved is None or name not in self._saved:
            if unknown := _unknown_filter(name, self._saved):
                raise FilterError(unknown, token.place)
            return self._term(token)
        reader = _Reader(tuple(tokens(self._saved[name])), self._context, None)
        try:
            test = reader.read()
        except FilterError as error:
            raise FilterError(f"the saved filter {name}: {error.reason}", token.place) from None
        self.doubtful += reader.doubtful
        self.naming += reader.naming
        self.parts |= reader.parts
        self.negates |= reader.negates
        return 2, test

    def _term(self, token: Token) -> _Costed:
        if token.name:
            term = value_term_of(token.name)
            self.naming += term is not None and term.name == "to"
            self.parts |= term is not None and term.singly
            return _question(token, self._context)
        if token.is_quoted:
            self.naming += 1
            return 3, Words(token.value)
        if name := term_of(token.value):
            if name != token.value.casefold():
                self.notes.append(f"{token.value} is read as {name}; in quotes it is the word")
            self.parts |= WORD_TERMS[name].singly
            return 1, WORD_TERMS[name].make(self._context)
        self.naming += 1
        words = Words(token.value)
        self.doubtful.append(words)
        return 3, words


def _joined(parts: list[_Costed], *, any_of: bool) -> _Costed:
    if len(parts) == 1:
        return parts[0]
    parts.sort(key=lambda part: part[0])
    tests = tuple(test for _, test in parts)
    cost = max(cost for cost, _ in parts)
    if any_of:
        return cost, lambda row, outcome: any(test(row, outcome) for test in tests)
    return cost, lambda row, outcome: all(test(row, outcome) for test in tests)


def _question(token: Token, context: Context) -> _Costed:
    term = value_term_of(token.name)
    if term is None:
        if word := term_of(token.name) or term_of(token.value):
            raise FilterError(f"{word} stands by itself, without {token.sign}", token.place)
        raise FilterError(_unknown(token.name), token.place)
    if token.sign not in term.signs:
        raise FilterError(f"write it like {term.example}", token.place)
    if not token.value:
        raise FilterError(f"a value is missing, as in {term.example}", token.value_at)
    try:
        value = token.sign + token.value if token.sign != ":" else token.value
        return term.cost, term.make(value, context)
    except ValueError as error:
        raise FilterError(str(error), token.value_at) from None


def _unknown_filter(name: str, saved: Mapping[str, str] | None) -> str:
    """What is wrong with "@name"; "" where it is more likely the end of an address, "@example.net"."""
    if saved is not None and (close := get_close_matches(name, saved, n=1)):
        return f"no filter is saved as {name}; did you mean @{close[0]}?"
    if "." in name:
        return ""
    if saved is None:
        return "a saved filter cannot name another"
    return f"no filter is saved as {name or 'that'}; in quotes it is a word"


def _unknown(name: str) -> str:
    close = get_close_matches(name, VALUE_TERMS, n=1)
    meant = f"; did you mean {close[0]}:?" if close else ""
    return f"there is nothing called {name}:{meant}"
