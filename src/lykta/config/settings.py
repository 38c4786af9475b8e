"""All settings in one file. What differs between installations comes from config.env, checked."""

import sys
from uuid import UUID

from django.utils.csp import CSP

from lykta.config import env as surroundings

try:
    ENV = surroundings.load()
except surroundings.SettingsError as why:
    sys.exit(f"lykta: {why}")

# --- the house ---
LYKTA_DATA = ENV.data
LYKTA_KEYS = ENV.key_file
LYKTA_CENTRE = UUID(str(ENV.keys.get("centre", UUID(int=0))))
LYKTA_DOOR = ENV.door
LYKTA_EXIT_URL = ENV.exit_url
LYKTA_FLOOD_BURST = ENV.flood_burst
LYKTA_MAIL_SERVER = ENV.mail_server
LYKTA_MAIL_FROM = ENV.mail_from
LYKTA_ANCHOR_MAIL = ENV.anchor_mail
LYKTA_ANCHOR_DIR = ENV.anchor_dir
_installed = bool(ENV.keys)


def _secret(name: str, size: int = 32) -> bytes:
    """A key of the installation. Before the first start there is none, and nothing that needs one can run."""
    return ENV.secret(name) if _installed else bytes(size)


# Who serves one door alone has that door's keys. Another's are not even an attribute: to ask for one is an error.
LYKTA_PEPPER: bytes
LYKTA_SITE_SALT: bytes
LYKTA_TOTP_KEY: bytes
LYKTA_ANCHOR_SEED: bytes
if ENV.holds("pepper"):
    LYKTA_PEPPER, LYKTA_SITE_SALT = _secret("pepper"), _secret("site_salt", 16)
if ENV.holds("totp_key"):
    LYKTA_TOTP_KEY = _secret("totp_key")
if ENV.holds("anchor_seed"):
    LYKTA_ANCHOR_SEED = _secret("anchor_seed")
LYKTA_CENTRE_VERIFY_KEY = _secret("centre_verify_key")

# --- Django ---
SECRET_KEY = str(ENV.keys.get("secret_key", "none before the first start"))
DEBUG = False
ALLOWED_HOSTS = ENV.hosts
ROOT_URLCONF = "lykta.config.urls"
INSTALLED_APPS = [
    "lykta.people",  # before allauth: its pages stand in the place of allauth's
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.postgres",  # lists in a column: the roles of a member
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "lykta.core",
    "lykta.audit",
    "lykta.sealing",
    "lykta.access",
    "lykta.catalogue",
    "lykta.contact",
    "lykta.cases",
    "lykta.intake",
    "lykta.public",
    "lykta.desk",
    "lykta.centre",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "lykta.centre.middleware.Vacant",
    "lykta.people.middleware.StaffDoor",
    "lykta.people.middleware.StaffSession",
    "lykta.people.middleware.Idle",
    "django.middleware.common.CommonMiddleware",
    "lykta.people.middleware.StaffCsrf",
    "lykta.people.middleware.StaffUser",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request", "lykta.people.context.staff"]},
    }
]
POOLED = ("lykta_app", "lykta_public", "lykta_agency", "lykta_staff")  # those that serve waiting people
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": ENV.database.name,
        "USER": ENV.database.user,
        "PASSWORD": ENV.database.password,
        "HOST": ENV.database.host,
        "PORT": ENV.database.port,
        "CONN_MAX_AGE": 0,
        # A connection that died with the database is not handed out again.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "application_name": "lykta",
            **ENV.database.options,
            **({"pool": {"min_size": 1, "max_size": 16, "timeout": 5}} if ENV.database.user in POOLED else {}),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
LANGUAGE_CODE = "sv"
USE_I18N = True
STATIC_URL = "/static/"
# Nothing that was typed may ever be written to a temporary file in clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# Limits of tries and used codes, the same for all processes. Nothing else is ever put there.
CACHES = {"default": {"BACKEND": "lykta.people.tries.Tries"}}
# Log lines name the place in the code, never a request, a parameter or a traceback's values.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"quiet": {"()": "lykta.core.quiet.QuietFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}

# --- the staff door ---
AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = ["lykta.people.backend.Members"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_ENGINE = "lykta.people.sessions"
# Cookies know no ports: who practises beside the real house must not be signed out of it.
SESSION_COOKIE_NAME = "lykta-demo" if (LYKTA_DATA / "demo-accounts.json").exists() else "lykta"
SESSION_COOKIE_PATH = "/personal/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = ENV.https
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "lykta.people.views.stale_form"
LOGIN_URL = "/personal/logga-in/"
LOGIN_REDIRECT_URL = "/personal/"
ACCOUNT_ADAPTER = "lykta.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/personal/logga-in/"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Limits of tries count each network by itself also behind the proxy, or one stranger could shut everybody out.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENV.https else 0
# One customer of a hosting firm often has a whole /48 to come from.
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = 48
MFA_ADAPTER = "lykta.people.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV.https

# --- headers ---
# For staff pages. An answer that brings its own policy, as every public page does, keeps it.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
# Staff pages tell no other host where they are; to ourselves a form must tell its Origin, which "no-referrer" hides.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if ENV.https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS: list[str] = []
