"""What is typed to ask for a named file, and to say no."""

from django import forms

from lykta.cases.forms import Open, _text
from lykta.cases.glass_rules import ref_of


class AskFor(Open):
    """The file's number, and why."""

    ref = forms.CharField(
        label="Aktens beteckning",
        max_length=20,
        help_text="Som L-7K2M4Q.",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Skriv aktens beteckning, som L-7K2M4Q."},
    )
    field_order = ["ref"]

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["reason"].label = "Varför behöver du öppna akten?"
        self.fields["words"].help_text = "Den som svarar läser det, och den som granskar. Ingen annan."

    def clean_ref(self) -> str:
        """A number as they are written; whether it is anybody's is not said."""
        typed: str = self.cleaned_data["ref"]
        if not ref_of(typed):
            raise forms.ValidationError("Så ser ingen beteckning ut. Den har sex tecken, som L-7K2M4Q.")
        return typed

    def clean_words(self) -> str:
        """Some words there must be."""
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise forms.ValidationError("Skriv några ord om varför.")
        return words


class Decline(forms.Form):
    """Why not."""

    words = _text("Varför inte?", most=1000, rows=3, help_text="Den som frågade läser det.")
