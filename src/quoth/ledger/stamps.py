"""Time stamps by RFC 3161: what is asked of an authority, and what its answer says and proves.  No network here.

Bytes come and go as DER.  The library is that of the extra `anchor`, and is loaded when it is first needed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from quoth.errors import QuothError
from quoth.ledger.der import in_order

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

SHA256 = "2.16.840.1.101.3.4.2.1"
"""The object identifier of the one hash that is asked for."""
GRANTED = frozenset({0, 1})
"""As asked, or with changes: both bring a token (RFC 3161, 2.4.2)."""
LARGEST = 100_000
"""Bytes of an answer that are looked at; time stamps have five thousand."""

_REASON = (re.compile(r'Verify error: ?([^"\\]+)'), re.compile(r'reason: "([^"]+)"'), re.compile(r"ParseError.*"))


class BadStamp(QuothError):
    """An answer of a time-stamping authority that is none, is of something else, or proves nothing."""

    code = "Q311"


class NoStamps(QuothError):
    """Time stamps are asked for and the library that knows them is not installed."""

    code = "Q312"


@dataclass(frozen=True, slots=True)
class Request:
    """What an authority is sent, as DER, and the number that its answer has to repeat."""

    der: bytes
    nonce: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an answer says; `of` is the SHA-256 (hex) of what was stamped."""

    moment: datetime.datetime
    of: str
    serial: int
    nonce: int | None
    authority: str
    """The subject of the certificate that signed, as RFC 4514 writes it."""


def request_for(message: bytes) -> Request:
    """A request for a stamp over the SHA-256 of the message.  Raises NoStamps."""
    library = _library()
    built = (
        library.TimestampRequestBuilder()
        .data(message)
        .hash_algorithm(library.HashAlgorithm.SHA256)
        .cert_request(cert_request=True)
    ).build()
    return Request(built.as_bytes(), built.nonce)


def stamp_of(answer: bytes) -> Stamp:
    """What an answer says, its signature unchecked.  Raises BadStamp on a refusal and on what is no answer."""
    with _library_errors():
        response = _granted(answer)
        said = response.tst_info
        if said.message_imprint.hash_algorithm.dotted_string != SHA256:
            raise BadStamp("the time stamp is over another kind of hash than SHA-256")
        signer = _signer(response)
        moment = said.gen_time
        if not signer.not_valid_before_utc <= moment <= signer.not_valid_after_utc:
            raise BadStamp(
                f"the authority's certificate was not valid when it stamped ({_told(moment)}): it holds from "
                f"{_told(signer.not_valid_before_utc)} to {_told(signer.not_valid_after_utc)}"
            )
        return Stamp(
            moment=moment,
            of=said.message_imprint.message.hex(),
            serial=said.serial_number,
            nonce=said.nonce,
            authority=signer.subject.rfc4514_string(),
        )


def checked(answer: bytes, message: bytes, *, nonce: int | None = None, trusted: bytes | None = None) -> Stamp:
    """What an answer says, once it is found to be over the message, to the request of this nonce, and, where
    certificates that are trusted (PEM) are given, signed under one of them.  Raises BadStamp."""
    stamp = stamp_of(answer)
    if stamp.of != sha256(message).hexdigest():
        raise BadStamp("the time stamp is over something else")
    if nonce is not None and stamp.nonce != nonce:
        raise BadStamp("the time stamp answers another request (its nonce differs)")
    if trusted is not None:
        _check_signature(answer, message, trusted)
    return stamp


def _granted(answer: bytes) -> TimeStampResponse:
    if len(answer) > LARGEST:
        raise BadStamp(f"the answer has {len(answer)} bytes and is no time stamp")
    try:
        response: TimeStampResponse = _library().decode_timestamp_response(in_order(answer))
    except ValueError as error:
        raise BadStamp(f"the answer is no time stamp that can be read ({_reason(error)})") from error
    if response.status not in GRANTED:
        why = "; ".join(response.status_string) or "it does not say why"
        raise BadStamp(f"the authority refused (status {response.status}: {why})")
    return response


def _signer(response: TimeStampResponse) -> Any:
    """The certificate that signed.  Raises BadStamp when it is not there or may not sign time stamps."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    signers = list(response.signed_data.signer_infos)
    certificates = [x509.load_der_x509_certificate(der) for der in response.signed_data.certificates]
    found = [
        certificate
        for certificate in certificates
        for signer in signers
        if (certificate.issuer, certificate.serial_number) == (signer.issuer, signer.serial_number)
    ]
    if len(signers) != 1 or len(found) != 1:
        raise BadStamp("the time stamp does not hold the one certificate that signed it")
    try:
        purposes = found[0].extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE])
    if ExtendedKeyUsageOID.TIME_STAMPING not in purposes:
        raise BadStamp("the certificate that signed is not one for time stamps")
    return found[0]


def _check_signature(answer: bytes, message: bytes, trusted: bytes) -> None:
    from cryptography import x509

    library = _library()
    try:
        roots = x509.load_pem_x509_certificates(trusted)
    except ValueError as error:
        raise BadStamp("the file of certificates holds none in PEM form", remedy="give the authority's CA") from error
    with _library_errors():
        verifier = library.VerifierBuilder(roots=roots).build()
        try:
            verifier.verify_message(_granted(answer), message)
        except library.VerificationError as error:
            what = f"the time stamp is not signed under a certificate that is trusted ({_reason(error)})"
            raise BadStamp(what) from error


def _reason(error: Exception) -> str:
    """What a library's message says at its heart."""
    text = str(error)
    found = next((match for pattern in _REASON if (match := pattern.search(text))), None)
    return found[found.re.groups] if found else text


@contextmanager
def _library_errors() -> Iterator[None]:
    """The bytes are a stranger's: whatever the libraries make of them (cryptography has errors of many kinds) is said
    in one line."""
    try:
        yield
    except QuothError:
        raise
    except Exception as error:
        raise BadStamp(f"the time stamp cannot be read ({_reason(error)})") from error


def _told(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC")


def is_installed() -> bool:
    """Whether the library is there."""
    return find_spec("rfc3161_client") is not None


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise NoStamps(
            "time stamps need the library rfc3161-client", remedy="install it with: pip install 'quoth[anchor]'"
        ) from error
    return rfc3161_client
