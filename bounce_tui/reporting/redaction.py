"""A bounce without the names of people: what another company needs, of hosts, codes and domains, stays.

Left out are the local parts of addresses, display names, logins, home folders, subjects and every header
field that a person or an unknown program wrote; what servers wrote (Received, signatures, results) stays.
"""

from pathlib import PurePath

from msgspec.structs import replace

from bounce_tui.model import Case, Diagnosis, Failure, Original
from bounce_tui.regex import regex
from bounce_tui.reporting.named_people import Named
from bounce_tui.reporting.unnamed_header import unnamed_fields
from bounce_tui.reporting.unnamed_text import GONE

_WHO = regex(r"\b(set|changed|written) by .*, (?=\d{4}-\d\d-\d\d )")


def without_names(case: Case) -> Case:
    """`case` without names but for the local parts of its addresses, which `without_local_parts` takes out of
    the text that is written of it."""
    message, bounce = case.message, case.bounce
    named = Named(bounce)
    original = bounce.original
    return replace(
        case,
        message=replace(message, file=PurePath(message.file).name or message.file),
        bounce=replace(
            bounce,
            failures=tuple(_failure(failure, named) for failure in bounce.failures),
            original=_original(original, named) if original is not None else None,
        ),
        diagnoses=tuple(_diagnosis(diagnosis, named) for diagnosis in case.diagnoses),
    )


def without_who(line: str) -> str:
    """A line of what is remembered without who has worked on the mail."""
    return _WHO.sub(r"\1 ", line)


def _failure(failure: Failure, named: Named) -> Failure:
    recipient = failure.recipient
    if recipient and "@" not in recipient:
        recipient = GONE
    said, quoted = named.out_of_reply(failure.diagnostic), named.out_of_reply(failure.quoted)
    return replace(failure, recipient=recipient, diagnostic=said, quoted=quoted)


def _diagnosis(diagnosis: Diagnosis, named: Named) -> Diagnosis:
    return replace(diagnosis, cause=named.out_of(diagnosis.cause))


def _original(original: Original, named: Named) -> Original:
    head = original.content.partition(b"\n\n")[0].decode("utf-8", "replace")
    return replace(original, content=named.out_of("\n".join(unnamed_fields(head))).encode())
