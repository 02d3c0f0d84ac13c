"""Text for the cache under a seal: what is not exactly as it was written is not read at all.

So nobody after this door has to doubt the numbers in it.
"""

from hashlib import blake2b


def sealed(text: str) -> str:
    return f"{seal(text)}\n{text}"


def unsealed(text: str) -> str:
    """What was sealed; a ValueError where anything was changed since."""
    told, _, rest = text.partition("\n")
    if told != seal(rest):
        raise ValueError("not as it was written")
    return rest


def seal(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
