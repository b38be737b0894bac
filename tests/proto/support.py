"""A workspace that uses the published option, as a user would have it."""

from __future__ import annotations

from pathlib import Path

from specstat import proto

USER_FILE = "example/task/v1/task.proto"
USER = """\
syntax = "proto3";

package example.task.v1;

import "specstatapi/v1/annotations.proto";

message TaskSpec {
  bytes callback_token = 1 [(specstatapi.v1.field) = {
    purpose: PURPOSE_INSTRUCTION
    set: SET_CREATION
    changes: CHANGES_NEVER
    sensitive: true
  }];
  int64 size = 2;
}

message TaskStatus {
  int64 applied_size = 1 [
    (specstatapi.v1.field).purpose = PURPOSE_OBSERVATION,
    (specstatapi.v1.field).echo_of = "spec.size"
  ];
}
"""


def workspace(folder: Path) -> tuple[Path, Path]:
    """Two import roots: the user's own, and one with the published file, vendored."""
    own, vendored = folder / "own", folder / "third_party"
    for root, name, text in ((own, USER_FILE, USER), (vendored, proto.FILE, proto.text())):
        path = root / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return own, vendored
