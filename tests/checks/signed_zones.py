"""Zones signed with keys of our own (RFC 4035), and a real unbound that trusts these keys alone."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dns.dnssec
import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.zone
from cryptography.hazmat.primitives.asymmetric import ec
from dns.rdtypes.ANY.DNSKEY import DNSKEY

HEAD = (
    "$ORIGIN {0}.\n$TTL 300\n@ SOA ns host.{0}. 2026112001 7200 3600 1209600 300\n@ NS ns\nns A 127.0.0.1\n"
)


class SignedZone:
    """The zone `origin` with `records`, its `text` signed, and the `anchor` by which a resolver trusts it.

    Args:
        age: How long ago the signatures were made; they are valid for two weeks.
        fresh_key: The signature of the key itself was made anew.
    """

    def __init__(
        self, origin: str, records: str, *, age: timedelta = timedelta(hours=1), fresh_key: bool = False
    ) -> None:
        private = ec.generate_private_key(ec.SECP256R1())
        key: DNSKEY = dns.dnssec.make_dnskey(private.public_key(), dns.dnssec.Algorithm.ECDSAP256SHA256, 257)
        zone = dns.zone.from_text(HEAD.format(origin) + records, origin)
        made = datetime.now(UTC) - age
        with zone.writer() as transaction:
            dns.dnssec.sign_zone(
                zone,
                transaction,
                [(private, key)],
                add_dnskey=True,
                inception=made,
                expiration=made + timedelta(days=14),
            )
            if fresh_key:
                apex, name = dns.name.empty, dns.name.from_text(origin)
                keys = transaction.get(apex, dns.rdatatype.DNSKEY)
                assert keys is not None
                signature = dns.dnssec.sign((name, keys), private, name, key, lifetime=14 * 86400)
                transaction.delete(apex, dns.rdatatype.RRSIG, dns.rdatatype.DNSKEY)
                transaction.add(apex, 300, signature)
        self.origin = origin
        self.text = zone.to_text(relativize=False)
        self.anchor = f"{origin}. 300 IN DNSKEY {key.to_text()}\n"


def unbound_config(folder: Path, port: int, upstream: str, anchors: str, zones: Mapping[str, str]) -> Path:
    """The configuration of an unbound on loopback that asks `upstream` for `zones` and trusts `anchors`."""
    (folder / "anchors").write_text(anchors)
    stubs = "".join(
        f'stub-zone:\n  name: "{name}."\n  stub-addr: {upstream.replace(":", "@")}\n' for name in zones
    )
    path = folder / "unbound.conf"
    path.write_text(
        "server:\n"
        f'  interface: 127.0.0.1@{port}\n  do-daemonize: no\n  username: ""\n  chroot: ""\n'
        f'  directory: "{folder}"\n  pidfile: ""\n  use-syslog: no\n  do-not-query-localhost: no\n'
        '  do-ip6: no\n  module-config: "validator iterator"\n  ede: yes\n  num-threads: 1\n'
        f'  trust-anchor-file: "{folder / "anchors"}"\n'
        f"remote-control:\n  control-enable: no\n{stubs}"
    )
    return path
