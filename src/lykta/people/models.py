"""The centre, its members and their sealed browser sessions."""

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.postgres.fields import ArrayField
from django.db import models

from lykta.access.enums import Role
from lykta.people.hours import DAY_MINUTES
from lykta.people.rules import may_sign_in
from lykta.retention.rules import Life, lives


class Centre(models.Model):
    """A centre: its name and its own facts. Many can share one database; another's rows do not exist for you."""

    centre_id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=120)
    demo = models.BooleanField(default=False)  # invented people inside; said on every staff page
    board = models.CharField(max_length=120, blank=True)  # the host board, which is controller (SoLPuF 11 §)
    municipalities = models.JSONField(default=list)  # codes, as the catalogue has them
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=200, blank=True)  # where one may come
    languages = models.JSONField(default=list)  # codes of the public side; empty is every language there is
    shut_on_holidays = models.BooleanField(default=True)
    opened_on = models.DateField(null=True)  # to the public; null while it is not open yet

    readmission_hours = models.PositiveSmallIntegerField(default=24)  # how long one waits to be let in again

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "people_centre"

    def __str__(self) -> str:
        return self.name


class CentrePhone(models.Model):
    """One of the centre's own numbers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    use = models.CharField(max_length=20)  # a PhoneUse
    number = models.CharField(max_length=30)  # as it is written
    checked_on = models.DateField()  # when somebody last rang it
    position = models.PositiveSmallIntegerField()

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "people_centrephone"

    def __str__(self) -> str:
        return self.number


class OpenSpan(models.Model):
    """A span of a weekday when the centre is open; two of one day never overlap. Minutes of the day, half-open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "people_openspan"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__lt=7, closes__lte=DAY_MINUTES, closes__gt=models.F("opens")),
                name="span_within_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}-{self.closes}"


class OtherHours(models.Model):
    """Days with other hours, half-open; two never claim the same day. spans: pairs of minutes; none is shut."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    from_on = models.DateField()
    until_on = models.DateField()
    spans = models.JSONField(default=list)
    why = models.CharField(max_length=80, blank=True)  # for the staff alone

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "people_otherhours"
        constraints = [
            models.CheckConstraint(condition=models.Q(until_on__gt=models.F("from_on")), name="other_hours_have_days")
        ]

    def __str__(self) -> str:
        return f"{self.from_on} {self.until_on}"


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
    role = models.CharField(max_length=20)  # a Role: her main one
    also = ArrayField(models.CharField(max_length=20), default=list)  # what more she does
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(null=True)  # the day she used her invitation
    leaves_on = models.DateField(null=True)  # the first day she no longer works here
    left_on = models.DateField(null=True)  # the day she was let go: keys destroyed, rings turned

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

    @property
    def roles(self) -> frozenset[Role]:
        """Everything she does."""
        return frozenset(map(Role, [self.role, *self.also]))

    def may_sign_in(self, on: date) -> bool:
        """Whether the door opens for her on a day."""
        return may_sign_in(is_active=self.is_active, leaves_on=self.leaves_on, on=on)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. Only that: at sign-in nothing may be changed yet, so no new hash is written."""
        return check_password(raw_password, self.password)


class OwnAddress(models.Model):
    """Where a member lives, told by herself and sealed to herself alone: to notice files of who lives there too."""

    member_id = models.UUIDField(primary_key=True)
    centre_id = models.UUIDField()
    box = models.BinaryField()

    lives = lives(Life.EMPLOYMENT)

    class Meta:
        db_table = "people_ownaddress"

    def __str__(self) -> str:
        return str(self.member_id)


class Colleague(models.Model):
    """A member as colleagues and lists see her: a view of the row without anything that opens."""

    id = models.UUIDField(primary_key=True)
    centre_id = models.UUIDField()
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=20)  # a Role: her main one
    is_active = models.BooleanField()  # works here today
    also = ArrayField(models.CharField(max_length=20))
    joined_on = models.DateField(null=True)
    leaves_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

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

    @property
    def roles(self) -> frozenset[Role]:
        """Everything she does."""
        return frozenset(map(Role, [self.role, *self.also]))


class Address(models.Model):
    """What a member signs in with, as those of the house see it: to hand over an invitation."""

    member_id = models.UUIDField(primary_key=True)
    centre_id = models.UUIDField()
    email = models.EmailField()

    lives = lives(Life.EMPLOYMENT)

    class Meta:
        db_table = "people_address"
        managed = False

    def __str__(self) -> str:
        return self.email


class Invitation(models.Model):
    """A link that lets one member do one thing once. Only what follows from its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    member_id = models.UUIDField()
    purpose = models.CharField(max_length=16)  # a Purpose
    token_row = models.CharField(max_length=64, unique=True)
    made_by = models.UUIDField(null=True)  # None: the installation
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # taken back, or renewed

    lives = lives(Life.EMPLOYMENT)

    class Meta:
        db_table = "people_invitation"
        constraints = [
            models.UniqueConstraint(
                fields=["member_id"],
                condition=models.Q(used_at=None, ended_at=None),
                name="one_open_invitation",
            )
        ]

    def __str__(self) -> str:
        return f"invitation of {self.member_id}"


class Session(models.Model):
    """A staff browser's session: sealed under a key that only the browser's cookie gives (see people.sessions)."""

    row = models.CharField(primary_key=True, max_length=64)
    centre_id = models.UUIDField()
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)
    member_id = models.UUIDField(null=True)  # once she has signed in
    opened_on = models.DateField(null=True)
    device = models.BinaryField(null=True)  # what kind, given to her own key

    lives = lives(Life.SIGN_IN)

    class Meta:
        db_table = "people_session"

    def __str__(self) -> str:
        return self.row[:8]


class Readmission(models.Model):
    """That a member who has lost her password or her second factor is let in again: asked for, waited for, done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    member_id = models.UUIDField()
    kind = models.CharField(max_length=16)  # a Purpose other than NEW
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    shortened_by = models.UUIDField(null=True)
    shortened_at = models.DateTimeField(null=True)
    shortened_why = models.CharField(max_length=20)  # a ShortenReason
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)

    lives = lives(Life.EMPLOYMENT)

    class Meta:
        db_table = "people_readmission"
        constraints = [
            models.UniqueConstraint(
                fields=["member_id"], condition=models.Q(stopped_at=None, done_at=None), name="one_open_readmission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} again"

    @property
    def open_at(self) -> datetime:
        """From when a link can be made."""
        return self.shortened_at or self.opens_at


class Absence(models.Model):
    """Days a member is away, and who stands in for her. Half-open: `until_on` is the day she is back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    member_id = models.UUIDField()
    from_on = models.DateField()
    until_on = models.DateField()
    stand_in = models.UUIDField(null=True)

    lives = lives(Life.EMPLOYMENT)

    class Meta:
        db_table = "people_absence"
        constraints = [
            models.CheckConstraint(condition=models.Q(until_on__gt=models.F("from_on")), name="absence_has_days"),
            models.CheckConstraint(
                condition=models.Q(stand_in=None) | ~models.Q(stand_in=models.F("member_id")),
                name="nobody_stands_in_for_herself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} away from {self.from_on}"


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
