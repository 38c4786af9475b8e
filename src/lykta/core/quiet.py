"""Log lines that can't tell on anybody: what broke and where in the code, never a value."""

import logging
import traceback


class QuietFormatter(logging.Formatter):
    """Level, logger and, for an exception, its kind and the places in the code. Messages with arguments lose them.

    A traceback's last line often repeats the value that was refused, and a message's arguments are addresses and
    parameters: both are left out. Tested by planting words and searching every byte that was written.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line per record, and one per frame of its exception."""
        message = str(record.msg) if not record.args else str(record.msg).replace("%s", "…").replace("%r", "…")
        if record.name.startswith("django.") or record.exc_info:
            message = ""
        lines = [f"{record.levelname} {record.name} {message}".rstrip()]
        if record.exc_info and record.exc_info[0]:
            lines[0] += f" {record.exc_info[0].__name__}"
            frames = traceback.extract_tb(record.exc_info[2])
            lines += [f"  {frame.filename.rsplit('/lykta/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
        return "\n".join(lines)
