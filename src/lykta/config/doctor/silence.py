"""What the database server writes in its own log, where a word somebody wrote must never stand."""

from collections.abc import Iterator, Mapping

from lykta.config.doctor.findings import Finding, unsafe, warning

SUBJECT = "database log"

QUIET = {
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "debug_print_parse": "off",
    "debug_print_rewritten": "off",
    "debug_print_plan": "off",
}
"""Settings that decide whether statements, values or rows reach the log, and the only value with which they do not.

A failed statement is logged with its text at every value of log_min_error_statement but panic, and a broken constraint
tells the row that broke it unless log_error_verbosity is terse.
"""


def check_silence(settings: Mapping[str, str]) -> Iterator[Finding]:
    """settings: as a session of the house has them. An absent one is a module's that is not loaded."""
    loud = [name for name, quiet in QUIET.items() if settings.get(name, quiet) != quiet]
    for name in loud:
        yield unsafe(
            SUBJECT,
            "log-keeps-values",
            f"The database's log could keep what somebody wrote: {name} is {settings[name]}.",
            f"As superuser: ALTER DATABASE … SET {name} = '{QUIET[name]}'.",
        )
    if settings.get("auto_explain.log_min_duration", "-1") != "-1":
        yield unsafe(
            SUBJECT,
            "auto-explain",
            "auto_explain writes slow statements in the database's log with what they look for.",
            "As superuser: ALTER DATABASE … SET auto_explain.log_min_duration = '-1'.",
        )
    if settings.get("pg_stat_statements.track", "none") != "none":
        yield warning(
            SUBJECT,
            "statement-statistics",
            "pg_stat_statements keeps the texts of statements; most values are left out, not all.",
            "As superuser: ALTER DATABASE … SET pg_stat_statements.track = 'none'.",
        )
    if "on" in (settings.get("log_connections"), settings.get("log_disconnections")):
        yield warning(
            SUBJECT,
            "log-connections",
            "The database's log keeps the second of each connection, which may tell when somebody wrote.",
            "As superuser: ALTER SYSTEM SET log_connections = off, and the same for log_disconnections.",
        )
