"""What a text brings as a sample: documentation, newsletters and courses show bounces that nobody got."""

import re

from bounce_tui.parsing.recognition.plausible import speaks_of_himself
from bounce_tui.regex import regex

_SAMPLE = regex(
    r"\bfor example\b(?!\.\w)|\bfor instance\b|\be\. ?g\.|\bsuch as\b|\btypical(?:ly)?\b"
    r"|\b(?:an?|the|this|our) (?:\w{1,20} ){0,2}(?:example|sample)\b(?!\.\w)"
    r"|(?<![\w.@-])(?:example|sample)s?(?: of [^\n]{1,60})?:|\blike (?:this|these|the following)(?: one)?:"
    r"|\b(?:looks?|reads?) (?:somewhat |something )?like\b"
    r"|zum beispiel|\bz\. ?b\.|\bbeispiel|\betwa so\b|par exemple|\bexemples?\b|por ejemplo|\bejemplos?\b"
    r"|(?:per|ad) esempio|\besempi?o?\b|por exemplo|\bexemplos?\b|bijvoorbeeld|\bvoorbeeld|na przykład"
    r"|\bprzykład|například|\bpříklad|napríklad|\bpríklad|например|\bпример|наприклад|\bприклад"
    r"|till exempel|\bexempel|for eksempel|\beksempel|esimerki|például|\bpéld[aá]|örneğin|\börnek"
    r"|de exemplu|\bexemplu|παράδειγμα|na primjer|na primer|\bprimjer|例えば|たとえば|サンプル|例如|比如"
    r"|示例|范例|範例|예를 들어|예시|مثال|לדוגמ|ví dụ|\bcontoh|ตัวอย่าง"
)
# People who got a bounce write "for example", too.
_OWN = regex(
    r"\b(?:my|me|(?:our|all) (?:mails?|e-?mails?|messages?|customers?|users?|server)"
    r"|we(?:'re| are| have been)? (?:get|got|getting|see|seeing|receiv\w{1,3})"
    r"|(?:can|could|would) (?:you|anyone|anybody|someone)|please help|any idea|meine?[mnrs]?|mir"
    r"|uns(?:er\w{0,2})?|wir (?:bekommen|erhalten|kriegen)|(?:können|könnten) sie|kannst du|könnt ihr"
    r"|mon|mes|moi|nos|notre|pouvez-vous|peux-tu|mis?|nuestr[oa]s?|recibimos|pueden?|mio|miei"
    r"|nostr[oaie]|riceviamo|potete|meus?|minhas?|noss[oa]s?|mijn|onze|we krijgen|kunnen jullie|kunt u"
    r"|moje|mój|nasze|můj|naše|moi|мои|мой|моё|мне|наши|наш|min|mina|mitt|vår|våra|mine|vores|våre)\b"
)
# "| 550 5.1.1 | Recipient unknown |": a code alone in its cell, of a table that explains codes.
_EXPLAINED = regex(
    r"^[ \t|*-]{0,8}(?:[245]\d\d(?: [245]\.\d{1,3}\.\d{1,3})?(?: ?/ ?[245]\d\d)?|[245]\.\d{1,3}\.\d{1,3})"
    r"[ *]{0,20}(?:[|\t=]| {2,}| [–—-] )(?=[^\n@]{0,300}$)",
    re.M,
)
_FEWEST_EXPLAINED = 3
_EVIDENCE = regex(r"^.*?(?:@|\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b)", re.M)
_NEAR = 500
"""Characters above a sample in which it is announced."""


def is_sample(above: str) -> bool:
    """True where what stands `above` a reply or a report announces it as a sample, and speaks of nobody's own
    mail."""
    said = " ".join(above[-_NEAR:].lower().split())
    if _SAMPLE.search(said) is None:
        return False
    return not speaks_of_himself(said) and _OWN.search(said) is None


def brings_sample(text: str) -> bool:
    """True where the first line of `text` with a reply or an address in it is a sample."""
    first = _EVIDENCE.search(text)
    return first is not None and is_sample(text[: first.end()])


def explains_codes(text: str) -> bool:
    """True for a table of codes and what they mean: no mail met with all of them."""
    rows = _EXPLAINED.findall(text)
    return len(rows) >= _FEWEST_EXPLAINED and len(set(rows)) == len(rows)
