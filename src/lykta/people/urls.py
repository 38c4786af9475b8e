"""Addresses of signing in and of the member's own account. allauth's views, our pages."""

from allauth.account import views as allauth_account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from lykta.people import again_views, arrival, duty_views, key_views, leaving_views, member_views, own_views, views

urlpatterns = [
    path("logga-in/", views.SignIn.as_view(), name="account_login"),
    path("logga-in/kod/", mfa.authenticate, name="mfa_authenticate"),
    path("logga-ut/", views.lock, name="account_logout"),
    path("las/", views.lock, name="lock"),
    # One page about the account, under each of the names that allauth leads back to.
    path("konto/", views.account, name="mfa_index"),
    path("konto/", views.account, name="mfa_list_webauthn"),
    path("konto/", views.account, name="mfa_deactivate_totp"),
    path("konto/", views.account, name="account"),
    path("konto/bekrafta/", allauth_account.reauthenticate, name="account_reauthenticate"),
    path("konto/bekrafta/kod/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("konto/bekrafta/nyckel/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("konto/nycklar/ny/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("konto/nycklar/<int:pk>/bort/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("konto/kodapp/", totp.activate_totp, name="mfa_activate_totp"),
    path("konto/reservkoder/", spare.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/reservkoder/nya/", spare.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("inbjudan/<str:token>/", arrival.invitation, name="invitation"),
    path("valkommen/", arrival.welcome, name="welcome"),
    path("medarbetare/", member_views.members, name="members"),
    path("medarbetare/roller/", member_views.roles, name="roles"),
    path("medarbetare/ny/", member_views.invite, name="invite"),
    path("medarbetare/<uuid:member>/", member_views.member, name="member"),
    path("medarbetare/<uuid:member>/lank/", member_views.link, name="link"),
    path("medarbetare/<uuid:member>/underskrift/", member_views.sign, name="sign"),
    path("medarbetare/<uuid:member>/ny-lank/", member_views.renew, name="renew_invitation"),
    path("medarbetare/<uuid:member>/tillbaka/", member_views.take_back, name="take_back_invitation"),
    path("medarbetare/<uuid:member>/roller/", duty_views.change_roles, name="change_roles"),
    path("medarbetare/<uuid:member>/murar/", duty_views.walls, name="walls"),
    path("medarbetare/<uuid:member>/franvaro/", duty_views.away, name="away"),
    path("medarbetare/<uuid:member>/sluta/", leaving_views.leave, name="leave"),
    path("medarbetare/<uuid:member>/pa-nytt/", again_views.let_in_again, name="again"),
    path("konto/losenord/", own_views.password, name="password"),
    path("konto/adress/", own_views.address, name="own_address"),
    path("konto/stoppa/", own_views.stop, name="stop_again"),
    path("konto/webblasare/", own_views.browsers, name="browsers"),
    path("nycklar/", key_views.rings, name="rings"),
    path("nycklar/flytta/", key_views.move, name="move_keys"),
    path("nycklar/<str:ring>/<uuid:member>/", key_views.let_in, name="let_in"),
]
