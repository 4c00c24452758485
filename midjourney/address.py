"""A provider's address, however it was copied: taken apart into what stands before the mode and before `/mj/...`."""

from urllib.parse import SplitResult, urlsplit

MODES = ("fast", "relax", "turbo")
USUAL_PORTS = {"http": 80, "https": 443}


def split_base(url: str, mode_path: str) -> tuple[str, str]:
    """The address without `/mj`, and the mode prefix in it or ""."""
    address = urlsplit(url.strip())
    path = _without_mj(address.path)
    spellings = {path_of(mode) for mode in MODES for path_of in (_plain, _dashed, lambda m: mode_path.format(mode=m))}
    prefix = next((known for known in sorted(spellings, key=len, reverse=True) if path.endswith(known)), "")
    return origin_of(address) + _without_mj(path.removesuffix(prefix)), prefix


def mode_in(url: str, mode_path: str) -> str:
    """The mode that the address itself names, or "default"."""
    _base, prefix = split_base(url, mode_path)
    return next((mode for mode in MODES if mode in prefix), "default")


def normalise_base(url: str, mode: str, mode_path: str) -> str:
    """What `/mj/...` is put after: with the mode asked for, or the one in the address where none is asked for."""
    base, prefix = split_base(url, mode_path)
    return base + (prefix if mode == "default" else mode_path.format(mode=mode))


def origin_of(address: SplitResult) -> str:
    """Scheme, host and port: lower case, without the usual port. Raises `ValueError` for a port that is none."""
    host = address.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = "" if address.port in {None, USUAL_PORTS.get(address.scheme)} else f":{address.port}"
    return f"{address.scheme}://{host}{port}"


def _without_mj(path: str) -> str:
    path = path.rstrip("/")
    while path.endswith("/mj"):
        path = path.removesuffix("/mj").rstrip("/")
    return path


def _plain(mode: str) -> str:
    return f"/{mode}"


def _dashed(mode: str) -> str:
    return f"/mj-{mode}"
