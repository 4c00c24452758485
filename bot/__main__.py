"""`python -m bot`: run it; or `check`, `migrate`, `backup FILE`."""

import asyncio
import sys
from pathlib import Path

import click

from bot.exits import Exit, leave_at_once, settings_or_exit


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Run the bot, or one of the commands below."""
    if context.invoked_subcommand is None:
        settings = settings_or_exit()
        from bot.process import run  # noqa: PLC0415 - whoever has a wrong setting is told before all this is loaded

        leave_at_once(run(settings))


@main.command()
def check() -> None:
    """Test settings, token, provider, database and web port; works beside a running bot."""
    settings = settings_or_exit()
    from bot.check import check as findings  # noqa: PLC0415
    from bot.log import configure  # noqa: PLC0415

    redact = configure(level="ERROR", log_format="console", secrets=settings.secrets())

    async def report() -> bool:
        good = True
        async for finding in findings(settings):
            good = good and finding.good
            click.echo(redact(f"{'ok ' if finding.good else 'NO '} {finding.what}: {finding.says}"))
        return good

    sys.exit(Exit.STOPPED if asyncio.run(report()) else Exit.FAILED)


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema; a start does so, too."""
    settings = settings_or_exit()
    from domain.errors import DatabaseHeld, DatabaseUnusable  # noqa: PLC0415
    from storage.database import Database  # noqa: PLC0415

    async def bring() -> None:
        await (await Database.open(settings.database_path)).close()

    try:
        asyncio.run(bring())
    except DatabaseHeld as held:
        click.echo(f"DATABASE_URL: {held}", err=True)
        sys.exit(Exit.HELD)
    except DatabaseUnusable as unusable:
        click.echo(f"DATABASE_URL: {unusable}", err=True)
        sys.exit(Exit.DATABASE)
    click.echo("the database is at the newest schema")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Make a consistent copy of the database while the bot runs."""
    settings = settings_or_exit()
    from bot.clock import SystemClock  # noqa: PLC0415
    from domain.errors import DatabaseUnusable  # noqa: PLC0415
    from storage.files import back_up  # noqa: PLC0415

    try:
        back_up(settings.database_path, file, SystemClock().now())
    except DatabaseUnusable as unusable:
        click.echo(f"DATABASE_URL: {unusable}", err=True)
        sys.exit(Exit.DATABASE)
    except OSError as error:
        click.echo(f"FILE: {error}", err=True)
        sys.exit(Exit.FAILED)
    click.echo(f"copied to {file}")


main(prog_name="python -m bot")
