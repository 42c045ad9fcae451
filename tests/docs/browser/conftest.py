"""Pages of the site in headless Chromium, the network closed; what no visit may do is checked as it ends."""

import importlib.resources
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from gradproof_docs import chromium

# A page is ready when its fonts are loaded and its formulas set.
READY = """async () => {
  if (window.MathJax && MathJax.startup) await MathJax.startup.promise;
  await document.fonts.ready;
}"""

Visit = Callable[..., AbstractContextManager[Any]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of a worker."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed; take the extra browser"
    )
    try:
        program = chromium.find()
    except chromium.BrowserError as error:
        pytest.skip(f"chromium: {error}")
    closed = [flag for flag in chromium.FLAGS if not flag.startswith("--host-resolver-rules")]
    loopback = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=program, args=[*closed, loopback, "--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The site served on the loopback interface: its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as served:
        Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


@pytest.fixture
def visit(browser: Any, site: Path) -> Visit:
    """visit(page, width=1280, theme="light", at=...) -> the open page, in a browser that remembers nothing.

    Leaving it, nothing may have gone wrong: no request outside the site's folder, none that failed, no error in the
    console or in a script.
    """
    return partial(_visit, lambda: closing(browser.new_context()), site.resolve().as_uri())


@pytest.fixture(scope="session")
def memory(browser: Any) -> Iterator[Any]:
    """What one worker's visits share: compiled scripts, above all."""
    with closing(browser.new_context()) as context:
        yield context


@pytest.fixture
def read(memory: Any, site: Path) -> Visit:
    """As visit, but quicker: for pages on which nothing is chosen that a browser remembers."""
    return partial(_visit, lambda: nullcontext(memory), site.resolve().as_uri())


@contextmanager
def _visit(
    begun: Callable[[], AbstractContextManager[Any]],
    root: str,
    page: str,
    *,
    width: int = 1280,
    theme: str = "light",
    at: str | None = None,
) -> Iterator[Any]:
    with begun() as context, closing(context.new_page()) as tab:
        tab.set_default_timeout(20_000)
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=theme, reduced_motion="reduce")  # a color that is fading is no color to judge
        wrong = _wrong(tab, at or root)
        tab.goto(f"{at or root}/{page}")
        tab.evaluate(READY)
        yield tab
        assert not wrong, f"{page}: {wrong}"


def _wrong(tab: Any, root: str) -> list[str]:
    """A list that fills with what goes wrong in a page."""
    wrong: list[str] = []
    tab.on("request", lambda asked: wrong.append(f"outside: {asked.url}") if _outside(asked.url, root) else None)
    tab.on("requestfailed", lambda asked: wrong.append(f"failed: {asked.url} {asked.failure}"))
    tab.on("response", lambda answer: wrong.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)
    tab.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    tab.on("console", lambda said: wrong.append(f"console: {said.text}") if said.type in ("error", "warning") else None)
    return wrong


def _outside(address: str, root: str) -> bool:
    return not address.startswith((f"{root}/", "data:", "blob:", "about:"))


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core."""
    pytest.importorskip("axe_playwright_python", reason="axe is not installed; take the extra browser")
    return importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
