"""What OpenSSL's own authority answers, and what is made of answers that prove nothing."""

from __future__ import annotations

import builtins
import datetime
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.ledger.der import in_order
from quoth.ledger.stamps import LARGEST, BadStamp, NoStamps, checked, request_for, stamp_of

MESSAGE = b"5-" + b"ab" * 32 + b"\n"


def test_stamps_of_openssl_are_understood(authority):
    request = request_for(MESSAGE)
    answer = authority.answer(request.der)
    stamp = checked(answer, MESSAGE, nonce=request.nonce, trusted=authority.ca.read_bytes())
    assert stamp == stamp_of(answer)
    assert (stamp.of, stamp.nonce, stamp.authority) == (sha256(MESSAGE).hexdigest(), request.nonce, "CN=tsa")
    assert abs(stamp.moment - datetime.datetime.now(datetime.UTC)) < datetime.timedelta(minutes=1)


@pytest.mark.parametrize("chain", [("ca", "other"), ("other", "ca")])
def test_stamps_that_bring_certificates_in_any_order(authority, chain):
    """One of the two orders is not that of DER, which OpenSSL does not mind."""
    request = request_for(MESSAGE)
    answer = authority.answer(request.der, chain=chain)
    trusted = authority.ca.read_bytes()
    assert checked(answer, MESSAGE, nonce=request.nonce, trusted=trusted).authority == "CN=tsa"
    assert len(in_order(answer)) == len(answer)
    assert in_order(in_order(answer)) == in_order(answer)


@given(st.binary(max_size=60))
def test_what_is_no_answer_comes_back_as_it_is(der):
    assert sorted(in_order(der)) == sorted(der)


def test_stamps_are_what_openssl_verifies(authority, tmp_path):
    data, token = tmp_path / "head.txt", tmp_path / "head.tsr"
    data.write_bytes(MESSAGE)
    token.write_bytes(authority.answer(request_for(MESSAGE).der))
    assert "Verification: OK" in authority.openssl(
        "ts", "-verify", "-data", data, "-in", token, "-CAfile", authority.ca
    )


def test_stamps_over_something_else(authority):
    answer = authority.answer(request_for(MESSAGE).der)
    with pytest.raises(BadStamp, match="is over something else"):
        checked(answer, MESSAGE + b"!")


def test_stamps_that_answer_another_request(authority):
    answer = authority.answer(request_for(MESSAGE).der)
    with pytest.raises(BadStamp, match="nonce differs"):
        checked(answer, MESSAGE, nonce=request_for(MESSAGE).nonce)


def test_stamps_signed_under_another_authority(authority):
    request = request_for(MESSAGE)
    trusted = (authority.folder / "other.pem").read_bytes()
    with pytest.raises(BadStamp, match="not signed under a certificate that is trusted"):
        checked(authority.answer(request.der), MESSAGE, trusted=trusted)


def test_stamps_by_a_certificate_that_has_expired(authority):
    answer = authority.answer(request_for(MESSAGE).der, "expired")
    with pytest.raises(BadStamp, match="certificate was not valid when it stamped"):
        checked(answer, MESSAGE)


@pytest.mark.parametrize("trusted", [b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_stamps_checked_with_a_file_that_holds_no_certificate(authority, trusted):
    with pytest.raises(BadStamp, match="holds none in PEM form"):
        checked(authority.answer(request_for(MESSAGE).der), MESSAGE, trusted=trusted)


def test_stamps_whose_signature_was_changed(authority):
    answer = bytearray(authority.answer(request_for(MESSAGE).der))
    answer[-1] ^= 1
    with pytest.raises(BadStamp, match="not signed under"):
        checked(bytes(answer), MESSAGE, trusted=authority.ca.read_bytes())


def test_stamps_whose_time_was_changed(authority):
    answer = authority.answer(request_for(MESSAGE).der)
    year = str(stamp_of(answer).moment.year).encode()
    at = answer.index(b"\x18\x0f" + year) + 2
    later = answer[: at + 3] + bytes([(answer[at + 3] - 0x30 + 1) % 10 + 0x30]) + answer[at + 4 :]
    with pytest.raises(BadStamp):
        checked(later, MESSAGE, trusted=authority.ca.read_bytes())


def test_stamps_refused(authority):
    with pytest.raises(BadStamp, match=r"refused \(status 2: Bad request format"):
        stamp_of(authority.answer(bytes(20)))


@pytest.mark.parametrize("answer", [b"", b"<html>no</html>", b"\x30\x03\x02\x01\x00", b"0" * (LARGEST + 1)])
def test_stamps_that_are_none(answer):
    with pytest.raises(BadStamp, match=r"no time stamp|cannot be read"):
        stamp_of(answer)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.data())
def test_stamps_with_a_byte_changed_never_pass_for_signed(authority, good, data):
    answer = bytearray(good)
    answer[data.draw(st.integers(0, len(answer) - 1))] ^= data.draw(st.integers(1, 255))
    trusted = authority.ca.read_bytes()
    try:
        stamp = checked(bytes(answer), MESSAGE, trusted=trusted)
    except BadStamp:
        return
    assert stamp == stamp_of(good)


@pytest.fixture(scope="module")
def good(authority):
    return authority.answer(request_for(MESSAGE).der)


def test_stamps_without_the_library(monkeypatch):
    real = builtins.__import__

    def missing(name, *rest):
        if name == "rfc3161_client":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(NoStamps, match="rfc3161-client") as raised:
        request_for(MESSAGE)
    assert "pip install 'quoth[anchor]'" in str(raised.value)
