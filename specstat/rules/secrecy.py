"""Whether a field holds a secret itself, rather than the name of one, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.judge.words import plain, split
from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Field, Resource, Section
from specstat.rules import surroundings, values

# All names of secrets, and few others: looked for first, for speed.
_MAY_BE = re.compile(r"pass|psk|token|secret|key", re.IGNORECASE)
# What a name ends in, and what it then holds.
_HEADS = {
    "password": "a password",
    "passwords": "passwords",
    "passwd": "a password",
    "passphrase": "a passphrase",
    "passcode": "a passcode",
    "psk": "a key",
    "token": "a token",
    "tokens": "tokens",
}
_KEYS = {"api": "an API key", "auth": "a key", "private": "a private key", "shared": "a key"}
# A "secret" is most often a Secret's name in Kubernetes; these are values.
_SECRETS = frozenset(
    "api app application client consumer cookie hmac jwt session shared signing webhook".split()
)
_JOINED = {
    "accesskey": ("access", "key"),
    "apikey": ("api", "key"),
    "apitoken": ("api", "token"),
    "authtoken": ("auth", "token"),
    "clientsecret": ("client", "secret"),
    "privatekey": ("private", "key"),
    "secretkey": ("secret", "key"),
}
# How the value is written down says nothing of what it is.
_FORMS = frozenset("base64 b64 encoded pem plaintext string text value".split())
# Tokens that let nobody in: of an update, a page, a place in a text or a ring, a name in DNS.
_HARMLESS = frozenset(
    "ack bookmark cancellation change checkpoint client conflict consistency continuation continue "
    "csrf cursor delta dkim end etag fencing first generation grant http idempotency initial last "
    "lease lock marker max next offset page pagination request resource resume revision special "
    "start stop stream sync update version watch".split()
)
_COUNTS = frozenset("cached completion input max min output prompt reasoning total used".split())
_REFERENCE = re.compile(
    r"\bsecrets?['\u2019`\"]?s? (?:name|where|containing|contains|with|holding|should|"
    r"resource|object|reference|provider|(?:that|which) (?:contain|hold|has|store|keep)s?)\b"
    r"|\b(?:key|keys|field|entry) (?:of|in|within|inside|from) (?:the|a|an|this|that) (?:\w+ )?"
    r"(?:secret|configmap|data|object)"
    r"|\bname of\b|\bsecret\b[^.]{0,30}\bcontain|\b(?:in|from|of) (?:the|a|an) (?:\w+ )?secret\b"
    r"|\bpaths? (?:to|of|for)\b|\bfile (?:that|which|with|name|containing)\b|\benv(?:ironment)? var"
    r"|\brefer(?:ence|ences|enced|ring|s)\b|secret(?:key)?ref"
    r"|\b(?:arn|ocid|amazon resource name)\b",
    re.IGNORECASE,
)
# The value is no secret any more, or none that lets anybody in.
_DISARMED = re.compile(
    r"\bhash(?:ed)?\b|\bchecksum\b|\bdigest\b|\bfingerprint\b|\bthumbprint\b|\bencrypted\b|\bsealed\b"
    r"|\bredacted\b|\bmasked\b|\bpublic key\b|\boptimistic\b|\bconcurren|\bidempoten|\bpaginat"
    r"|\bpublic api key\b|\b(?:not|no) (?:a )?secret\b|\b(?:txt|cname|dns) records?\b"
    r"|\bnext page\b|\bchallenge\b|\bnumber of\b|\bcount of\b|\brate limit",
    re.IGNORECASE,
)
# The author knows already.
_REGRETTED = re.compile(r"\bdeprecated\b|\bshould(?: not|n't) be used\b", re.IGNORECASE)
_POINTING = frozenset(
    "challenge challenges file files key keys mapping mappings path paths ref reference references "
    "refs selector selectors".split()
)
_OPENING = 300  # characters in which a description says what a value is; further on it digresses
# What its author declares to identify something, or to be given out, opens nothing.
_NO_SECRET = frozenset({"allocation", "identity"})
_FORMATS = frozenset({"", "binary", "byte", "password"})
_PLURALS = frozenset({"array", "object"})


def secret(field: Field, holder: Field) -> str:
    """What secret a field holds, such as `a password`; empty where it holds none.

    It goes by the author's word, or by the name; the description can say that the field only
    names a secret, that the value is a hash or a token of another sort, or that it is deprecated.
    """
    if field.declared.purpose in _NO_SECRET:
        return ""
    if field.declared.sensitive:
        return "" if surroundings.is_pointed_at(field) else "a value declared sensitive"
    if field.format == "password":
        return "a password"
    what = _by_name(field, holder)
    if not what or _is_excused(field, holder):
        return ""
    return what


def findings(
    resource: Resource, section: Section, at_most: Severity = Severity.ERROR
) -> Iterator[Finding]:
    """A finding for each field below a section that holds a secret.

    `at_most` is for those of which their author says nothing. Reviews are never stored.
    """
    if surroundings.answers_in_status(resource):
        return
    for field, holder in values.held(resource, section):
        if what := secret(field, holder):
            yield Finding(
                span=field.name_span,
                message=f"holds {what} that every reader of the object sees",
                declared=field.declared.sensitive,
                at_most=at_most,
                help=(advice(field),),
                on=field,
            )


def advice(field: Field) -> str:
    """What to do about a field that holds a secret."""
    store = "a store for secrets" if field.number else "a Secret"
    snake = "_" in field.name or field.number
    name = f"{field.name}_secret_ref" if snake else f"{field.name}SecretRef"
    return f"hand it over by reference: keep the value in {store} and name that here ({name})"


def _by_name(field: Field, holder: Field) -> str:
    """What secret the name speaks of, as far as the type allows one."""
    maybe = _MAY_BE.search(field.name) and not field.enum and not field.children
    if not maybe or field.format not in _FORMATS:
        return ""
    words = split(field.name)
    words = tuple(word for part in words for word in _JOINED.get(part, (part,)))
    while len(words) > 1 and words[-1] in _FORMS:
        words = words[:-1]
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if field.type not in (_PLURALS if last.endswith("s") and last in _HEADS else {"string"}):
        return ""
    if last in {"token", "tokens"}:
        return "" if before in _HARMLESS | _COUNTS else _HEADS[last]
    if last == "key":
        return _key(words, field, holder)
    if last == "secret" and before in _SECRETS:
        return _client_secret(before, field, holder)
    return _HEADS.get(last, "")


def _key(words: tuple[str, ...], field: Field, holder: Field) -> str:
    """Which secret key it is; a bare `secretKey` is most often the key within a Secret."""
    before = words[-2] if len(words) > 1 else ""
    if words[-3:] == ("secret", "access", "key"):
        return "a secret key"
    if before == "secret":
        beside = {plain(name) for name in holder.child_names}
        return "a secret key" if beside & {"accesskey", "accesskeyid"} else ""
    if before == "private" and not re.search(r"private[\s-]key", field.description, re.IGNORECASE):
        return ""  # as often a path to one
    return _KEYS.get(before, "")


def _client_secret(before: str, field: Field, holder: Field) -> str:
    """A `clientSecret` that is described as one, or stands beside the client's id."""
    beside = {plain(name) for name in holder.child_names}
    said = re.search(rf"\b{before}[\s_-]?secret\b", field.description, re.IGNORECASE)
    article = "an" if before[0] in "aeiou" else "a"
    return f"{article} {before} secret" if said or f"{before}id" in beside else ""


def _is_excused(field: Field, holder: Field) -> bool:
    """Whether something says that the value is no secret, or that its author knows."""
    opening = field.description[:_OPENING]
    return (
        split(holder.name)[-1] in _POINTING
        or bool(_REFERENCE.search(opening))
        or bool(_DISARMED.search(opening))
        or bool(_REGRETTED.search(field.description))
    )
