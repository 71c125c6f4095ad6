"""Letters by SMTP, against a real server: taken, put off, refused, or nobody knows."""

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from quiz.domain.posting import Outage, Outcome, Outgoing, State
from quiz.outside.mail import MailServer
from tests.postbox import free_port, knows, open_postbox

BODY = "Dear Zoë\n\n.A line that begins with a dot\nW9CDF-36H4K-MT7QX\n" + "Long line. " * 200
LETTER = Outgoing("1", "<1@example.org>", "zoe@example.com", "Nehmen Sie Ihren Test – Zoë", BODY)


def server(port: int, **changes: object) -> MailServer:
    plain = MailServer("127.0.0.1", port, "none", "licensing@example.org", 'Chorley "Borough" Council', timeout=5)
    return replace(plain, **changes)


def sent(mail: MailServer, letter: Outgoing = LETTER) -> Outcome:
    with mail.opened() as send:
        return send(letter)


@pytest.fixture
def box():
    with open_postbox() as opened:
        yield opened


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def own_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_letter_arrives_as_it_was_written(box):
    assert sent(server(box.port)) == Outcome(State.SENT)
    (letter,) = box.letters
    assert letter.get_content().replace("\r\n", "\n") == BODY + "\n"
    assert letter["Subject"] == LETTER.subject
    assert (letter["Message-ID"], letter["To"]) == ("<1@example.org>", "zoe@example.com")
    assert letter["From"].addresses[0].display_name == "Chorley Borough Council"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert max(map(len, box.envelopes[0].content.split(b"\r\n"))) <= 998


def test_several_letters_go_over_one_connection_after_a_refusal(box):
    box.to_recipients = ["550 5.1.1 No such user"]
    with server(box.port).opened() as send:
        outcomes = [send(replace(LETTER, to=to)) for to in ("a@example.com", "b@example.com", "c@example.com")]
    assert outcomes == [Outcome(State.REFUSED, "550 5.1.1 No such user"), Outcome(State.SENT), Outcome(State.SENT)]
    assert box.recipients == ["b@example.com", "c@example.com"]


@pytest.mark.parametrize("where", ["to_recipients", "to_letters"])
@pytest.mark.parametrize(
    ("answer", "state"), [("451 4.3.0 Try again later", State.WAITING), ("554 5.7.1 Looks like spam", State.REFUSED)]
)
def test_what_a_server_has_against_a_letter_is_kept(box, where, answer, state):
    setattr(box, where, [answer])
    assert sent(server(box.port)) == Outcome(state, answer)
    assert box.letters == []


def test_a_server_that_breaks_off_before_it_answers_leaves_nobody_knowing(box):
    box.breaks_off = True
    outcome = sent(server(box.port))
    assert (outcome.state, len(box.letters)) == (State.UNKNOWN, 1)


@pytest.mark.parametrize("where", ["to_sender", "to_recipients"])
def test_a_server_that_is_about_to_close_is_an_outage(box, where):
    setattr(box, where, ["421 4.3.2 Closing"])
    with pytest.raises(Outage, match="421"):
        sent(server(box.port))


def test_a_server_that_does_not_take_our_address_is_an_outage(box):
    box.to_sender = ["550 Not you"]
    with pytest.raises(Outage, match=r"takes no letters from licensing@example\.org: 550 Not you"):
        sent(server(box.port))


def test_no_server_is_an_outage():
    with pytest.raises(Outage, match="cannot be used"):
        sent(server(free_port()))


def test_a_server_that_says_nothing_is_an_outage():
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Outage):
        sent(server(silent.getsockname()[1], timeout=0.2))


def test_starttls_protects_the_password(own_tls, certificate):
    trust = ssl.create_default_context(cafile=str(certificate))
    how = {"tls_context": own_tls, "require_starttls": True, "authenticator": knows, "auth_required": True}
    with open_postbox(**how) as box:
        mail = server(box.port, security="starttls", username="licensing", password="hush", trust=trust)
        assert sent(mail).state is State.SENT
        with pytest.raises(Outage, match="535") as refused:
            sent(replace(mail, password="wrong"))
        assert "wrong" not in refused.value.words and "hush" not in repr(mail)
        with pytest.raises(Outage, match="certificate"):
            sent(replace(mail, trust=None))


def test_tls_from_the_start(own_tls, certificate):
    with open_postbox(ssl_context=own_tls) as box:
        mail = server(box.port, security="tls", trust=ssl.create_default_context(cafile=str(certificate)))
        assert sent(mail).state is State.SENT


def test_an_address_with_other_letters_needs_a_server_that_can():
    with open_postbox(enable_SMTPUTF8=False) as unable:
        assert sent(server(unable.port), replace(LETTER, to="zoë@example.com")).state is State.REFUSED
    with open_postbox(enable_SMTPUTF8=True) as able:
        assert sent(server(able.port), replace(LETTER, to="zoë@example.com")).state is State.SENT
        assert able.envelopes[0].rcpt_tos == ["zoë@example.com"]


def test_an_address_cannot_bring_lines_of_its_own(box):
    outcome = sent(server(box.port), replace(LETTER, to="a@example.com\r\nBcc: b@example.com"))
    assert (outcome.state, box.letters) == (State.REFUSED, [])
