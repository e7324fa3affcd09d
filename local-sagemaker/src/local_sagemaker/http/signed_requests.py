"""Lets only requests through that are signed with keys which this server has issued."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

from local_sagemaker.http.request_body import BodyRefused, read_body
from local_sagemaker.http.signed_forms import check_form, is_form
from local_sagemaker.protocol.authorization import (
    OF_FORM,
    Authorization,
    MalformedAuthorization,
    authorization_of,
)
from local_sagemaker.protocol.callers import is_within
from local_sagemaker.protocol.digests import DigestError, check_digests
from local_sagemaker.protocol.keys import KeyPair, issue
from local_sagemaker.protocol.signature import is_right
from local_sagemaker.protocol.signed_chunks import (
    SIGNED,
    UNSIGNED,
    ChunkSignatureWrong,
    ChunksMalformed,
    Content,
    read_chunks,
)
from local_sagemaker.protocol.signing_errors import SigningError
from local_sagemaker.protocol.unanswered import error_answer
from local_sagemaker.protocol.wsgi import WsgiApplication

_OF_THE_SERVER = "/_local_aws/"
HEALTH_PATH = f"{_OF_THE_SERVER}health"
_CLOCK_SKEW = timedelta(minutes=15)  # as AWS allows
_WRONG = "The request signature we calculated does not match the signature you provided."
_TAKE_KEYS = 'Take the keys of this server: eval "$(local-sagemaker env)".'

# The secret of an access key id and a session token; None for a key that was not given out.
SecretOf = Callable[[str, str], str | None]


class SignedRequests:
    """Wraps the application of the server; `developer` is the pair of its owner."""

    def __init__(
        self, application: WsgiApplication, developer: KeyPair, given_out: SecretOf
    ) -> None:
        self._application = application
        self._developer = developer
        self._given_out = given_out

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        try:
            if environ["PATH_INFO"] != HEALTH_PATH:
                self._check(environ)
        except MalformedAuthorization as error:
            refused = SigningError("malformed", f"The request's signature is malformed: {error}.")
        except SigningError as error:
            refused = error
        except BodyRefused as error:
            return error.answer(environ)(environ, start_response)
        else:
            return self._application(environ, start_response)
        answer = error_answer(environ, refused.code(environ), str(refused), refused.status)
        return answer(environ, start_response)

    def _check(self, environ: dict[str, Any]) -> None:
        authorization = authorization_of(environ)
        if authorization is not None:
            self._check_signature(authorization, environ)
            return
        body = read_body(environ)  # a client that still sends would not see the answer
        # AWS takes AssumeRoleWithWebIdentity and AssumeRoleWithSAML unsigned. Here is no identity
        # provider to tell whose token it is, so that anybody would get keys.
        if not is_form(environ):
            raise SigningError("missing", f"The request is not signed. {_TAKE_KEYS}")
        environ[OF_FORM] = check_form(environ, body, self._secret)
        _check_headers((), environ)

    def _check_signature(self, authorization: Authorization, environ: dict[str, Any]) -> None:
        _check_time(authorization)
        key = authorization.credential.access_key_id
        secret = self._secret(key, authorization.token)
        if secret is None:
            raise SigningError("unknown key", f"The access key {key} is not known. {_TAKE_KEYS}")
        body = read_body(environ)  # of those only whose key is known
        if not is_right(authorization, environ, body, secret):
            raise SigningError("signature", _WRONG)
        _check_headers(authorization.signed_headers, environ)
        self._check_control(key, environ["PATH_INFO"])
        if authorization.credential.service == "s3":
            _check_upload(authorization, environ, body, secret)

    def _check_control(self, access_key_id: str, path: str) -> None:
        """Faults, calls and saved states are no service of AWS: no policy says who may ask."""
        if path.startswith(_OF_THE_SERVER) and access_key_id != self._developer.access_key_id:
            raise SigningError("policy", f"{path} is for the owner of this server. {_TAKE_KEYS}")

    def _secret(self, access_key_id: str, token: str) -> str | None:
        if access_key_id == self._developer.access_key_id:
            return self._developer.secret_access_key
        if is_within(access_key_id):
            return issue(access_key_id).secret_access_key
        return self._given_out(access_key_id, token)


def _check_upload(
    authorization: Authorization, environ: dict[str, Any], body: bytes, secret: str
) -> None:
    """Whether the content is what its signatures, its length and its digests say."""
    named, content = environ.get("HTTP_X_AMZ_CONTENT_SHA256", ""), Content(body)
    try:
        if named == UNSIGNED or named in SIGNED:
            content = read_chunks(body, authorization, secret, signed=named in SIGNED)
            if environ.get("HTTP_X_AMZ_DECODED_CONTENT_LENGTH") != str(len(content.data)):
                raise ChunksMalformed("x-amz-decoded-content-length is not that of the chunks")
            if content.trailers.keys() != set(_listed(environ.get("HTTP_X_AMZ_TRAILER", ""))):
                raise ChunksMalformed("x-amz-trailer does not name what trails the chunks")
        elif named.startswith("STREAMING-"):
            raise BodyRefused("NotImplemented", f"Local AWS does not know {named}.", 501)
        names = [name for name in environ if name.startswith("HTTP_")]
        headers = {name[5:].replace("_", "-").lower(): environ[name] for name in names}
        of_body = not _completes_upload(environ)
        check_digests(content.data, {**headers, **content.trailers}, of_body=of_body)
    except ChunkSignatureWrong as error:
        raise SigningError("signature", _WRONG) from error
    except ChunksMalformed as error:
        raise BodyRefused("IncompleteBody", f"The body is malformed: {error}.") from error
    except DigestError as error:
        raise BodyRefused(error.code, str(error)) from error


def _completes_upload(environ: dict[str, Any]) -> bool:
    """Whether it is CompleteMultipartUpload, whose checksums are of the object, not of its body."""
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    return environ["REQUEST_METHOD"] == "POST" and "uploadId" in query


def _listed(names: str) -> list[str]:
    return [name.strip().lower() for name in names.split(",") if name.strip()]


def _check_headers(signed: tuple[str, ...], environ: dict[str, Any]) -> None:
    """Whoever has a signed request may not add a header that makes another of it, as in S3."""
    names = [name[5:].replace("_", "-").lower() for name in environ if name.startswith("HTTP_")]
    for name in names:
        if name.startswith("x-amz-") and name not in signed:
            words = "There were headers present in the request which were not signed"
            raise SigningError("policy", f"{words}: {name}")


def _check_time(authorization: Authorization) -> None:
    now, signed = datetime.now(UTC), _time(authorization.time)
    if authorization.credential.date != authorization.time[:8]:
        raise MalformedAuthorization("the date of Credential is not that of X-Amz-Date")
    if authorization.expires is not None:
        if signed > now + _CLOCK_SKEW:
            raise SigningError("expired", "Request is not yet valid.")
        if now > signed + timedelta(seconds=authorization.expires):
            raise SigningError("expired", "Request has expired.")
    elif abs(now - signed) > _CLOCK_SKEW:
        raise SigningError(
            "time", f"The request was signed at {authorization.time}, more than 15 minutes off."
        )


@lru_cache(maxsize=128)
def _time(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise MalformedAuthorization("X-Amz-Date is not YYYYMMDDTHHMMSSZ") from None
