"""Let in with the recovery key on paper: the last head is not the end of the house."""

import io
import json
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.access.rules import Actor
from lykta.core.doors import WORKER, door
from lykta.people import keys
from lykta.people.invitations import Link
from lykta.people.models import Member
from lykta.people.tests.cast import GOOD, browser, hands, head_of, refused
from lykta.people.tests.test_again import own
from lykta.people.tests.test_invitation import sign, use, with_code_app
from lykta.sealing.enums import RingName
from lykta.sealing.paper import parts, secret_of, whole
from lykta.sealing.queries import case_keys, fingerprint
from lykta.sealing.signing import open_seed


@pytest.fixture
def cast(house: House, monkeypatch: pytest.MonkeyPatch) -> tuple[House, Actor, Member]:
    """An installed house with one head, and a counsellor; what is typed is the paper."""
    house.install()
    head = head_of(house)
    typed(monkeypatch, house.recovery_paper)
    with door("staff", actor=head.member):
        return house, head, Member.objects.get(pk=head.member)


def typed(monkeypatch: pytest.MonkeyPatch, *rows: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(rows)))


def admit(house: House, *words: str) -> dict[str, object]:
    """The command's answer; the paper is typed anew each time."""
    out = io.StringIO()
    call_command("admit", *words, "--json", stdout=out)
    answer: dict[str, object] = json.loads(out.getvalue())
    return answer


def link_in(answer: dict[str, object], member: UUID) -> Link:
    token = str(answer["link"]).rstrip("/").rpartition("/")[2]
    return Link(member, token, None)  # type: ignore[arg-type]  # only followed


def digits_of(house: House, member: UUID) -> str:
    with door("worker", actor=WORKER):
        return fingerprint(member)


def chain(house: House) -> list[tuple[str, str, UUID]]:
    with house.as_superuser() as boss:
        query = "SELECT act, reason, object FROM audit_event WHERE act LIKE 'people:paper%' ORDER BY seq"
        return boss.execute(query).fetchall()


def test_the_only_head_comes_in_again_and_lets_others_in(cast, monkeypatch) -> None:
    house, _, gunnel = cast
    client = browser()
    assert use(link_in(admit(house, gunnel.email, "--link"), gunnel.pk), client).status_code == 303
    with_code_app(client)
    assert client.get("/personal/")["Location"] == "/personal/konto/"
    typed(monkeypatch, *parts(secret_of(house.recovery_paper))[1:])
    answer = admit(house, gunnel.email, "--digits", digits_of(house, gunnel.pk))
    assert answer["rings"] == [RingName.HOUSE, RingName.REVIEW]
    assert client.get("/personal/").status_code == 200
    hers = own(gunnel, GOOD)
    with door("staff", actor=gunnel.pk):
        assert open_seed(hers)
    assert chain(house) == [
        ("people:paper:link", "lost_both", gunnel.pk),
        ("people:paper:use", "house", gunnel.pk),
    ]


def test_a_colleague_becomes_head_where_the_head_has_vanished(cast) -> None:
    house, _, gunnel = cast
    maja = house.member("Maja")
    answer = admit(house, maja.email, "--digits", digits_of(house, maja.pk), "--head")
    assert answer["rings"] == [RingName.HOUSE]  # the review's ring somebody else holds; she could give it
    with door("staff", actor=maja.pk):
        assert Member.objects.get(pk=maja.pk).also == ["head"]
    page = hands(house, house.actor(maja)).get(f"/personal/medarbetare/{gunnel.pk}/sluta/")
    assert "Avsluta Gunnel nu" in page.content.decode()


def test_a_ring_that_only_she_held_is_given_back_in_all_its_versions(cast, monkeypatch) -> None:
    house, head, _ = cast
    nils = house.member("Nils", Role.COUNSELLOR, walls=(Wall.CONTACT,))
    visitor, _ = house.dialogue("Hej")
    use(link_in(admit(house, nils.email, "--link"), nils.pk))
    sign(house, head, nils.pk)
    his = own(nils, GOOD)
    typed(monkeypatch, house.recovery_paper)
    assert admit(house, nils.email, "--digits", digits_of(house, nils.pk))["rings"] == [RingName.CONTACT]
    with door("staff", actor=nils.pk):
        assert case_keys(his, visitor.case)


def test_what_a_colleague_can_give_the_paper_does_not(cast, monkeypatch) -> None:
    house, _, _ = cast
    maja, tomas = house.member("Maja"), house.member("Tomas")
    use(link_in(admit(house, tomas.email, "--link"), tomas.pk))
    typed(monkeypatch, house.recovery_paper)
    assert admit(house, tomas.email, "--digits", digits_of(house, tomas.pk))["rings"] == []
    actor = house.actor(maja)
    with door("staff", actor=maja.pk):
        keys.let_in(by=actor, member=tomas.pk, ring=RingName.CONTACT)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((), "one part alone"),
        (("not a key at all!",), "not a recovery key"),
        (("7K2M 7K2M",), "too short or too long"),
        ((whole(bytes(16)),), "not the recovery key of this centre"),
        ((parts(bytes(16))[0],), "one part alone"),
        (parts(bytes(16))[:2], "not the recovery key of this centre"),
    ],
    ids=["nothing", "signs", "short", "another", "one part", "other parts"],
)
def test_another_paper_does_nothing(cast, monkeypatch, rows: tuple[str, ...], told: str) -> None:
    house, _, gunnel = cast
    typed(monkeypatch, *rows)
    with pytest.raises(CommandError, match=told):
        admit(house, gunnel.email, "--link")
    assert chain(house) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nobody@test.example", "--link"), "Nobody who works here"),
        (("gunnel@test.example", "--digits", "0000 0000"), "other digits"),
        (("gunnel@test.example", "--digits", " "), "other digits"),
        (("gunnel@test.example", "--link", "--head"), "--head goes with"),
    ],
    ids=["unknown", "other digits", "no digits", "head with link"],
)
def test_what_does_not_fit_is_told_and_nothing_is_done(cast, words: tuple[str, ...], told: str) -> None:
    house, _, _ = cast
    with pytest.raises(CommandError, match=told):
        admit(house, *words)
    assert chain(house) == []


def test_who_has_left_or_never_came_is_not_let_in(cast, monkeypatch) -> None:
    house, _, _ = cast
    tomas = house.member("Tomas")
    with house.as_superuser() as boss:
        boss.execute("UPDATE people_member SET is_active = false WHERE id = %s", [tomas.pk])
    with pytest.raises(CommandError, match="Nobody who works here"):
        admit(house, tomas.email, "--link")


def test_by_hand_no_person_has_these_ways_and_a_forged_signature_counts_for_nothing(cast) -> None:
    _, head, gunnel = cast
    tries = [
        "SELECT lykta_member_at('gunnel@test.example')",
        "SELECT lykta_readmit_by_paper(%(member)s)",
        "SELECT lykta_make_head(%(member)s)",
        "SELECT lykta_sign_by_paper(%(member)s, 'x', 'x')",
    ]
    refused(head, tries, {"member": gunnel.pk})
    with door("worker", actor=WORKER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT lykta_sign_by_paper(member_id, public, 'x') FROM sealing_publickey WHERE member_id = %s",
            [gunnel.pk],
        )
        assert cursor.fetchone() == (False,)  # a signature that stands is not written over
