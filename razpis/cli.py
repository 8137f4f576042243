"""The `razpis` command: its languages, its parts, and how a wrong call is told."""

from __future__ import annotations

import sys

import click

import razpis
from razpis.commands import rules, site
from razpis.commands.says import Says
from razpis.engine.problems import Language


class _InOrder(click.Group):
    """Commands in the order in which a newcomer meets them, each with its whole first sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Ukazi / commands"):
            formatter.write_dl([(name, self.commands[name].get_short_help_str(200)) for name in self.commands])


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--lang",
    type=click.Choice(["sl", "en"]),
    envvar="RAZPIS_LANG",
    default="sl",
    help="Jezik sporočil / language of messages.",
)
@click.version_option(razpis.__version__, prog_name="razpis", help="Različica / version.")
@click.pass_context
def main(context: click.Context, lang: Language) -> None:
    """Razpis: od prijav do sklepov, ki jih je mogoče preveriti."""
    context.obj = Says(lang)


for _command in (rules.check, rules.explain, rules.schema, rules.evaluate, rules.compare):
    main.add_command(_command)
for _command in (site.demonstrate, site.serve, site.work, site.admin, site.import_prs):
    main.add_command(_command)


def run() -> int:
    """The command as it is installed; the exit code. A wrong call is told in Slovenian and English."""
    try:
        code = main.main(prog_name="razpis", standalone_mode=False)
    except click.Abort:
        return 130
    except click.ClickException as error:
        known = getattr(error, "ctx", None)
        path = known.command_path if known is not None else "razpis"
        click.echo(f"razpis: {_usage(error)}\nPomoč / help: {path} --help", err=True)
        return error.exit_code
    return code if isinstance(code, int) else 0


def _usage(error: click.ClickException) -> str:
    """What is wrong with the call."""
    name = getattr(error, "option_name", None) or getattr(error, "command_name", None) or ""
    if isinstance(error, click.BadParameter) and error.param:
        option = isinstance(error.param, click.Option)
        name = error.param.opts[0] if option else error.param.human_readable_name
    begin = {
        click.NoSuchCommand: f"neznan ukaz »{name}«",
        click.MissingParameter: f"manjka {name}",
        click.NoSuchOption: f"neznana izbira {name}",
        click.BadParameter: f"vrednost za {name} ni ustrezna",
    }.get(type(error), "napačen klic")
    return f"{begin} / {error.format_message()}"


if __name__ == "__main__":
    sys.exit(run())
