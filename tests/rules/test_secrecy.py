"""Which fields hold a secret, and which only sound like it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from specstat.model.directives import Declared
from specstat.model.resource import Field, Section
from specstat.rules import secrecy
from tests.rules.made import resource
from tests.rules.schemas import found


def holds(name: str, description: str = "", *beside: str, **facts: Any) -> str:  # noqa: ANN401 - facts of a field
    """What secret a string of this name holds, beside fields of other names."""
    own = replace(Field(name, type="string", description=description), **facts)
    return secrecy.secret(own, Field("auth", children=(own, *map(Field, beside))))


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("password", "a password"),
        ("admin_password", "a password"),
        ("passwordPlaintext", "a password"),
        ("passphrase", "a passphrase"),
        ("token", "a token"),
        ("callback_token", "a token"),
        ("bearerToken", "a token"),
        ("generatedToken", "a token"),
        ("apiKey", "an API key"),
        ("apikey", "an API key"),
        ("secret_access_key", "a secret key"),
        ("preSharedKey", "a key"),
    ],
)
def test_a_name_that_ends_in_a_secret_holds_one(name: str, what: str) -> None:
    assert holds(name) == what
    assert holds(name, format="byte") == what


@pytest.mark.parametrize(
    "name",
    [
        "passwordSecretRef",
        "passwordSecretName",
        "passwordHash",
        "passwordExpiry",
        "tokenURL",
        "tokenFile",
        "accessKeyID",
        "publicKey",
        "secretName",
        "pullSecret",
        "credentials",
        "bypass",
        *"updateToken clientToken clientRequestToken conflictToken pageToken nextToken".split(),
        *"continueToken httpTokens lockToken versionToken maxTokens outputTokens".split(),
        *"cursorToken checkpointToken leaseToken ackToken revisionToken dkimTokens".split(),
    ],
)
def test_names_of_secrets_and_harmless_tokens_hold_none(name: str) -> None:
    assert not holds(name)


@pytest.mark.parametrize(
    "description",
    [
        "Name of the secret with the token.",
        "Secret that contains the token.",
        "The key in the Secret to read.",
        "A reference to what is kept elsewhere.",
        "Path to the token in the container.",
        "Salted hash of the token.",
        "Used for optimistic locking.",
        "Token of the challenge.",
        "Put it into a TXT record to prove that the domain is yours.",
        "Identifies the build, and is no secret.",
        "Deprecated: use tokenSecretRef.",
        "This field should not be used.",
    ],
)
def test_a_description_can_say_that_it_is_none(description: str) -> None:
    assert holds("token", "Token with which to call back.")
    assert not holds("token", description)


def test_what_a_description_says_far_below_is_not_heard() -> None:
    assert holds("token", f"Token with which to call back. {'Words. ' * 60}References: a page.")


def test_a_secret_key_is_one_beside_an_access_key_alone() -> None:
    assert not holds("secretKey")
    assert not holds("secretKey", "", "secretName")
    assert holds("secretKey", "", "accessKey") == "a secret key"


def test_a_client_secret_is_described_as_one_or_stands_beside_the_id() -> None:
    assert not holds("clientSecret")
    assert holds("clientSecret", "", "clientID") == "a client secret"
    assert holds("clientSecret", "The client secret that was registered.") == "a client secret"
    assert holds("appSecret", "The app secret that was registered.") == "an app secret"


def test_a_private_key_is_described_as_one() -> None:
    assert not holds("privateKey", "Needed where the mode is mutual.")
    assert holds("privateKey", "The private key as PEM.") == "a private key"


@pytest.mark.parametrize("kind", ["boolean", "integer", "object", "number"])
def test_what_is_no_string_holds_none(kind: str) -> None:
    assert not holds("token", type=kind)


def test_an_enum_holds_none_and_a_format_may_say_it_is_one() -> None:
    assert not holds("token", enum=("optional", "required"))
    assert not holds("token", format="date-time")
    assert holds("door", format="password") == "a password"


def test_lists_hold_secrets_by_their_plural_alone() -> None:
    assert holds("tokens", type="array") == "tokens"
    assert not holds("tokens")
    assert not holds("token", type="array")


@pytest.mark.parametrize("name", ["secretRef", "keys", "challenges", "tokenSelector"])
def test_below_a_reference_stand_names(name: str) -> None:
    own = Field("password", type="string")

    assert not secrecy.secret(own, Field(name, children=(own,)))


def test_the_author_has_the_last_word() -> None:
    sensitive = Declared(sensitive=True)

    assert holds("seed", declared=sensitive) == "a value declared sensitive"
    assert holds("token", declared=sensitive) == "a value declared sensitive"
    assert not holds("seedRef", declared=sensitive)
    assert not holds("token", declared=Declared(purpose="identity"))
    assert not holds("token", declared=Declared(purpose="allocation"))
    assert holds("token", declared=Declared(purpose="instruction")) == "a token"


def test_reviews_are_never_stored() -> None:
    own = Field("token", "spec.token", Section.SPEC, type="string")
    of = resource(own)

    assert [f.on for f in secrecy.findings(of, Section.SPEC)] == [own]
    for kind in ("TokenReview", "TokenRequest", "UploadTokenRequest"):
        assert not list(secrecy.findings(replace(of, kind=kind), Section.SPEC))
    assert list(secrecy.findings(replace(of, kind="RegistrationRequest"), Section.SPEC))


def test_the_advice_is_in_the_words_of_the_language() -> None:
    own = Field("callbackToken")

    assert "in a Secret" in secrecy.advice(own)
    assert "(callbackTokenSecretRef)" in secrecy.advice(own)
    assert "(callback_token_secret_ref)" in secrecy.advice(replace(own, name="callback_token"))
    assert "a store for secrets" in secrecy.advice(replace(own, name="callback_token", number=3))


@pytest.mark.parametrize(("section", "advised"), [("Spec", True), ("Status", False)])
def test_input_only_is_not_advised_for_what_stands_in_status(
    section: str, *, advised: bool
) -> None:
    fields = {"Spec": "int32 size = 1;", "Status": "int32 size = 1;"}
    fields[section] += " string pump_password = 2;"
    messages = " ".join(f"message Pump{name} {{ {held} }}" for name, held in fields.items())
    text = f"""\
syntax = "proto3";
package api.v1;
message Pump {{ PumpSpec spec = 1; PumpStatus status = 2; }}
{messages}
"""

    (finding,) = found("SS424", text.encode(), "a.proto")

    assert ("INPUT_ONLY" in finding.help[1]) is advised
    assert "specstat: sensitive" in finding.help[1]
