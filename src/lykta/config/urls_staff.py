"""The staff door. Every view here is guarded, or named in OPEN with the reason (a test walks them all)."""

from django.urls import URLPattern, URLResolver, include, path

OPEN = {
    "install": "an empty house has nobody in it; asks for the one-time word, and leads away once a centre stands",
    "install_step": "the same; asks this browser whether it has given the word",
    "install_factor": "leads a member who has made the house to her second factor, before which she is no actor",
    "account_login": "the door itself",
    "invitation": "the door of who comes for the first time; the link is what she holds",
    "welcome": "the steps of who has not been let in yet; nothing but her own",
    "mfa_view_recovery_codes": "a member's own spare codes, once; allauth guards it",
    "mfa_generate_recovery_codes": "a member makes her own spare codes; allauth guards it",
    "account_reauthenticate": "asks a signed-in member again; allauth guards it",
    "account_logout": "leaves; nothing is shown",
    "lock": "leaves; nothing is shown",
    "mfa_authenticate": "the second half of the door",
    "mfa_reauthenticate": "asks a signed-in member again; allauth guards it",
    "mfa_add_webauthn": "a member may add her own passkey; allauth guards it",
    "mfa_reauthenticate_webauthn": "asks a signed-in member again; allauth guards it",
    "mfa_remove_webauthn": "a member removes her own passkey; allauth guards it",
    "mfa_activate_totp": "a member without a second factor must be able to add one; allauth guards it",
    "account": "a member's own factors; shown before the second factor, so that she can add it",
    "mfa_index": "the same page under the name allauth leads to",
    "mfa_list_webauthn": "the same page",
    "mfa_deactivate_totp": "the same page",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("personal/", include("lykta.people.urls")),
    path("personal/", include("lykta.catalogue.urls_staff")),
    path("personal/", include("lykta.contact.urls_staff")),
    path("personal/", include("lykta.cases.urls_staff")),
    path("personal/", include("lykta.intake.urls_staff")),
    path("personal/", include("lykta.public.urls_staff")),
    path("personal/", include("lykta.desk.urls")),
    path("personal/", include("lykta.centre.urls")),
]
