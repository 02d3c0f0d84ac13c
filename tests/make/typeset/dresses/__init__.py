"""The layouts, by the name that a paper's `dress` has."""

from tests.make.typeset.dress import Dress
from tests.make.typeset.dresses import chinese, conferences, plain, publishers, societies

DRESSES: dict[str, Dress] = {
    **plain.DRESSES,
    **societies.DRESSES,
    **publishers.DRESSES,
    **conferences.DRESSES,
    **chinese.DRESSES,
}
