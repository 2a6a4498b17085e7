"""Text without what names a person in any text: local parts, X.500 names, home folders, encoded words."""

from bounce_tui.regex import regex

GONE = "…"
# An address, or one in xtext (RFC 3461 section 4) or in a URL.
_AT = regex(r"(@|\+40|%40)(?=[^\s@<>])")
# Matched against reversed text, from the @ leftwards, so that each character is looked at once.  Of a Notes
# name ("Jane Roe/Sales/ACME@ACME") the words before the blanks belong to it.
_LOCAL_PART = regex(
    r"\"[^\"\n]{0,1000}\""
    r"|[^\s@<>\"(),;:/]{1,64}/[^\s@<>\"(),;:]{0,200}(?: [^\s@<>\"(),;:/]{0,40}[A-Z](?![^\s<>\"(),;:])){0,3}"
    r"|[^\s@<>\"(),;:]+"
)
# CN=Jane Roe/OU=Sales, /o=Corp/cn=jroe, and the personal names of X.400: /S=Roe/G=Jane/.
_X500 = regex(
    r"\b([Cc][Nn]=|(?<=[/;])(?:[SGIsgi]|[Pp][Nn]|[Gg][Ii])=)"
    r"(?:[^/;,@\n<>\"()]{1,120}(?=[/;,@<>\"()])|[^/;,@\s<>\"()]+(?: [A-Z][^/;,@\s<>\"()]*){0,4})"
)
# An absolute path, of which all but the first folder may be somebody's.
_PATH = regex(
    r"(?<![\w.:/=~…-])(/(?!(?:usr|etc|s?bin|lib|dev|proc)/)[A-Za-z][\w-]{0,20}/)"
    r"(?![A-Za-z]{1,8}=)[^\s/<>\"'(),;:](?:[^\s<>\"'(),;:]|:(?!\s|$))*"
)
# Markdown has its backslashes doubled.
_PROFILE = regex(r"(?i)(\\{1,2}(?:users|documents and settings)\\{1,2})[^\\\s<>\"']+")
_ENCODED = regex(r"=\?[\w.*-]{1,40}\?[bBqQ]\?[^?\s]{0,998}\?=")


def without_local_parts(text: str) -> str:
    """`text` with `…` for what stands before the @ of each address, quoted or not, for X.500 names, home
    folders and encoded words; linear."""
    if "=?" in text:
        text = _ENCODED.sub(GONE, text)
    pieces = _AT.split(text)
    for at in range(0, len(pieces) - 1, 2):
        backwards = pieces[at][::-1]
        found = _LOCAL_PART.match(backwards)
        if found is not None:
            pieces[at] = backwards[found.end() :][::-1] + GONE
    text = _X500.sub(rf"\1{GONE}", "".join(pieces))
    return _PROFILE.sub(rf"\1{GONE}", _PATH.sub(rf"\1{GONE}", text))
