"""Names into words."""

from __future__ import annotations

import pytest

from specstat.judge.words import split


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("lastScheduleTime", "last schedule time"),
        ("last_schedule_time", "last schedule time"),
        ("podIP", "pod ip"),
        ("podIPs", "pod ips"),
        ("IPAddress", "ip address"),
        ("clusterIPFamily", "cluster ip family"),
        ("URL", "url"),
        ("ipv4Address", "ipv4 address"),
        ("k8sVersion", "k8s version"),
        ("acrossK8s", "across k8s"),
        ("X509Certificate", "x509 certificate"),
        ("retry-policy", "retry policy"),
        ("replicas", "replicas"),
        ("_", "_"),
    ],
)
def test_a_name_is_split_where_people_read_words(name: str, words: str) -> None:
    assert split(name) == tuple(words.split())
