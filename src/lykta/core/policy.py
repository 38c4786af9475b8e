"""What the browser may do with a public page: headers for published pages and for the dialogue alike."""

from urllib.parse import urlsplit

HSTS = "max-age=63072000; includeSubDomains; preload"
NOTHING_ALLOWED = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=()"
)


def origin(url: str) -> str:
    """`https://www.smhi.se/some/page` -> `https://www.smhi.se`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def content_policy(*, style: str, exit_url: str) -> str:
    """Content-Security-Policy of a public page.

    style: hash source of its one style element. exit_url: where Leave quickly goes; without script
    the form is answered by a redirect there, and browsers hold form-action against redirects too.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {style}",
            "script-src 'self'",
            "connect-src 'self'",
            "img-src data:",
            f"form-action 'self' {origin(exit_url)}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def quiet_headers() -> dict[str, str]:
    """Headers of every answer on the public side, whatever its kind."""
    return {
        "Cache-Control": "no-store",
        "Strict-Transport-Security": HSTS,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": NOTHING_ALLOWED,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def leaving_headers(exit_url: str) -> dict[str, str]:
    """Headers of the answer to Leave quickly, a 303. Storage stays: its mark makes Back harmless."""
    return {"Location": exit_url, "Clear-Site-Data": '"cache", "cookies"', **quiet_headers()}


def page_headers(*, lang: str, style: str, exit_url: str) -> dict[str, str]:
    """Headers of a public HTML page in one language."""
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": lang,
        "Content-Security-Policy": content_policy(style=style, exit_url=exit_url),
        **quiet_headers(),
    }
