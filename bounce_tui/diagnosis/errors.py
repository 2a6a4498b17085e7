"""What is wrong with a rule file, and the error of one that cannot be used."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Level = Literal["error", "warning", "note"]


class Fault(Struct, frozen=True, array_like=True):
    """One thing to mend.  `file` names the rule file, `entry` the rule or table in it, `problem` what is
    wrong and `fix` what to write instead.  `line` and `column` are counted from 1, in characters; 0
    where the fault has no place.  An error keeps its rule out, or its file where `entry` is empty; a
    warning and a note do not."""

    file: str
    entry: str
    problem: str
    fix: str
    line: int = 0
    column: int = 0
    level: Level = "error"

    @property
    def words(self) -> str:
        """Place, entry, problem and fix on one line, without the file."""
        place = f"line {self.line}, column {self.column}: " if self.line else ""
        entry = f"{self.entry}: " if self.entry else ""
        return f"{place}{entry}{self.problem}; {self.fix}"

    def followed_by(self, count: int) -> "Fault":
        """This fault, saying that so many more follow in its file."""
        if not count:
            return self
        more = "one more fault" if count == 1 else f"{count} more faults"
        return replace(self, fix=f"{self.fix} ({more}: bounce-tui rules check)")


class RuleError(Exception):
    """A rule file that came with the program is wrong; `fault` says how."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.file}: {fault.words}")
        self.fault = fault
        self.file = fault.file
        self.entry = fault.entry
        self.problem = fault.problem
        self.fix = fault.fix

    def __reduce__(self) -> tuple[type["RuleError"], tuple[Fault]]:
        return RuleError, (self.fault,)
