"""The `razpis` command: check a rulebook, evaluate a call, run the demonstration."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from waitress.server import create_server

import razpis
from razpis.app import create_app
from razpis.assets import ASSETS
from razpis.engine.cases import Case
from razpis.engine.problems import Language, Place, Problem, Problems, Text, of_system
from razpis.engine.rulebook import read
from razpis.engine.rulebook.schema import schema_json
from razpis.engine.wording.rules import Audience, rules
from razpis.exports.certificate_lines import certificate_lines
from razpis.exports.result_table import result_table
from razpis.exports.rules_html import rules_html
from razpis.exports.rules_markdown import rules_markdown
from razpis.exports.weights_table import weights_table
from razpis.services import checking, comparing, deciding, evaluating
from razpis.services.comparison_table import comparison_table
from razpis.services.evaluating import Evaluated, Inputs

EXAMPLE = "maribor-humanitarni-2026"
_FILE = click.Path(path_type=Path, dir_okay=False)


class Says:
    """Speaks to the terminal in the language chosen."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def text(self, sl: str, en: str) -> str:
        """The words of this language."""
        return Text(sl, en)[self.language]

    def out(self, sl: str, en: str) -> None:
        """A line of the result."""
        click.echo(self.text(sl, en))

    def problems(self, problems: Iterable[Problem]) -> None:
        """A line for each problem, on the error stream."""
        for problem in problems:
            click.echo(problem.line(self.language), err=True)

    def watch(self, cases: Sequence[Case]) -> Iterator[Case]:
        """The cases, with a progress bar where somebody is watching."""
        hidden = not sys.stderr.isatty() or len(cases) < 500
        with click.progressbar(cases, label=self.text("Točkovanje", "Scoring"), file=sys.stderr, hidden=hidden) as bar:
            yield from bar


_says = click.make_pass_decorator(Says)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    type=click.Choice(["sl", "en"]),
    envvar="RAZPIS_LANG",
    default="sl",
    help="Jezik sporočil / language of messages.",
)
@click.version_option(razpis.__version__, prog_name="razpis")
@click.pass_context
def main(context: click.Context, lang: Language) -> None:
    """Razpis: od prijav do sklepov, ki jih je mogoče preveriti."""
    context.obj = Says(lang)


def _guarded(says: Says, work: Callable[[], Any]) -> Any:
    """Do ``work``; tell problems a line each and leave with a failure."""
    try:
        return work()
    except Problems as found:
        says.problems(found.problems)
    except OSError as error:
        says.problems([Problem(Place(str(error.filename or "-")), of_system(error))])
    raise click.exceptions.Exit(1)


@main.command()
@click.argument("rulebook", type=_FILE)
@_says
def check(says: Says, rulebook: Path) -> None:
    """Preveri pravila razpisa (RULEBOOK.yaml), tudi njihove zglede, in pokaži uteži meril."""
    checked = _guarded(says, lambda: checking.check(rulebook))
    rules, examples = checked.rulebook, checked.examples
    says.problems([*rules.warnings, *examples.problems])
    if examples.problems:
        says.out(f"{rulebook}: pravila ne dajo, kar pričakujejo zgledi", f"{rulebook}: the examples expect otherwise")
        raise click.exceptions.Exit(1)
    criteria, fields = len(rules.criteria), len(rules.fields)
    says.out(
        f"{rulebook}: v redu (podatki: {fields}, merila: {criteria}, SHA-256 {rules.sha256})",
        f"{rulebook}: correct (fields: {fields}, criteria: {criteria}, SHA-256 {rules.sha256})",
    )
    if examples.applications:
        says.out(
            f"Zgledi: vlog {examples.applications}, izpolnjenih pričakovanj {examples.expectations}",
            f"Examples: {examples.applications} applications, {examples.expectations} expectations met",
        )
    if rules.criteria:
        click.echo(weights_table(rules, says.language))


@main.command()
@click.argument("rulebook", type=_FILE)
@click.option("--for", "audience", type=click.Choice(["ngo", "councillor"]), default="ngo", help="Za koga / for whom.")
@click.option("--format", "form", type=click.Choice(["md", "html"]), default="md", help="Markdown ali stran HTML.")
@click.option("--lang", "language", type=click.Choice(["sl", "en"]), help="Jezik opisa / language.")
@_says
def explain(says: Says, rulebook: Path, audience: Audience, form: str, language: Language | None) -> None:
    """Povej pravila (RULEBOOK.yaml) z besedami: za prijavitelja ali za svetnika."""
    read_rules = _guarded(says, lambda: read(rulebook))
    told = rules(read_rules, language or says.language, audience)
    click.echo(rules_html(told) if form == "html" else rules_markdown(told), nl=False)


