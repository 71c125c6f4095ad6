"""A backup as one tar archive: plain files without folders, written and read as a stream."""

import hashlib
import re
import tarfile
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import IO

from quiz.domain.errors import Refused
from quiz.formats.manifest_file import Part

# Whatever an archive says, nothing else is ever written to the disk, and never outside one folder.
NAMES = re.compile(
    r"manifest\.(json|seal)|quiz\.db|settings\.toml|[A-Za-z0-9_-]{1,80}\.(png|svg|pub)|"
    r"scan-[0-9a-f]{32}\.(pdf|jpeg|png)"
)
CHUNK = 1024 * 1024


def pack(stream: IO[bytes], made_at: float, files: Mapping[str, Path]) -> None:
    """The files under their names, in this order. `made_at` in seconds since 1970."""
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for name, path in files.items():
            about = tarfile.TarInfo(name)
            about.size, about.mtime, about.mode = path.stat().st_size, int(made_at), 0o600
            with path.open("rb") as content:
                archive.addfile(about, content)


def unpack(stream: IO[bytes], folder: Path | None) -> dict[str, Part]:
    """What is in an archive, by name; with a folder, the files are written there too.

    Refuses anything that is not a plain file of a known name, a name that comes twice, and a damaged archive.
    """
    found: dict[str, Part] = {}
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for about in archive:
                _must_be_ours(about, found)
                found[about.name] = _take(archive, about, folder)
    except (tarfile.TarError, EOFError) as error:
        raise Refused("backup-damaged", f"This is not a backup, or it is damaged: {error}.") from error
    return found


def part(path: Path) -> Part:
    """Size and digest of a file."""
    with path.open("rb") as content:
        return Part(path.stat().st_size, hashlib.file_digest(content, "sha256").hexdigest())


def _must_be_ours(about: tarfile.TarInfo, found: Mapping[str, Part]) -> None:
    plain = about.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not about.issparse()
    if not plain or not NAMES.fullmatch(about.name) or about.name in found:
        raise Refused("backup-foreign", f"This is not one of our backups: it holds “{about.name[:100]}”.")


def _take(archive: tarfile.TarFile, about: tarfile.TarInfo, folder: Path | None) -> Part:
    content, digest = archive.extractfile(about), hashlib.sha256()
    with (folder / about.name).open("xb") if folder else nullcontext() as copy:
        while content and (chunk := content.read(CHUNK)):
            digest.update(chunk)
            if copy:
                copy.write(chunk)
    return Part(about.size, digest.hexdigest())
