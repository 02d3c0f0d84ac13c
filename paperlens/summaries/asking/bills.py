"""What models cost: one paper's bill, the day's purse, and what a report has to say of them."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from paperlens.models import Cost, Notice
from paperlens.summaries import Spent


class Empty(Exception):
    """The day's budget does not reach for another request."""


class Purse:
    """The day's money; shared by the workers. A budget of 0 is no limit."""

    def __init__(self, budget: float, spent: float) -> None:
        self._budget = budget
        self._spent = spent
        self._held: list[float] = []
        self._changed = threading.Condition()

    def take(self, estimate: float) -> None:
        """Put money aside for a request, or raise `Empty`.

        Requests in flight may turn out cheaper than was put aside for them, so their bills are
        waited for before anything is refused.
        """
        with self._changed:
            while self._budget and not self._reaches(estimate):
                if not self._held:
                    raise Empty
                self._changed.wait()
            self._held.append(estimate)

    def settle(self, estimate: float, usd: float) -> None:
        """What was put aside is back, and what it did cost is gone."""
        with self._changed:
            self._held.remove(estimate)
            self._spent += usd
            self._changed.notify_all()

    def _reaches(self, estimate: float) -> bool:
        gone = self._spent + sum(self._held)
        return gone < self._budget and gone + estimate <= self._budget


@dataclass
class Bill:
    """What one paper costs, over all its tries; by model, as not all prices need be known."""

    day: date
    tell: Callable[[Spent], None]
    costs: dict[str, Cost] = field(default_factory=dict)

    @property
    def cost(self) -> Cost:
        return sum(self.costs.values(), Cost())

    def add(self, model: str, cost: Cost) -> None:
        self.costs[model] = self.costs.get(model, Cost()) + cost
        self.tell(Spent(self.day, model, cost))

    def is_unpriced(self, model: str) -> bool:
        return model in self.costs and self.costs[model].usd is None


def over(budget: float, rest: str = "the rest is extractive") -> Notice:
    dollars = f"{budget:.2f}" if budget >= 0.01 else f"{budget:g}"
    return Notice(
        "budget",
        f"llm.budget reached: of today's ${dollars} too little is left for another request, "
        f"{rest}; raise llm.budget to go on",
    )


def unpriced(model: str) -> Notice:
    return Notice("price-unknown", f"the price of {model} is not known: llm.budget cannot hold it")
