"""Why a review can't be closed, with the sentence that says what to do."""


class ReviewRefused(Exception):
    """It can't be closed so. code: "self", "closed", "words", "long", "key", "verdict", "waiting"."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


TOLD = {
    "verdict": "Välj vad granskningen kom fram till.",
    "self": "Du kan inte granska dig själv. En annan granskare gör det.",
    "words": "Skriv några ord om vad du har gjort åt saken.",
    "long": "Anteckningen är för lång. Korta den till 4 000 tecken.",
    "key": "Du har inte granskningens nyckel än, så orden kan inte förseglas. En granskare som har den släpper in dig.",
    "closed": "En kollega hann före. Ingenting har ändrats.",
    "waiting": "Något i månadens urval väntar fortfarande. Granska det först.",
}
