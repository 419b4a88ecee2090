"""The pages as axe-core sees them in a browser: nothing shuts anybody out by day, by night or on a phone.

Needs the extra `accessibility` and Chromium.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib import resources

import pytest

from derivations import check_text
from derivations.writing.html import html_page
from derivations.writing.proof_html import booklet, html

AXE = pytest.importorskip("axe_playwright_python.sync_playwright")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
OPTIONS = ("--disable-quic", "--disable-gpu", "--disable-sync", "--disable-background-networking")
PROOFS = ("sigmoid-derivative", "softmax-jacobian", "normal-equation")

pytestmark = pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
PLACES = pytest.mark.parametrize(
    ("scheme", "size"), [("light", DESK), ("dark", DESK), ("light", PHONE)], ids=["day", "night", "phone"]
)

Findings = Callable[[str, str, dict[str, int]], list[str]]


@pytest.fixture(scope="module")
def findings() -> Iterator[Findings]:
    """What axe-core has against a page in a colour scheme and a window's size, as the names of its rules."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=OPTIONS)

        def found(page: str, scheme: str, size: dict[str, int]) -> list[str]:
            tab = browser.new_page(color_scheme=scheme, viewport=size)
            tab.route("**", lambda request: request.abort())
            tab.set_content(page)
            report = AXE.Axe().run(tab).response
            tab.close()
            assert report["passes"]
            return [rule["id"] for rule in report["violations"]]

        yield found
        browser.close()


def example(name: str) -> str:
    text = resources.files("derivations.examples").joinpath(name).read_text("utf-8")
    return html_page(check_text(text, format="md"))


@PLACES
@pytest.mark.parametrize("name", ["logistic-regression.md", "spot-the-mistakes.md"])
def test_reports_are_accessible(findings: Findings, name: str, scheme: str, size: dict[str, int]) -> None:
    assert findings(example(name), scheme, size) == []


@PLACES
@pytest.mark.parametrize("name", PROOFS)
def test_proofs_are_accessible(findings, proof_of, name: str, scheme: str, size: dict[str, int]) -> None:
    assert findings(html([proof_of(name)], name), scheme, size) == []


@PLACES
def test_a_booklet_is_accessible(findings, proof_of, scheme: str, size: dict[str, int]) -> None:
    """Its links too, whose colours nobody chose."""
    chapters = [("Softmax", [proof_of("softmax-jacobian")])]
    page = booklet(chapters, [("Why?", "Because $a = a$.", ["softmax-jacobian"])])
    assert findings(page, scheme, size) == []


@PLACES
def test_a_page_that_shuts_people_out_is_found(findings, scheme: str, size: dict[str, int]) -> None:
    """Grey on grey, and a picture without words: otherwise the other tests could not fail."""
    grey = "<p style='color: #777; background: #888'>hard to read</p><img src='a.png'>"
    page = f"<!doctype html><title>t</title><main><h1>t</h1>{grey}</main>"
    assert findings(page, scheme, size) == ["color-contrast", "html-has-lang", "image-alt"]
