"""The words in which rules say why mail failed: the reason, who acts on it, what else the reply speaks of."""

from typing import Final, Literal

ReasonSlug = Literal[
    "user_unknown",
    "bad_address",
    "host_unknown",
    "dns_failure",
    "not_accept",
    "has_moved",
    "suspended",
    "mailbox_full",
    "system_full",
    "message_too_big",
    "exceed_limit",
    "filtered",
    "rejected",
    "no_relaying",
    "security_error",
    "failed_starttls",
    "auth_failure",
    "require_ptr",
    "blocked",
    "blocklisted",
    "bad_reputation",
    "greylisted",
    "rate_limited",
    "too_many_conn",
    "too_many_recipients",
    "sending_limit",
    "spam_detected",
    "virus_detected",
    "prohibited_attachment",
    "policy_violation",
    "content_error",
    "not_compliant_rfc",
    "syntax_error",
    "mail_loop",
    "network_error",
    "expired",
    "system_error",
    "mailer_error",
    "suppressed",
    "on_hold",
    "vacation",
    "feedback",
    "delivered",
    "undefined",
]
"""Why mail failed: the slugs of `diagnosis/knowledge/reasons.toml`, which says what each means."""

Topic = Literal[
    "spf", "dkim", "dmarc", "alignment", "either", "no_dmarc", "spf_fail", "permerror", "temperror",
    "null_mx", "sender_not_in_dns", "sender_callout", "receivers_own_list", "broken_dialogue",
    "dmarc_policy_only", "for_an_hour", "for_the_day", "connector",
    "only_a_pause",
]  # fmt: skip
"""What a rule knows that a reply speaks of, where its words may not say so."""

WhoActs = Literal["sender", "sender_admin", "recipient", "recipient_admin", "provider", "nobody"]

GIVEN_UP: Final[ReasonSlug] = "expired"
"""Says no more than that a server has tried for too long: a reply may name a better reason beside it."""
