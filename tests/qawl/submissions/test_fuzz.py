"""Whatever bytes a submission is made of: verifying answers, and never falls over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qawl.findings import InputError
from qawl.submissions import counts
from qawl.submissions.folder import PREDICTIONS, compress
from qawl.submissions.manifest import MANIFEST
from qawl.submissions.verify import verify
from support.submitted import submit, swap

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Folder

# The folder is written anew by every example.
any_order = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(st.text(), some, max_size=3),
    max_leaves=5,
)
STATES = {"verified", "refused", "unscored"}


@pytest.fixture
def made(data: Folder, tmp_path: Path) -> Path:
    assert data.gold().is_file()
    return submit(tmp_path / "submissions")


@any_order
@given(st.binary(max_size=300))
def test_any_bytes_as_a_manifest(made: Path, content: bytes) -> None:
    (made / MANIFEST).write_bytes(content)
    assert verify(made).state == "refused"


@any_order
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_as_predictions(made: Path, content: bytes, packed: bool) -> None:
    (made / PREDICTIONS).write_bytes(compress(content) if packed else content)
    assert verify(made).state == "refused"


@any_order
@given(st.binary(max_size=300) | anything.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_that_the_manifest_vouches_for(made: Path, content: bytes) -> None:
    swap(made, content)
    assert verify(made).state == "refused"


@any_order
@given(st.data(), anything)
def test_any_value_anywhere_in_a_manifest(made: Path, draw: st.DataObject, value: Any) -> None:
    path = made / MANIFEST
    before = path.read_bytes()
    manifest = json.loads(before)
    place = manifest
    field = draw.draw(st.sampled_from(sorted(place)))
    while isinstance(place[field], dict) and draw.draw(st.booleans()):
        place = place[field]
        field = draw.draw(st.sampled_from(sorted(place)))
    place[field] = value
    path.write_text(json.dumps(manifest), encoding="utf-8")
    found = verify(made)
    path.write_bytes(before)
    assert found.state in STATES
    assert all(str(item).isprintable() for item in found.findings)


@any_order
@given(st.data(), anything)
def test_any_value_anywhere_in_counts(made: Path, draw: st.DataObject, value: Any) -> None:
    plain = json.loads(counts.encode(verify(made).counts))
    field = draw.draw(st.sampled_from(sorted(plain)))
    plain[field] = value
    content, found = json.dumps(plain).encode(), []
    try:
        read = counts.decode(content, "counts.json")
        found.append(read.result().rows.shape[0] == len(read.documents))
    except InputError as error:
        found += [item.id == "submission-counts" for item in error.findings]
    assert found == [True]
