"""What a check found beside its word, as values that a judge can ask: a small struct for each kind of check.

A summary says the same to people.  No verdict may be read out of it.
"""

from typing import Literal

from msgspec import Struct

Dane = Literal["absent", "demanded", "flawed", "unknown"]


class OfSpf(Struct, frozen=True, tag="spf"):
    """`allows_all` is True where the record, or one that it includes, lets every address pass."""

    allows_all: bool = False


class OfTls(Struct, frozen=True, tag="tls"):
    """What DNS demands of a sender's TLS: whether there is an MTA-STS policy, and what there is of TLSA
    records ("flawed": one that senders pass over, "unknown": it could not be learned; `tlsa_fails` where that
    is because the name servers fail)."""

    sts: bool = False
    dane: Dane = "absent"
    tlsa_fails: bool = False


class OfPage(Struct, frozen=True, tag="page"):
    """The page to open in place of a query."""

    url: str = ""


Particulars = OfPage | OfSpf | OfTls
