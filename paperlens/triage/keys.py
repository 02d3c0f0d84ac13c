"""THE table of keys: full screen, plain loop, help and the line at the foot are read from it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """`keys` as Textual names them, the first one shown; `sign` where it is shown otherwise.

    `label` is the word at the foot of the screen; without one, the key stands in the help only.
    A key without a meaning is told of by the one before it.
    """

    keys: str
    action: str
    meaning: str
    label: str = ""
    sign: str = ""
    is_plain: bool = True

    @property
    def key(self) -> str:
        """The letter itself."""
        first = self.keys.partition(",")[0]
        return {"slash": "/", "question_mark": "?"}.get(first, first)

    @property
    def shown(self) -> str:
        return self.sign or self.key


KEYS = (
    Key("s", "mark('star')", "star: one of the best", "star"),
    Key("l", "mark('later')", "later: to be read", "later"),
    Key("x", "mark('skip')", "skip: not of interest", "skip"),
    Key("r", "mark('read')", "read: has been read", "read"),
    Key("u", "undo", "take the last decision back; again, the one before it", "undo"),
    Key("d", "errand('deep')", "a deep summary, made while you go on", "deep"),
    Key("o", "errand('browse')", "open the paper’s page in the browser", "open"),
    Key("p", "errand('pdf')", "fetch the PDF and open it", "PDF"),
    Key("f", "errand('figures')", "the paper’s figures", "figures"),
    Key("t", "tag", "add tags; -TAG takes one away", "tag"),
    Key("n", "note", "write a note", "note"),
    Key("slash", "seek", "only papers with these words; escape for all", "search"),
    Key("R", "rerank", "put what is left into the order of your taste by now"),
    Key("j,down", "move(1)", "next and previous paper", sign="j k ↓ ↑"),
    Key("k,up", "move(-1)", ""),
    Key("g,home", "move(-100000)", "first and last paper", sign="g G", is_plain=False),
    Key("G,end", "move(100000)", "", is_plain=False),
    Key("space,pagedown", "turn(1)", "read on, and back up", sign="Space b", is_plain=False),
    Key("b,pageup", "turn(-1)", "", is_plain=False),
    Key("question_mark", "help", "these keys", "help"),
    Key("q", "leave", "leave; everything is kept", "quit"),
)
