"""What models cost: one paper's bill, the day's purse, and what a report has to say of them."""

import threading
from dataclasses import dataclass, field

from paperlens.models import Cost, Notice


@dataclass
class Purse:
    """What the day has cost so far; shared by the workers."""

    spent: float
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Bill:
    """What one paper costs, over all its tries; by model, as not all prices need be known."""

    purse: Purse
    costs: dict[str, Cost] = field(default_factory=dict)

    @property
    def cost(self) -> Cost:
        return sum(self.costs.values(), Cost())

    def add(self, model: str, cost: Cost) -> None:
        self.costs[model] = self.costs.get(model, Cost()) + cost
        with self.purse.lock:
            self.purse.spent += cost.usd or 0.0

    def is_unpriced(self, model: str) -> bool:
        return model in self.costs and self.costs[model].usd is None


def over(budget: float) -> Notice:
    return Notice(
        "budget",
        f"llm.budget reached: ${budget:.2f} were spent today, the rest is extractive; "
        "raise llm.budget to go on",
    )


def unpriced(model: str) -> Notice:
    return Notice("price-unknown", f"the price of {model} is not known: llm.budget cannot hold it")
