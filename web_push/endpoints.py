"""Which addresses we post to: they come from browsers, so nothing inside our network is one."""

import ipaddress
import socket
from urllib.parse import urlsplit

LONGEST = 1024
_HTTPS = 443


class UnfitEndpoint(ValueError):
    """We do not post to this address; the message says why."""


def check_endpoint(endpoint: str) -> tuple[str, int]:
    """Host and port of an address that could be a push service's.

    Raises:
        UnfitEndpoint
    """
    try:
        parts = urlsplit(endpoint)
        port = parts.port or _HTTPS
    except ValueError:
        raise UnfitEndpoint("no address") from None
    if len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable():
        raise UnfitEndpoint("no address")
    if parts.scheme != "https" or not parts.hostname or " " in endpoint:
        raise UnfitEndpoint("not https")
    if parts.username is not None or parts.password is not None:
        raise UnfitEndpoint("a name before the host")
    if _is_number(parts.hostname) and not is_public(parts.hostname):
        raise UnfitEndpoint("not a public address")
    return parts.hostname, port


def find_public_addresses(host: str, port: int) -> list[str]:
    """The addresses of a host, looked up once: a connection must use one of these.

    Raises:
        UnfitEndpoint: one of them is not public.
        OSError: there is none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not all(map(is_public, addresses)):
        raise UnfitEndpoint("not a public address")
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the internet: not to this machine, nor to a network of ours.

    An IPv6 address that stands for one of IPv4 (mapped, 6to4, NAT64) is judged by that.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inside is not None:
            return is_public(str(inside))
    return found.is_global and not found.is_multicast


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
