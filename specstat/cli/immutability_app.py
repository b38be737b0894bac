"""`specstat immutability`: policies of what must not change."""

from __future__ import annotations

from typing import Annotated

import typer

_POLICY = "A file, or the name of a configured or packaged policy."

app = typer.Typer(
    name="immutability",
    help="Policies of what must not change: show, check and turn them into guards.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


_Policy = Annotated[str, typer.Option("--policy", metavar="POLICY", help=_POLICY)]
_Crd = Annotated[str, typer.Option("--crd", metavar="FILE", help="The CRD of its kind.")]
_Name = Annotated[
    str, typer.Option("--name", metavar="NAME", help="Which policy of a file with several.")
]


@app.command("show")
def show(
    policy: Annotated[str, typer.Argument(metavar="POLICY", help=_POLICY)],
    crd: _Crd = "",
    version: Annotated[
        str,
        typer.Option(
            "--version", metavar="VERSION", help="A version of the kind; the stored one by default."
        ),
    ] = "",
    name: _Name = "",
) -> int:
    """Say what a policy means: what is fixed, from when on, and what happens then."""
    from specstat.cli.immutability_show import execute

    return execute(policy, crd, version, name)


@app.command("list")
def list_policies() -> int:
    """List the policies that come with specstat."""
    from specstat.cli.immutability_show import packaged

    return packaged()


@app.command("schema")
def schema() -> int:
    """Print the JSON Schema of policies, for editors."""
    from specstat.cli.immutability_show import schema

    return schema()


_Format = Annotated[str, typer.Option("--format", help="text or json.")]


@app.command("verify")
def verify(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="The stored object; or - for an AdmissionReview.")
    ],
    policy: _Policy,
    new: Annotated[str, typer.Argument(metavar="NEW", help="The object as it shall be.")] = "",
    crd: _Crd = "",
    name: _Name = "",
    user: Annotated[str, typer.Option("--user", help="Who makes the change.")] = "",
    form: _Format = "text",
) -> int:
    """Compare two states of an object: what changed, and what the policy forbids of it."""
    from specstat.cli.immutability_verify import Order, execute

    return execute(Order(old, new, policy, crd, name, user, form))


@app.command("hash")
def hash_(
    path: Annotated[str, typer.Argument(metavar="OBJECT", help="The object; - for stdin.")],
    policy: _Policy,
    crd: _Crd = "",
    name: _Name = "",
    form: _Format = "text",
) -> int:
    """Print the SHA-256 of what the policy fixes in an object."""
    from specstat.cli.immutability_hash import execute

    return execute(path, policy, crd, name, form)


@app.command("generate")
def generate(
    policy: Annotated[str, typer.Argument(metavar="POLICY", help=_POLICY)],
    form: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="FORM",
            help="markers, cel, vap or proto; markers for CRDs of controller-gen, else cel.",
        ),
    ] = "",
    into: Annotated[
        str, typer.Option("--into", metavar="FILE", help="The CRD or .proto file to write into.")
    ] = "",
    diff: Annotated[
        bool, typer.Option("--diff", "--dry-run", help="Show what would change; write nothing.")
    ] = False,
    crd: _Crd = "",
    version: Annotated[
        str,
        typer.Option(
            "--version",
            metavar="VERSION",
            help="A version of the kind; all served ones for --into.",
        ),
    ] = "",
    name: _Name = "",
    without_metadata: Annotated[
        bool,
        typer.Option("--without-metadata", help="Leave labels and annotations to another target."),
    ] = False,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="Where to write what is printed.")
    ] = "",
) -> int:
    """Turn a policy into guards: markers, rules of a CRD, admission policies, annotations."""
    from specstat.cli.immutability_generate import Order, execute

    order = Order(policy, form, into, crd, version, name, output, diff, without_metadata)
    return execute(order)
