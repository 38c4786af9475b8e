"""The centre, its members and their sealed browser sessions."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models

from lykta.retention.rules import Life, lives


class Centre(models.Model):
    """A centre: its name and its own facts. Many can share one database; another's rows do not exist for you."""

    centre_id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=120)
    demo = models.BooleanField(default=False)  # invented people inside; said on every staff page

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "people_centre"

    def __str__(self) -> str:
        return self.name


class MemberManager(BaseUserManager["Member"]):
    """Finding members by the address they sign in with."""

    def get_by_natural_key(self, email: str | None) -> "Member":
        """The member with this address, in the lower case it is kept in."""
        return self.get(email=(email or "").lower())


class Member(AbstractBaseUser):
    """One of the staff. Holds what sign-in needs; keys are in the room sealing, walls in access."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre_id = models.UUIDField()
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=20)  # a Role
    is_active = models.BooleanField(default=True)

    lives = lives(Life.EMPLOYMENT)
    objects = MemberManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        db_table = "people_member"

    def __str__(self) -> str:
        return self.name

    @property
    def given_name(self) -> str:
        """The first of the member's names, as colleagues say it."""
        return self.name.split()[0]

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. Only that: at sign-in nothing may be changed yet, so no new hash is written."""
        return check_password(raw_password, self.password)


class Colleague(models.Model):
    """A member as colleagues and lists see her: a view of the row without anything that opens."""

    id = models.UUIDField(primary_key=True)
    centre_id = models.UUIDField()
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=20)  # a Role
    is_active = models.BooleanField()

    lives = lives(Life.EMPLOYMENT)

    class Meta:
        db_table = "people_colleague"
        managed = False

    def __str__(self) -> str:
        return self.name

    @property
    def given_name(self) -> str:
        """The first of the names."""
        return self.name.split()[0]


class Session(models.Model):
    """A staff browser's session: sealed under a key that only the browser's cookie gives (see people.sessions)."""

    row = models.CharField(primary_key=True, max_length=64)
    centre_id = models.UUIDField()
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)

    lives = lives(Life.SIGN_IN)

    class Meta:
        db_table = "people_session"

    def __str__(self) -> str:
        return self.row[:8]


class Try(models.Model):
    """One try to get in, or one used code, under a keyed hash of what was tried (see people.tries)."""

    centre_id = models.UUIDField()
    key = models.CharField(max_length=64, db_index=True)
    moment = models.FloatField()  # epoch seconds, as allauth counts
    until_at = models.DateTimeField(db_index=True)

    lives = lives(Life.TRY)

    class Meta:
        db_table = "people_try"

    def __str__(self) -> str:
        return self.key[:8]
