"""quiz bank simulate: whether somebody who knows nothing can pass, and how many papers share nothing."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from quiz.actions import bank as actions
from quiz.actions.bank import Folder
from quiz.commands import words
from quiz.commands.desk import BANK, CHANCE
from quiz.domain import bank, guessing, simulation
from quiz.domain.errors import Refused
from quiz.domain.guessing import Scorer
from quiz.domain.question import Draft


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=BANK)
@click.option("--papers", default=10_000, show_default=True, type=click.IntRange(1, 1_000_000), help="Papers to draw.")
@click.option("--topic", help="Look at the clues of one topic only, and draw no papers.")
def simulate(folder: Path, papers: int, topic: str | None) -> None:
    """Ask whether somebody who knows nothing can pass.

    Draws papers by the real rules and sits them as guessers who see only the words. The unsafe rule is off, so that
    nothing but the questions protects the test. Then says how many papers share nothing. Exit 1: a target is missed.
    """
    found = actions.read(folder)
    placed = {code for place in found.blueprint.places for code in place.topics}
    drafts = [draft for draft in found.drafts if draft.topic == topic or (not topic and draft.topic in placed)]
    if not drafts:
        raise Refused(
            "topic-unknown", f"There are no questions in topic “{topic}”." if topic else "There are no questions."
        )
    scorers = simulation.guessers(found.drafts)
    missed = [] if topic else _sat(found, drafts, scorers, papers)
    click.echo("\n".join(_clues(drafts, scorers)))
    if not topic:
        click.echo("\n".join(_apart(found)))
    if missed:
        raise Refused("guessable", "\n".join(missed))


def _sat(found: Folder, drafts: list[Draft], scorers: Mapping[str, Scorer], papers: int) -> list[str]:
    with click.progressbar(
        simulation.papers(drafts, found.blueprint, CHANCE, papers),
        papers,
        "Drawing papers",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as drawing:
        drawn = list(drawing)
    results = {name: simulation.sit(drafts, found.blueprint, drawn, scorer, CHANCE) for name, scorer in scorers.items()}
    click.echo(
        f"{papers} papers, pass mark {found.blueprint.pass_mark} of {found.blueprint.questions}, unsafe rule off"
    )
    rows = [("guesser", "passed", "95 % interval", "mean score")]
    for name, sat in results.items():
        low, high = sat.interval
        rows.append((name, f"{sat.passed / sat.papers:.2%}", f"{low:.2%} to {high:.2%}", f"{sat.mean:.1%}"))
    click.echo("\n".join(words.columns(rows)) + "\n")
    return list(simulation.findings(drafts, results, scorers))


def _clues(drafts: list[Draft], scorers: Mapping[str, Scorer]) -> Iterator[str]:
    rows = [("clue", "singles out one option in", "and is right in")]
    for name, scorer in scorers.items():
        cue = guessing.cue(drafts, scorer)
        if cue.singled:
            rows.append((name, f"{cue.singled} of {len(drafts)} questions", f"{cue.share:.0%}"))
    yield from words.columns(rows)
    longest, shortest = guessing.at_an_end(drafts)
    yield f"The right option is the longest in {longest:.0%} and the shortest in {shortest:.0%} of the questions.\n"
    telling = [f"“{word}” {right} of {uses}" for word, uses, right in guessing.telling(drafts)[:12]]
    if telling:
        yield f"Words that stand in right options too often: {', '.join(telling)}.\n"


def _apart(found: Folder) -> Iterator[str]:
    yield "Papers that share nothing:"
    for place, count in bank.disjoint(found.drafts, found.blueprint).items():
        if place is None:
            yield f"All topics together allow {count}."
        else:
            names = " or ".join(f"{code} {found.blueprint.topic(code).name}" for code in place.topics)
            yield f"topic {names} allows {count}"
