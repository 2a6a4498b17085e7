"""What DNS says today: the planned checks of a bounce, their results and the verdict.

`planning` says what to look at, `kinds` holds the checks, one module each, `running` runs them and `verdicts`
judges what they found.  The other packages know what the checks are about: `dns`, `names`, `blocklists`,
`route` and `authentication`.
"""
