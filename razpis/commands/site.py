"""Commands on this installation: the demonstration, the server, waiting work, the first administrator, the register."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click
from flask import Flask, url_for

from razpis import database, demo, demo_decisions, server
from razpis.app import create_app
from razpis.assets import ASSETS
from razpis.commands.rules import evaluate_files
from razpis.commands.says import Says, guarded, pass_says
from razpis.procedure.roles import Role
from razpis.services.actor import SYSTEM
from razpis.services.errors import Invalid
from razpis.services.organisations import register
from razpis.services.people import accounts, passwords
from razpis.services.rules.evaluating import Inputs
from razpis.web import access

EXAMPLE = "maribor-humanitarni-2026"
SITE = "site"

_host = click.option("--host", default="127.0.0.1", show_default=True, help="Naslov, na katerem strežnik posluša.")
_port = click.option("--port", type=int, default=5000, show_default=True, help="Vrata strežnika; 0: prosta vrata.")


@click.command(name="demo")
@click.option("--no-serve", is_flag=True, help="Samo izračunaj in zapiši, brez strežnika.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("instance/demo"),
    show_default=True,
    help="Mapa za izid in podatke predstavitve.",
)
@_host
@_port
@pass_says
def demonstrate(says: Says, no_serve: bool, out: Path, host: str, port: int) -> None:
    """Predstavitev: zgled razpisa od prijav do sklepov in seznama izidov, nato strani z izmišljenimi uporabniki."""
    folder = ASSETS / "scoring_rules"
    files = folder / EXAMPLE
    applications, marks, findings, draws = (
        files / f"{name}.csv" for name in ("applications", "marks", "findings", "draws")
    )
    if not no_serve:  # before the work of a minute, not after it
        port = guarded(says, lambda: server.free(host, port))
    inputs = Inputs(folder / f"{EXAMPLE}.yaml", applications, marks, findings, draws)
    guarded(says, lambda: evaluate_files(says, inputs, out, pdf=True))
    if not no_serve:
        guarded(says, lambda: _serve(says, _furnished(says, out, _address(host, port)), host, port))


def _address(host: str, port: int) -> str:
    """Where a browser on this machine finds the pages."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _furnished(says: Says, out: Path, address: str) -> Flask:
    """The demonstration's own installation, made anew each time; ``address`` counts where none is configured."""
    says.out("\nPripravljam predstavitev …", "\nPreparing the demonstration …")
    shutil.rmtree(out / SITE, ignore_errors=True)
    app = create_app(out, INSTANCE_PATH=str((out / SITE).resolve()), DATABASE_URL=None)
    database.bring_up_to_date(app)
    demo.make(app, app.config["RAZPIS_ADDRESS"] or address)
    says.out("\nUporabniki predstavitve (izmišljene osebe):", "\nLogins of the demonstration (invented people):")
    for person in demo.PEOPLE:
        click.echo(f"  {person.email:<24}{says.text(person.sl, person.en)}")
    says.out(f"  geslo vseh: {demo.PASSWORD}", f"  everyone's password: {demo.PASSWORD}")
    _tell_decided(says, app)
    return app


def _tell_decided(says: Says, app: Flask) -> None:
    """Which decisions are out in the demonstration, and on which page everyone reads the results."""
    with app.test_request_context():
        for one in demo_decisions.told():
            says.out(
                f"\nRazpis {one.reference}: izdanih odločitev {one.decisions}, seznam izidov je objavljen:",
                f"\nCall {one.reference}: decisions issued {one.decisions}, the list of results is published:",
            )
            for words, count in one.outcomes:
                click.echo(f"  {words[says.language]}: {count}")
            page = url_for("published.last", call=one.call)
            says.out(f"  na strani {page}", f"  on the page {page}")


@click.command()
@_host
@_port
@pass_says
def serve(says: Says, host: str, port: int) -> None:
    """Strežnik te namestitve: posodobi bazo, streže strani in sproti pošilja pošto."""
    guarded(says, lambda: _serve(says, _ready(), host, port))


@click.command()
@pass_says
def work(says: Says) -> None:
    """En krog čakajočega dela: zapri razpise, naredi odobrene odločitve, pošlji pošto, izbriši stare zapise branja."""
    done = guarded(says, lambda: server.work(_ready()))
    says.out(
        f"Zaprtih razpisov: {done.closed}; poteklih osnutkov: {done.expired}; zamujenih dopolnitev: {done.lapsed}; "
        f"narejenih odločitev: {done.made}; "
        f"poslanih sporočil: {done.sent}; neuspelih: {done.failed}; izbrisanih zapisov o branju: {done.forgotten}",
        f"Calls closed: {done.closed}; drafts expired: {done.expired}; supplements missed: {done.lapsed}; "
        f"decisions made: {done.made}; "
        f"messages sent: {done.sent}; failed: {done.failed}; log entries deleted: {done.forgotten}",
    )


@click.command()
@click.argument("email", metavar="E-NASLOV")
@click.argument("name", metavar='"IME PRIIMEK"')
@click.password_option(
    envvar="RAZPIS_ADMIN_PASSWORD", prompt="Geslo / password", help="Geslo; sicer ga program vpraša."
)
@pass_says
def admin(says: Says, email: str, name: str, password: str) -> None:
    """Odpri račun upravitelja te namestitve: E-NASLOV "IME PRIIMEK"."""
    guarded(says, lambda: _administrator(email, name, password))
    says.out(f"Račun upravitelja {email} je odprt.", f"The administrator's account {email} is open.")


def _administrator(email: str, name: str, password: str) -> None:
    app = _ready()
    wrong = passwords.unfit(password, email, name)
    if wrong is not None:
        raise Invalid({"password": wrong})
    with app.app_context():
        accounts.invite(SYSTEM, name, email, [Role.ADMINISTRATOR], "sl", access.clock(), str, password)


@click.command(name="import-prs")
@click.argument("file", metavar="DATOTEKA", type=click.Path(path_type=Path, dir_okay=False))
@pass_says
def import_prs(says: Says, file: Path) -> None:
    """Uvozi poslovni register (AJPES): odprti XML ali CSV s stolpci maticna;naziv;naslov;pravna_oblika;davcna."""
    count = guarded(says, lambda: _import_prs(file))
    says.out(f"Uvoženih enot poslovnega registra: {count}", f"Units of the business register imported: {count}")


def _import_prs(file: Path) -> int:
    with file.open("rb") as opened, _ready().app_context():
        return register.take_in(SYSTEM, opened, file.name, access.clock())


def _ready() -> Flask:
    """The application of this installation, its database brought up to date."""
    app = create_app()
    database.bring_up_to_date(app)
    return app


def _serve(says: Says, app: Flask, host: str, port: int) -> None:
    def ready(effective: int) -> None:
        address = _address(host, effective)
        says.out(f"\nOdprite {address} (ustavite s Ctrl+C)", f"\nOpen {address} (stop with Ctrl+C)")
        sys.stdout.flush()

    server.serve(app, host, port, ready)
