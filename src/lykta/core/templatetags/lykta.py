"""Template tags that every public page may use."""

from django import template
from django.utils.safestring import SafeString

from lykta.core.frame import Frame
from lykta.core.markup import phone_link

register = template.Library()


@register.simple_tag
def phone(f: Frame, name: str, css: str = "tel") -> SafeString:
    """The telephone number with this id as a link. Raises KeyError for a number nobody has written down."""
    return phone_link(f.phones[name], isolate=f.language.is_rtl, css=css)


@register.simple_tag
def inline(f: Frame, text: str) -> SafeString:
    """A word of `w` that holds a link or a number."""
    return f.inline(text)
