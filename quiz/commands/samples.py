"""Filling a demonstration with sample people, and writing down how to sign in as one of them."""

import os
from dataclasses import replace
from pathlib import Path

from quiz.actions import demo
from quiz.actions.bank import Folder, handbook_files
from quiz.actions.certificates import Issuer
from quiz.actions.demo import SignIn
from quiz.actions.demo_drivers import Room
from quiz.actions.letter_facts import House
from quiz.actions.work import Work
from quiz.commands import desk, posting
from quiz.commands.instance import SIGN_INS
from quiz.formats import handbook_file
from quiz.keyring import signing_keys
from quiz.settings import Settings


def install(work: Work, folder: Folder, settings: Settings) -> None:
    """Bank, people and what they did, in this transaction; the sign-ins in a file beside the database."""
    handbook = handbook_file.digest(handbook_files(desk.BANK))
    issuer = Issuer(settings.council.name, settings.service.base_url, signing_keys(settings.instance).signer)
    room = Room(issuer, handbook)
    members, drivers = demo.install(work, folder, room, lambda at: _writer(settings, at), settings.instance)
    # Before the commit: without this file nobody could sign in to what the database holds.
    _keep(settings.instance / SIGN_INS, _told(members, drivers))


def _writer(settings: Settings, work: Work) -> House:
    """Who writes the sample letters: as if letters went out, so that each state of one can be seen."""
    return replace(posting.house(settings, work.session), by_email=True)


def _told(members: list[SignIn], drivers: list[SignIn]) -> str:
    lines = ["Drivers sign in at /sign-in with licence number and access code:"]
    lines += [f"  {one.key:9} {one.secret}   {one.name}: {one.about}" for one in drivers]
    lines += ["Staff sign in at /staff (editors and the lead find questions at /editor):"]
    lines += [f"  {one.key:32} {one.secret}   {one.about}" for one in members]
    return "\n".join(lines) + "\n"


def _keep(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
