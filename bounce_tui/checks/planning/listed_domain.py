"""Which domain a domain list was asked for, as far as the reply tells."""

from collections.abc import Iterable, Iterator

from bounce_tui.check_results import Inputs
from bounce_tui.checks.blocklists.catalog import blocklists
from bounce_tui.checks.planning.inputs import sender_domain
from bounce_tui.domain_name import are_related, to_ascii
from bounce_tui.model import Failure
from bounce_tui.regex import regex

_NAME = regex(r"(?:[a-z0-9_-]{1,63}\.){1,8}[a-z][a-z0-9-]{1,62}")
_LINK = regex(r"https?://(?:[^\s/@<>\"']{0,200}@)?([a-z0-9._-]{1,253})")
# Receivers look at the first links of a message; so do we, at as much of it as they would read.
_MOST_LINKS = 8
_MOST_NAMED = 3
_LONGEST_READ = 4000
_LONGEST_BODY = 200_000


def listed_domains(failure: Failure, inputs: Inputs) -> tuple[str, ...]:
    """The domains that the quoted domain list may mean, likeliest first.

    One alone where the reply names it: a domain of the sender's, or one that stands in the returned
    message.  Else all that a receiver looks up: the From domain, the envelope sender's, others that the reply
    names (a HELO that we do not know), and those of links.
    """
    own = _own(inputs)
    text = failure.diagnostic[:_LONGEST_READ].lower()
    content = _content(inputs)
    named = [name for name in _names(text) if not _is_of_a_list(name)]
    for name in named:
        if any(are_related(name, domain) for domain in own):
            return (name,)
    recipients = {inputs.recipient_domain, to_ascii(failure.remote_mta) if failure.remote_mta else None}
    others = [
        name for name in named if not any(domain and are_related(name, domain) for domain in recipients)
    ]
    for name in others:
        if name in content:
            return (name,)
    # The HELO name is looked up by few: where it is meant, the reply names it.
    return tuple(dict.fromkeys((*_own(inputs, helo=False), *others[:_MOST_NAMED], *_linked(content))))


def domains_to_ask(inputs: Inputs) -> tuple[str, ...]:
    """The domains that a filter looks up where no reply names one: the sender's, and those of links."""
    return tuple(dict.fromkeys((*_own(inputs), *_linked(_content(inputs)))))


def is_senders(domain: str, inputs: Inputs) -> bool:
    """True for a domain of the sender's; what else is asked for stands in the message or the reply."""
    return any(are_related(domain, one) for one in (*_own(inputs), *inputs.own_domains))


def _own(inputs: Inputs, *, helo: bool = True) -> list[str]:
    """The sender's domains: of the From header, the envelope, the HELO."""
    found = (inputs.from_domain, sender_domain(inputs), inputs.helo if helo else None)
    return list(dict.fromkeys(one.value for one in found if one is not None))


def _content(inputs: Inputs) -> str:
    content = inputs.original.content if inputs.original is not None else b""
    return content[:_LONGEST_BODY].decode("latin-1").lower()


def _names(text: str) -> Iterator[str]:
    found = (to_ascii(name) for name in _NAME.findall(text))
    return (name for name in dict.fromkeys(found) if name is not None)


def _linked(content: str) -> Iterable[str]:
    hosts = (to_ascii(host) for host in _LINK.findall(content)) if "://" in content else iter(())
    return list(dict.fromkeys(host for host in hosts if host is not None))[:_MOST_LINKS]


def _is_of_a_list(name: str) -> bool:
    return bool(blocklists().named_in(name))
