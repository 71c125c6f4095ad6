"""The file of sources: each fact of a question has one."""

import re

import pytest

from quiz.domain.errors import Refused
from quiz.formats import sources_file
from quiz.formats.sources_file import Source
from quiz.settings import ROOT

ONE = '[[source]]\nkey = "SST"\ntitle = "Statutory standards"\naddress = "https://example.org/sst"\n'


def test_a_source_is_read_with_what_it_has():
    assert sources_file.read(ONE) == {"SST": Source("SST", "Statutory standards", "https://example.org/sst")}


def test_every_committed_source_has_a_title_and_an_address_on_the_web_or_none():
    sources = sources_file.read((ROOT / "question_bank" / "sources.toml").read_text(encoding="utf-8"))
    assert [key for key, one in sources.items() if not one.title] == []
    assert [key for key, one in sources.items() if not re.match(r"https?://|$", one.address)] == []


@pytest.mark.parametrize(
    "text",
    ["[[source]", "", "source = 3", "source = ['SST']", ONE.replace("title", "name"), ONE.replace('key = "SST"', "")],
    ids=["not TOML", "empty", "a number", "texts", "unknown key", "no key"],
)
def test_a_broken_file_is_refused(text):
    with pytest.raises(Refused, match=r"sources\.toml cannot be read") as refused:
        sources_file.read(text)
    assert refused.value.code == "sources-file"
