"""A rule and a reason, as every package sees them: complete, validated, frozen."""

from typing import Literal

from msgspec import Struct, field

from bounce_tui.reason import ReasonSlug, Topic, WhoActs

Kind = Literal["code", "text", "last", "weak", "meaning", "status", "reply"]


class LateAdvice(Struct, frozen=True, gc=False):
    """What helps where a delivery has been tried for `after_s` seconds, in the place of the usual steps."""

    after_s: int
    steps: tuple[str, ...]
    who_acts: WhoActs


class Reason(Struct, frozen=True, gc=False):
    """One cause that calls for one kind of action (a slug of `knowledge/reasons.toml`).

    `temporary` is the default when neither rule nor reply tells; `time_heals` says that waiting helps
    even when the reply is of class 5.  `given_up` is the reason when a queue ended its attempts after
    failures of this kind.  `hard` marks the reasons for which an address or domain is dead.
    `k12_causes` are numbers of the K12USA guide (1-7, empty beyond them), `godaddy_groups` the groups
    of GoDaddy's table.  `late` is for who has waited in vain already, `returned` what helps
    in the place of the usual steps where the mail came back and waits in no queue."""

    slug: ReasonSlug
    meaning: str
    cause: str
    steps: tuple[str, ...]
    who_acts: WhoActs
    checks: tuple[str, ...] = ()
    temporary: bool = False
    time_heals: bool = False
    hard: bool = False
    failure: bool = True
    retry_step: bool = False
    given_up: ReasonSlug | None = None
    k12_causes: tuple[int, ...] = ()
    godaddy_groups: tuple[str, ...] = ()
    sisimai: tuple[str, ...] = ()
    kumomta: str = ""
    status: str = ""
    late: LateAdvice | None = None
    returned: tuple[str, ...] = ()


class TokenRange(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """`prefix`, then letters or a dash, then a number of `digits` digits within `low`..`high`
    (Spectrum's `AUP#In-1310`)."""

    prefix: str
    digits: int
    low: int
    high: int


class Wording(Struct, frozen=True, kw_only=True):
    """What must occur in a reply, as a rule file has it and as a rule has it.

    All of `contains` and `tokens` must occur, or all of one group of `any_of`; none of `unless`.  A token
    stands alone: no letter or digit touches it.  `meaning` are groups of concepts that stand for the rule
    in wording that nobody knows.  `status` may be a range ("4.7.500-4.7.699").  `exact` rules want reply
    code and status as written; others take a missing or different one as weaker evidence when their
    words are long enough.  `not_elsewhere` rules do not count where a host speaks that is none of their
    provider's.  `foreign` wording is not English; `shared` wording is written by others than
    its provider too, so that it names no provider by itself.  `unverified` says why what the rule knows
    is not certain; a diagnosis repeats it and is never of high confidence.  `formerly` are ids that the rule
    had."""

    contains: tuple[str, ...] = ()
    tokens: tuple[str, ...] = field(default=(), name="token")
    any_of: tuple[tuple[str, ...], ...] = ()
    meaning: tuple[tuple[str, ...], ...] = ()
    token_range: TokenRange | None = None
    regex: str | None = None
    unless: tuple[str, ...] = ()
    reply: str | None = None
    status: str | None = None
    commands: tuple[str, ...] = field(default=(), name="command")
    foreign: bool = False
    exact: bool = False
    needs_provider: bool = False
    not_elsewhere: bool = False
    shared: bool = False
    also: tuple[str, ...] = ()
    unverified: str | None = None
    formerly: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class Rule(Wording, frozen=True, gc=False, array_like=True, kw_only=True):
    """What one wording or code means: its words folded (`folding.fold`), and the rest complete.

    `provider` is "" for rules that hold for anyone; `hosted` rules hold for the hosts of their provider
    first; `own` rules are the user's.  `lists` are the zones of the blocklists that a code stands for,
    `speaks_of` is what the rule knows that the reply speaks of: judges ask for both, never for words of
    `cause`.  `names_provider` tells that its cause or steps speak of the provider, which its words do not
    name: they are said only where the provider is known to speak."""

    id: str
    reason: ReasonSlug
    also: tuple[ReasonSlug, ...] = ()
    provider: str
    kind: Kind
    cause: str
    steps: tuple[str, ...]
    who_acts: WhoActs
    checks: tuple[str, ...]
    temporary: bool
    url: str | None = None
    hosted: bool = False
    own: bool = False
    k12_causes: tuple[int, ...] = ()
    godaddy_groups: tuple[str, ...] = ()
    source: str | None = None
    file: str = ""
    lists: tuple[str, ...] = ()
    speaks_of: tuple[Topic, ...] = ()
    names_provider: bool = False


class Speaker(Struct, frozen=True, gc=False, array_like=True):
    """How a provider is recognised: host names that end in `host_suffix`, recipients' domains, and
    words that only this provider writes."""

    provider: str
    host_suffix: tuple[str, ...] = ()
    recipient_domains: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


class StatusMeaning(Struct, frozen=True, gc=False, array_like=True):
    """One enhanced status code of RFC 3463 and later.  `reasons` hold the reason for class 4 and 5;
    `vague` codes say so little that any wording beats them; `fits` lists further reasons for which the
    code is in ordinary use, so that no contradiction is seen (a vague code without any contradicts nothing);
    `speaks_of` is as in a rule."""

    code: str
    name: str
    reference: str
    reasons: tuple[ReasonSlug, ReasonSlug]
    vague: bool = False
    fits: tuple[str, ...] = ()
    speaks_of: tuple[Topic, ...] = ()


class NamedList(Struct, frozen=True, gc=False, array_like=True):
    """A blocklist that replies name: the words that name it, the check that asks it, the page to open.
    `part` is the zone of the part that the words mean, where the check asks the whole.

    `cause`, `steps` and `who_acts` stand where a listing there is another matter than a spam source's; they
    take the place of what its reason says."""

    name: str
    words: tuple[str, ...]
    check: str
    url: str | None = None
    part: str | None = None
    cause: str | None = None
    steps: tuple[str, ...] = ()
    who_acts: WhoActs | None = None

    @property
    def zones(self) -> tuple[str, ...]:
        """The zone that the words mean; none for a system that DNS cannot ask."""
        kind, _, zone = self.check.partition(":")
        return () if kind == "link" else (self.part or zone,)


BEGINS_WORD, ENDS_WORD = "^", "$"
"""Before and behind a stem that may stand only where a word begins or ends."""


class Concept(Struct, frozen=True, gc=False, array_like=True):
    """Something that replies speak of, by its stems in many languages (`knowledge/concepts.toml`)."""

    name: str
    stems: tuple[str, ...]
    weight: int = 2
