"""Where a question for an hour in a named file stands, with the words staff see."""

from lykta.core.worded import Worded


class AskState(Worded):
    """Seen from who asked. Unanswered is unanswered, whether there is such a file or not."""

    WAITING = "waiting", "väntar på svar"
    LAPSED = "lapsed", "ingen svarade"
    WITHDRAWN = "withdrawn", "tillbakatagen"
    DECLINED = "declined", "nej"
    LENT = "lent", "öppen för dig"
    OVER = "over", "timmen är slut"
