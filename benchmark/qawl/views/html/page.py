"""From data to a page: templates that escape by default, and a policy that forbids all else.

Whatever comes from a submission reaches the page in two ways only: through the template engine,
which escapes it, or as JSON that the page's own script puts into the document as text. The page's
content security policy names the digests of its one script and its one style sheet, so a browser
runs and loads nothing else, wherever it may come from.
"""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from qawl.findings import InputError, finding
from qawl.records import QUOTE_TYPES
from qawl.version import VERSION
from qawl.views.bidi import clean
from qawl.views.html.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from qawl.views.html.payload import Data

LANGUAGES = ("en", "ar")
# What could end a script element or a string in one.
_ESCAPED = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def reader_page(documents: Sequence[Data], *, title: str, language: str = "en") -> str:
    """A page of documents: the text with what is said in it, and speakers with all they said.

    Args:
        documents: from :func:`qawl.views.html.payload.reader_data`.
        title: of the page.
        language: of the interface: ``en`` or ``ar``.

    Raises:
        InputError: ``extra-missing`` without Jinja.
    """
    return _render("reader.html.j2", ("reader.js", "pages.js"), language, title,
                   documents=documents)  # fmt: skip


def report_page(data: Data, *, title: str, language: str = "en") -> str:
    """The report of one system or several.

    Args:
        data: from :func:`qawl.views.html.payload.report_data`.
        title: of the page.
        language: of the interface: ``en`` or ``ar``.

    Raises:
        InputError: ``extra-missing`` without Jinja.
    """
    return _render("report.html.j2", ("reader.js", "report.js"), language, title,
                   types=(*QUOTE_TYPES, ""), **data)  # fmt: skip


def _render(name: str, scripts: Sequence[str], language: str, title: str, **values: Any) -> str:
    style, script = _asset("style.css"), "\n".join(map(_asset, scripts))
    policy = (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    page: str = (
        _environment()
        .get_template(name)
        .render(
            policy=policy, style=style, script=script, title=title, version=VERSION,
            language=language, words=WORDS, **values,
        )
    )  # fmt: skip
    return page


def _environment() -> Environment:
    try:
        import jinja2  # noqa: PLC0415
        from markupsafe import Markup  # noqa: PLC0415
    except ImportError as error:
        message = "jinja2: pip install 'qawl[report]'"
        raise InputError([finding("extra-missing", message=message)]) from error

    def json_of(value: object) -> Markup:
        """JSON that may stand inside a script element."""
        try:
            plain = msgspec.json.encode(value).decode()
        except UnicodeEncodeError:  # a lone surrogate: no UTF-8, but JSON has an escape for it
            plain = json.dumps(msgspec.to_builtins(value))
        return Markup(plain.translate(_ESCAPED))  # noqa: S704  escaped

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("qawl.views.html", "assets"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["json"] = json_of
    made.filters["clean"] = clean
    made.filters["percent"] = lambda value: "–" if value is None else f"{100 * value:.1f}"
    return made


def _asset(name: str) -> str:
    return files("qawl.views.html").joinpath("assets", name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(content.encode()).digest()).decode()}'"
