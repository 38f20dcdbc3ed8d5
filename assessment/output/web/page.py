"""The page around the parts: head, masthead, contents, footer. No script, no request, one file."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Final

from assessment.model.words import Catalogue
from assessment.output.web.blocks import Writer, writer
from assessment.output.web.markup import flat, joined, plain
from assessment.output.webfonts import font_faces
from assessment.report.document import Report

_STYLE: Final = Path(__file__).with_name("report.css")
# Whoever opens the file: it runs nothing and loads nothing.
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:;{} base-uri 'none'; form-action 'none'"
)


def render_html(report: Report, words: Catalogue) -> bytes:
    """The report as one HTML file. `words`: the app's own, in the language of the report."""
    made = writer(report, words)
    parts = "".join(made.part(part) for part in report.parts)
    language = {"zh": "zh-CN"}.get(report.language, report.language)
    body = (
        f"{_masthead(made)}{_contents(made)}<main id='main' tabindex='-1'>\n{parts}</main>\n{_footer(made)}"
    )
    page = f'<!doctype html>\n<html lang="{plain(language)}">\n{_head(made)}<body>\n{body}</body>\n</html>\n'
    return page.encode("utf-8", "replace")


def _head(made: Writer) -> str:
    """After the parts: only then it is known which characters the charts need."""
    report = made.report
    fonts = font_faces(frozenset("".join(made.drawings.characters).replace("\n", "")), report.language)
    named = {
        "author": flat((report.firm,)),
        "description": flat(report.subtitle),
        "keywords": plain(", ".join(report.keywords)),
        "generator": plain(f"{report.labels.product} {report.app_version}"),
        "dcterms.date": report.on.isoformat(),
        "dcterms.identifier": plain(report.fingerprint),
    }
    meta = "".join(f'<meta name="{name}" content="{text}">\n' for name, text in named.items())
    policy = _POLICY.format(" img-src data:;" if report.sender and report.sender.png else "")
    return (
        f'<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{flat((report.title,))} – {flat((report.firm,))}</title>\n{meta}"
        f"<style>\n{fonts}{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n"
    )


def _masthead(made: Writer) -> str:
    report, labels = made.report, made.report.labels
    facts = "".join(f"<div><dt>{joined((n,))}</dt><dd>{joined((v,))}</dd></div>" for n, v in report.details)
    subtitle = f'<p class="subtitle">{joined(report.subtitle)}</p>' if report.subtitle else ""
    skip = plain(made.words.text("exports.html.skip"))
    return (
        f'<a class="skip" href="#main">{skip}</a>\n<header{_ground(report)}><div class="band">'
        '<p class="product">'
        f'<b>{plain(labels.product)}</b> <span class="stamp">{plain(labels.stamp)}</span></p>'
        f'<h1>{joined((report.title,))}</h1><p class="firm">{joined((report.firm,))}</p>{subtitle}'
        f"<dl>{facts}</dl>{_logo(report)}</div></header>\n"
    )


def _ground(report: Report) -> str:
    """The consultant's colour under the head, with text that can be read on it."""
    if report.sender is None:
        return ""
    ground = report.sender.ground
    return f' style="--band: {ground.fill}; --on-band: {ground.text}; --pale: {ground.soft}"'


def _logo(report: Report) -> str:
    """Inside the file: it loads nothing from elsewhere."""
    if report.sender is None or report.sender.logo is None:
        return ""
    size = f'width="{report.sender.logo.width}" height="{report.sender.logo.height}"'
    data = b64encode(report.sender.png).decode()
    return f'<img class="logo" alt="{plain(report.labels.logo)}" {size} src="data:image/png;base64,{data}">'


def _contents(made: Writer) -> str:
    lines = "".join(
        f'<li><a href="#{plain(p.id)}">{joined((p.short,))}</a> <span>{joined(p.headline)}</span></li>'
        for p in made.report.parts
    )
    title = plain(made.report.labels.contents)
    return f'<nav aria-labelledby="contents"><h2 id="contents">{title}</h2><ol>{lines}</ol></nav>\n'


def _footer(made: Writer) -> str:
    report, labels = made.report, made.report.labels
    signature = (report.sender.signature,) if report.sender and report.sender.signature else ()
    told = (labels.confidential, labels.stamp, report.edition, report.fingerprint[:12], *signature)
    return f"<footer><p>{' · '.join(plain(text) for text in told)}</p></footer>\n"
