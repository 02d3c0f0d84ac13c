"""Why a PDF could not be read."""

TOO_LARGE = "needs too much memory to be read"


class NotRead(Exception):
    """Completes the phrase `the PDF …`; a damaged one may be fetched anew.

    `exit_code` is that of a command to which this happened with all that it was to read.
    """

    def __init__(self, why: str, is_damaged: bool = False, exit_code: int = 3) -> None:
        super().__init__(why)
        self.is_damaged = is_damaged
        self.exit_code = exit_code
