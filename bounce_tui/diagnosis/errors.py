"""The error of a rule file that cannot be used."""


class RuleError(Exception):
    """A rule file is wrong.  `file` names it, `entry` the rule or table in it, `problem` what is
    wrong and `fix` what to write instead."""

    def __init__(self, file: str, entry: str, problem: str, fix: str) -> None:
        super().__init__(f"{file}: {entry}: {problem}; {fix}")
        self.file = file
        self.entry = entry
        self.problem = problem
        self.fix = fix
