"""Pairs, rings and wraps. Everything here is either public or sealed; running facts beside it."""

import uuid

from django.db import models

from lykta.retention.rules import Life, lives


class StaffPair(models.Model):
    """A member's X25519 pair: the public half signed by the centre, the private half sealed under the password.

    signature: empty until somebody who lets members in has signed it; nothing is given to an unsigned pair.
    """

    member_id = models.UUIDField(primary_key=True)
    centre_id = models.UUIDField()
    public = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    salt = models.BinaryField(max_length=16)
    sealed_private = models.BinaryField()

    lives = lives(Life.EMPLOYMENT)

    class Meta:
        db_table = "sealing_staffpair"

    def __str__(self) -> str:
        return f"pair of {self.member_id}"


class Ring(models.Model):
    """One version of a ring's public half. Writers use the newest; readers every version they have a share of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    name = models.CharField(max_length=20)  # a RingName
    version = models.PositiveIntegerField(default=1)
    public = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "sealing_ring"
        constraints = [models.UniqueConstraint(fields=["centre_id", "name", "version"], name="one_ring_per_version")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def context(self) -> str:
        """What this ring's key is signed and wrapped for."""
        return f"ring {self.centre_id} {self.name} {self.version}"


class RingShare(models.Model):
    """The private half of one ring, given to one member."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    ring = models.ForeignKey(Ring, models.DO_NOTHING, related_name="shares")
    member_id = models.UUIDField()
    box = models.BinaryField()

    lives = lives(Life.EMPLOYMENT)

    class Meta:
        db_table = "sealing_ringshare"
        constraints = [models.UniqueConstraint(fields=["ring", "member_id"], name="one_share_per_member")]

    def __str__(self) -> str:
        return f"share of {self.ring_id}"


class PublicKey(models.Model):
    """A member's public half and its signature, as colleagues see them: a view without anything that opens."""

    member_id = models.UUIDField(primary_key=True)
    centre_id = models.UUIDField()
    public = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    lives = lives(Life.EMPLOYMENT)

    class Meta:
        db_table = "sealing_publickey"
        managed = False

    def __str__(self) -> str:
        return f"public key of {self.member_id}"


class RingSpare(models.Model):
    """The private half of one ring, given to the centre's recovery pair: for the day when no holder is left."""

    ring = models.OneToOneField(Ring, models.DO_NOTHING, primary_key=True, related_name="spare")
    centre_id = models.UUIDField()
    box = models.BinaryField()

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "sealing_ringspare"

    def __str__(self) -> str:
        return f"spare of {self.ring_id}"


class CentreSeed(models.Model):
    """What the centre signs public keys with, given to the house's ring and to the recovery pair; nowhere else."""

    centre_id = models.UUIDField(primary_key=True)
    ring = models.ForeignKey(Ring, models.DO_NOTHING, related_name="+")
    box = models.BinaryField()
    spare = models.BinaryField()

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "sealing_centreseed"

    def __str__(self) -> str:
        return f"seed of {self.centre_id}"


class Wrap(models.Model):
    """A data key of a case, given to one ring. When the last wrap is gone, nobody can read the case: it is forgotten.

    part: what the key opens. Each part has a fresh key of its own, so that whoever writes (a visitor, or a colleague
    who may not read) needs no key that opens anything else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    case_id = models.UUIDField(db_index=True)
    part = models.UUIDField()
    ring = models.ForeignKey(Ring, models.DO_NOTHING, related_name="wraps")
    box = models.BinaryField()

    lives = lives(Life.DIALOGUE)

    class Meta:
        db_table = "sealing_wrap"
        constraints = [models.UniqueConstraint(fields=["case_id", "part", "ring"], name="one_wrap_per_ring")]

    def __str__(self) -> str:
        return f"wrap of {self.case_id}"


class MemberWrap(models.Model):
    """A data key of a named case, given to one member herself and to no ring (design, section 5).

    until: of one that is only lent, the moment from which the database shows it to her no more; set by the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    case_id = models.UUIDField(db_index=True)
    part = models.UUIDField()
    member_id = models.UUIDField()
    box = models.BinaryField()
    until = models.DateTimeField(null=True)

    lives = lives(Life.DIALOGUE)

    class Meta:
        db_table = "sealing_memberwrap"
        constraints = [models.UniqueConstraint(fields=["case_id", "part", "member_id"], name="one_wrap_per_member")]

    def __str__(self) -> str:
        return f"wrap of {self.case_id} for {self.member_id}"
