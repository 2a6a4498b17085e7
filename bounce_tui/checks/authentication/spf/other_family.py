"""What a policy costs a sender of the other address family.

A host without an AAAA record is a void lookup to every IPv6 sender, so a policy that works over IPv4
may end as a permanent error over IPv6.
"""

from bounce_tui.checks.authentication.spf.evaluation import MOST_LOOKUPS, MOST_VOIDS, SpfEvaluation
from bounce_tui.checks.authentication.spf.evaluator import evaluate
from bounce_tui.checks.dns.answer import Lookup

IPV4_STRANGER = "192.0.0.8"
IPV6_STRANGER = "100::1"
"""Addresses that no host has (RFC 7600 section 4.8, RFC 6666), so that every term is looked at."""


async def evaluate_other_family(evaluation: SpfEvaluation, lookup: Lookup) -> SpfEvaluation:
    """The same policy for a stranger of the address family that `evaluation` was not about."""
    stranger = IPV4_STRANGER if ":" in evaluation.ip else IPV6_STRANGER
    return await evaluate(stranger, evaluation.sender, evaluation.helo, lookup)


def cost_line(other: SpfEvaluation) -> str:
    """That evaluation in one line for people."""
    family = "IPv6" if ":" in other.ip else "IPv4"
    lookups = f"lookups {other.lookups} of {MOST_LOOKUPS}, void lookups {other.voids} of {MOST_VOIDS}"
    line = f"an {family} sender: {lookups}"
    return f"{line}: {other.result}, {other.policy.note}" if other.result == "permerror" else line
