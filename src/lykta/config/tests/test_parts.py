"""The door's socket, as the connections made through it find it."""

import socket

import pytest

from lykta.config.ground import GroundError
from lykta.config.parts import listener


def test_no_answer_waits_for_a_fuller_packet() -> None:
    """An answer that waits for the last one's receipt (RFC 896) costs half of what the door can give."""
    with listener("127.0.0.1", 0) as bound:
        bound.listen()
        with socket.create_connection(bound.getsockname()):
            bound.setblocking(True)
            came, _ = bound.accept()
            with came:
                assert came.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_taken_port_is_told_with_another_to_try() -> None:
    with listener("127.0.0.1", 0) as bound:
        bound.listen()
        port = bound.getsockname()[1]
        with pytest.raises(GroundError, match=f"--port {port + 1}"):
            listener("127.0.0.1", port)
