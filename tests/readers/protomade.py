"""Random .proto files that are right, with comments and blanks wherever these may stand."""

from __future__ import annotations

from random import Random

TRIVIA = [
    "\n",
    "\n\n",
    " ",
    "\t",
    "  ",
    "\r\n",
    "\n \t\n",
    "// a\n",
    "// b\n",
    "//\n",
    "//c // d\n",
    "// *\n",
    "//\u00e9\n",
    "/* e */",
    "/* f */",
    "/**/",
    "/***/",
    "/* g\n   * h\n   */",
    "/* i\n j */",
    "/*\n**/",
    "/* k\n\n  * */",
]
COUNTS = [0, 1, 1, 2, 2, 3, 4, 6]
DEEPEST = 3


class _Maker:
    """One file; `number` makes its names unlike those of all others."""

    def __init__(self, source: Random, number: int) -> None:
        self.source = source
        self.number = number
        self.names = 0

    def trivia(self) -> str:
        return "".join(self.source.choices(TRIVIA, k=self.source.choice(COUNTS)))

    def blank(self) -> str:
        return self.trivia() or " "

    def name(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    def spread(self, *words: str) -> str:
        """Words with anything that may stand between them."""
        return "".join(
            word + (self.blank() if word[-1].isalnum() else self.trivia()) for word in words
        )

    def file(self) -> str:
        words = [self.trivia(), self.spread("syntax", "=", '"proto3"', ";")]
        words.append(self.spread("package", f"made{self.number}", ";"))
        words.append(self.spread("import", '"google/protobuf/any.proto"', ";"))
        if self.source.random() < 0.3:
            words.append(self.spread("option", "java_package", "=", '"x"', ";"))
        words += [self.message(0) for _ in range(self.source.randint(0, 3))]
        if self.source.random() < 0.3:
            words.append(self.service())
        text = "".join(words)
        if self.source.random() < 0.2:
            text = text.rstrip() + self.source.choice(["// end", "/* end */", "", "\n// end"])
        return text.replace("\n", "\r\n") if self.source.random() < 0.2 else text

    def message(self, depth: int) -> str:
        body = [self.statement(depth) for _ in range(self.source.randint(0, 5))]
        return self.spread("message", self.name("M"), "{", *body, "}")

    def statement(self, depth: int) -> str:
        kinds = [
            self.field,
            self.field,
            self.field,
            self.enum,
            self.oneof,
            self.reserved,
            self.empty,
        ]
        if depth < DEEPEST and self.source.random() < 0.15:
            return self.message(depth + 1)
        return self.source.choice(kinds)()

    def field(self) -> str:
        name = self.name("f")
        options = self.source.choice([[], [], ["[", "deprecated", "=", "true", "]"]])
        return self.spread("string", name, "=", name[1:], *options, ";")

    def enum(self) -> str:
        return self.spread("enum", self.name("E"), "{", self.name("V"), "=", "0", ";", "}")

    def oneof(self) -> str:
        return self.spread("oneof", self.name("o"), "{", self.field(), "}")

    def reserved(self) -> str:
        return self.spread("reserved", str(10_000 + int(self.name(""))), ";")

    def empty(self) -> str:
        return self.spread(";")

    def service(self) -> str:
        types = ["(", "google.protobuf.Any", ")"]
        end = self.source.choice([[";"], ["{", "}"], ["{", "option deprecated = true;", "}"]])
        rpc = self.spread("rpc", "Do", *types, "returns", *types, *end)
        return self.spread("service", self.name("S"), "{", rpc, "}")


def made(source: Random, number: int) -> str:
    """A random file; another number gives one that shares no name with it."""
    return _Maker(source, number).file()
