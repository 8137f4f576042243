"""Commands on files: check and explain a rulebook, evaluate a call, compare two results."""

from __future__ import annotations

from pathlib import Path

import click

from razpis.commands.says import Says, guarded, pass_says
from razpis.engine.problems import Language
from razpis.engine.rulebook import read
from razpis.engine.rulebook.schema import schema_json
from razpis.engine.wording.rules import Audience, rules
from razpis.exports.certificate_lines import certificate_lines
from razpis.exports.result_table import result_table
from razpis.exports.rules_html import rules_html
from razpis.exports.rules_markdown import rules_markdown
from razpis.exports.weights_table import weights_table
from razpis.services.rules import checking, comparing, deciding, evaluating
from razpis.services.rules.comparison_table import comparison_table
from razpis.services.rules.evaluating import Evaluated, Inputs

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("rulebook", metavar="PRAVILA", type=_FILE)
@pass_says
def check(says: Says, rulebook: Path) -> None:
    """Preveri pravila razpisa (PRAVILA.yaml), tudi njihove zglede, in pokaži uteži meril."""
    checked = guarded(says, lambda: checking.check(rulebook))
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


@click.command()
@click.argument("rulebook", metavar="PRAVILA", type=_FILE)
@click.option("--for", "audience", type=click.Choice(["ngo", "councillor"]), default="ngo", help="Za koga / for whom.")
@click.option("--format", "form", type=click.Choice(["md", "html"]), default="md", help="Markdown ali stran HTML.")
@click.option("--lang", "language", type=click.Choice(["sl", "en"]), help="Jezik opisa / language.")
@pass_says
def explain(says: Says, rulebook: Path, audience: Audience, form: str, language: Language | None) -> None:
    """Povej pravila (PRAVILA.yaml) z besedami: za prijavitelja ali za svetnika."""
    read_rules = guarded(says, lambda: read(rulebook))
    told = rules(read_rules, language or says.language, audience)
    click.echo(rules_html(told) if form == "html" else rules_markdown(told), nl=False)


@click.command()
def schema() -> None:
    """Izpiši JSON Schema pravil, da urejevalnik dopolnjuje in preverja med pisanjem."""
    click.echo(schema_json(), nl=False)


@click.command()
@click.argument("rulebook", metavar="PRAVILA", type=_FILE)
@click.argument("applications", metavar="VLOGE", type=_FILE)
@click.option("--marks", type=_FILE, help="Ocene članov komisije (CSV).")
@click.option("--findings", type=_FILE, help="Ugotovitve komisije (CSV).")
@click.option("--draws", type=_FILE, help="Zapisani žrebi (CSV).")
@click.option("--pdf", is_flag=True, help="Napiši tudi sklepe (PDF).")
@click.option("--set", "changes", multiple=True, metavar="POT=VREDNOST", help="Simulacija: spremeni pravilo.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Mapa za izid.")
@pass_says
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
    """Točkuj, razvrsti in razdeli: PRAVILA.yaml VLOGE.csv."""
    if pdf and changes:
        raise click.UsageError(
            says.text("simulacija (--set) nima sklepov (--pdf)", "a simulation (--set) has no decisions (--pdf)")
        )
    inputs = Inputs(rulebook, applications, marks, findings, draws, changes)
    guarded(says, lambda: evaluate_files(says, inputs, out, pdf))


def evaluate_files(says: Says, inputs: Inputs, out: Path, pdf: bool) -> Evaluated:
    """Evaluate, write the result to ``out`` and tell it; a certificate that fails ends the command."""
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


@click.command()
@click.argument("before", metavar="MAPA1", type=click.Path(path_type=Path))
@click.argument("after", metavar="MAPA2", type=click.Path(path_type=Path))
@pass_says
def compare(says: Says, before: Path, after: Path) -> None:
    """Primerjaj izida v mapah MAPA1 in MAPA2: katera pravila so druga, kdo dobi več, kdo manj in zakaj."""
    comparison = guarded(says, lambda: comparing.compare(before, after))
    click.echo(comparison_table(comparison, says.language))
