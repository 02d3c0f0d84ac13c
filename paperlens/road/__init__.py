"""The road to arXiv: by which ways the papers of a report come in, and what is left unseen.

The feed brings the latest batch; what it cannot bring (see `gaps`) is searched for. A way that is
closed is made up for by the other; with none open, the library says what it has.
"""

from paperlens.road.categories import categories_to_ask, strange_categories
from paperlens.road.fetching import fetch
from paperlens.road.gaps import settled
from paperlens.road.planning import Ways, ways

__all__ = ["Ways", "categories_to_ask", "fetch", "settled", "strange_categories", "ways"]