@main.command()
def schema() -> None:
    """Izpiši JSON Schema pravil, da urejevalnik dopolnjuje in preverja med pisanjem."""
    click.echo(schema_json(), nl=False)


@main.command()
@click.argument("rulebook", type=_FILE)
@click.argument("applications", type=_FILE)
@click.option("--marks", type=_FILE, help="Ocene članov komisije (CSV).")
@click.option("--findings", type=_FILE, help="Ugotovitve komisije (CSV).")
@click.option("--draws", type=_FILE, help="Zapisani žrebi (CSV).")
@click.option("--pdf", is_flag=True, help="Napiši tudi sklepe (PDF).")
@click.option("--set", "changes", multiple=True, metavar="POT=VREDNOST", help="Simulacija: spremeni pravilo.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Mapa za izid.")
@_says
def evaluate(
    says: Says,
    rulebook: Path,
    applications: Path,
    marks: Path | None,
    findings: Path | None,
    draws: Path | None,
    pdf: bool,
    changes: tuple[str, ...],
    out: Path,
) -> None:
    """Točkuj, razvrsti in razdeli: RULEBOOK.yaml APPLICATIONS.csv."""
    if pdf and changes:
        raise click.UsageError(
            says.text("simulacija (--set) nima sklepov (--pdf)", "a simulation (--set) has no decisions (--pdf)")
        )
    inputs = Inputs(rulebook, applications, marks, findings, draws, changes)
    _guarded(says, lambda: _evaluate(says, inputs, out, pdf))


def _evaluate(says: Says, inputs: Inputs, out: Path, pdf: bool) -> Evaluated:
    evaluated = evaluating.run(inputs, says.watch)
    says.problems(evaluated.warnings)
    decisions = deciding.decisions(evaluated.evaluation) if pdf else None
    written = evaluating.write(evaluated, out, decisions, says.language)
    click.echo(result_table(evaluated.evaluation, says.language))
    for path in written:
        click.echo(path)
    certificate = evaluated.evaluation.certificate
    for line in certificate_lines(certificate, says.language):
        click.echo(line, err=not certificate.ok)
    if not certificate.ok:
        raise click.exceptions.Exit(1)
    return evaluated


@main.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@_says
def compare(says: Says, before: Path, after: Path) -> None:
    """Primerjaj izida v mapah BEFORE in AFTER: kdo dobi več, kdo manj in zakaj."""
    comparison = _guarded(says, lambda: comparing.compare(before, after))
    click.echo(comparison_table(comparison, says.language))


@main.command()
@click.option("--no-serve", is_flag=True, help="Samo izračunaj in zapiši, brez strežnika.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("instance/demo"))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=5000, show_default=True, help="Vrata strežnika; 0: prosta vrata.")
@_says
def demo(says: Says, no_serve: bool, out: Path, host: str, port: int) -> None:
    """Predstavitev: zgled razpisa od prijav do sklepov in seznama izidov."""
    folder = ASSETS / "scoring_rules"
    files = folder / EXAMPLE
    draws = files / "draws.csv"
    inputs = Inputs(
        folder / f"{EXAMPLE}.yaml",
        files / "applications.csv",
        files / "marks.csv",
        files / "findings.csv",
        draws if draws.exists() else None,
    )
    _guarded(says, lambda: _evaluate(says, inputs, out, pdf=True))
    if not no_serve:
        _guarded(says, lambda: _serve(says, out, host, port))


def _serve(says: Says, out: Path, host: str, port: int) -> None:
    server = create_server(create_app(out), host=host, port=port)
    address = f"http://{host}:{getattr(server, 'effective_port', port)}/"
    says.out(f"\nOdprite {address} (ustavite s Ctrl+C)", f"\nOpen {address} (stop with Ctrl+C)")
    sys.stdout.flush()
    try:
        server.run()
    finally:
        server.close()


def run() -> int:
    """The command as it is installed; the exit code. A wrong call is told in Slovenian and English."""
    try:
        code = main.main(prog_name="razpis", standalone_mode=False)
    except click.Abort:
        return 130
    except click.ClickException as error:
        click.echo(f"razpis: {_usage(error)}\nPomoč / help: razpis --help", err=True)
        return error.exit_code
    return code if isinstance(code, int) else 0


def _usage(error: click.ClickException) -> str:
    """What is wrong with the call."""
    name = getattr(error, "option_name", None) or (
        error.param.human_readable_name if isinstance(error, click.BadParameter) and error.param else ""
    )
    begin = {
        click.MissingParameter: f"manjka {name}",
        click.NoSuchOption: f"neznana izbira {name}",
        click.BadParameter: f"vrednost za {name} ni ustrezna",
    }.get(type(error), "napačen klic")
    return f"{begin} / {error.format_message()}"


if __name__ == "__main__":
    sys.exit(run())
