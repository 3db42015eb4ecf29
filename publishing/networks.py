"""Networks: where a request comes from. No address is stored anywhere; who must tell networks apart keeps hashes."""

import ipaddress

from django.conf import settings


def network_of(request) -> str:
    """The network of whoever asks: the address, or of IPv6 the first 64 bits.

    Behind proxies of ours it is the address that the outermost of them saw, counted from the right; what stands further
    to the left anybody could have written. What is no address, and a header that is too short, counts as the
    neighbour's address.
    """
    neighbour = request.META.get("REMOTE_ADDR", "")
    proxies = settings.PROXIES
    passed = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    claimed = passed[-proxies] if proxies and len(passed) >= proxies else neighbour
    return _network(claimed) or _network(neighbour) or "unknown"


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip("[]").split("%")[0])
    except ValueError:
        return ""
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
