"""What the site does: themes, filters, search, folds, printing, and all of it by keyboard."""

from typing import Any

import pytest

from theory import theorem, theorems

PROVED = "theorems/mean_square_gain.html"
HOME = "index.html"
SHOWN = "[...document.querySelectorAll('li.card')].filter(card => card.checkVisibility()).length"
CLOSED = "document.querySelectorAll('.derivation details:not([open])').length"

# The colors that a theme must change: the page, its words, and in the figure its words and its first series.
COLORS = r"""() => {
  const figure = [...document.querySelectorAll("svg.fig")].find(node => node.checkVisibility());
  const told = (node, name) => getComputedStyle(node)[name];
  const series = figure.querySelector("path[style*='stroke: var(--fig-1)']");
  return {page: told(document.body, "backgroundColor"), words: told(document.querySelector("article p"), "color"),
          label: told(figure.querySelector("text"), "fill"), series: told(series, "stroke")};
}"""


def colors(tab: Any) -> dict[str, str]:
    """The computed colors of a page and its figure."""
    return dict(tab.evaluate(COLORS))


def switch(tab: Any, theme: str) -> None:
    """Press the theme button until it stands at a theme."""
    for _ in range(3):
        if tab.evaluate("document.body.dataset.theme") == theme:
            return
        tab.locator(".theme-toggle:visible").first.click()
    raise AssertionError(f"the button never came to {theme}")


def test_the_theme_switch_recolors_page_and_figure(visit: Any) -> None:
    with visit(PROVED, theme="light") as tab:
        light = colors(tab)
        switch(tab, "dark")
        dark = colors(tab)
        assert all(light[name] != dark[name] for name in light), (light, dark)
        tab.reload()
        assert colors(tab) == dark  # it is remembered
        switch(tab, "light")
        assert colors(tab) == light
        switch(tab, "auto")
        assert colors(tab) == light
        tab.emulate_media(color_scheme="dark")
        assert colors(tab) == dark
        switch(tab, "light")
        assert colors(tab) == light


def test_figures_have_one_drawing_for_each_width(visit: Any) -> None:
    seen = {}
    with visit(PROVED) as tab:
        for width in (1440, 390):
            tab.set_viewport_size({"width": width, "height": 900})
            drawings = tab.locator("figure.evidence svg.fig")
            seen[width] = [drawings.nth(index).is_visible() for index in range(drawings.count())]
    assert len(seen[1440]) >= 2 and sum(seen[1440]) == len(seen[1440]) / 2
    assert seen[390] == [not shown for shown in seen[1440]]


def test_chips_filter_the_gallery(visit: Any) -> None:
    with visit(HOME) as tab:
        everything = tab.evaluate(SHOWN)
        assert everything == len(theorems())
        chips = tab.locator(".filters button")
        assert chips.count() >= 3
        for index in range(chips.count()):
            chip = chips.nth(index)
            assert chip.get_attribute("aria-pressed") == "false"
            chip.click()
            assert chip.get_attribute("aria-pressed") == "true"
            assert tab.evaluate(SHOWN) == int(chip.locator(".count").inner_text()) > 0
            chip.click()
            assert chip.get_attribute("aria-pressed") == "false"
            assert tab.evaluate(SHOWN) == everything


def test_chips_work_by_keyboard(visit: Any) -> None:
    with visit(HOME) as tab:
        chip = tab.locator(".filters button").last
        chip.focus()
        tab.keyboard.press("Space")
        assert chip.get_attribute("aria-pressed") == "true"
        assert tab.evaluate(SHOWN) == int(chip.locator(".count").inner_text())
        tab.keyboard.press("Enter")
        assert chip.get_attribute("aria-pressed") == "false"
        assert tab.evaluate(SHOWN) == len(theorems())


@pytest.mark.parametrize("slug", ["gain_law", "norm_bounds"])
@pytest.mark.parametrize("served", [False, True], ids=["file", "server"])
def test_search_finds_a_theorem_by_its_title(visit: Any, server: str, slug: str, served: bool) -> None:
    with visit(HOME, at=server if served else None) as tab:
        box = tab.locator(".sidebar-search")
        box.fill(theorem(slug).title)
        box.press("Enter")
        found = tab.locator(f"#search-results li a[href*='theorems/{slug}.html']").first
        found.wait_for()
        assert theorem(slug).title in " ".join(found.inner_text().split())
        tab.wait_for_load_state("networkidle")  # the summaries of the results
        found.click()
        tab.wait_for_url(f"**/theorems/{slug}.html*")


def test_open_all_opens_every_step_and_closes_it_again(visit: Any) -> None:
    with visit(PROVED) as tab:
        assert tab.evaluate(CLOSED) > 0
        button = tab.locator(".open-all").first
        button.focus()
        tab.keyboard.press("Enter")
        tab.wait_for_function(f"{CLOSED} === 0")
        tab.wait_for_function("document.querySelector('.open-all').textContent === 'close all'")
        button.click()
        tab.wait_for_function(f"{CLOSED} > 0")


def test_a_link_into_a_closed_fold_opens_it(visit: Any) -> None:
    with visit(PROVED) as tab:
        name = tab.evaluate("document.querySelector('details:not([open])[id], details:not([open]) [id]').id")
        opened = f"document.getElementById('{name}').closest('details').open"
        assert not tab.evaluate(opened)
        tab.evaluate(f"location.hash = '{name}'")
        tab.wait_for_function(opened)
        tab.locator(f"[id='{name}']").scroll_into_view_if_needed()
        assert tab.locator(f"[id='{name}']").is_visible()
    with visit(f"{PROVED}#{name}") as tab:
        assert tab.evaluate(opened)
        assert tab.evaluate(f"document.getElementById('{name}').getBoundingClientRect().top") < 900  # in the window


def test_printing_opens_the_folds_and_closes_them_after(visit: Any) -> None:
    with visit(PROVED) as tab:
        before = tab.evaluate(CLOSED)
        tab.evaluate(f"addEventListener('beforeprint', () => window.printed = {CLOSED})")
        tab.pdf()
        assert tab.evaluate("window.printed") == 0
        assert tab.evaluate(CLOSED) == before > 0


def test_paper_is_light_whatever_the_theme(visit: Any) -> None:
    with visit(PROVED) as tab:
        light = colors(tab)
        switch(tab, "dark")
        tab.emulate_media(media="print", color_scheme="dark")
        assert colors(tab) == light


def test_tab_reaches_every_card_and_node_and_shows_where_it_is(visit: Any) -> None:
    wanted = {f"theorems/{slug}.html" for slug in theorems()}
    reached: dict[str, set[str]] = {"card": set(), "graph": set()}
    with visit(HOME) as tab:
        for _ in range(400):
            tab.keyboard.press("Tab")
            place, link = tab.evaluate(
                """() => {
                  const node = document.activeElement, link = node.getAttribute("href")?.split("#")[0];
                  if (node.closest("li.card")) return ["card", link];
                  return [node.closest("figure.graph") ? "graph" : "", link];
                }"""
            )
            if place:
                reached[place].add(link)
            elif all(reached.values()) and tab.evaluate("document.activeElement === document.body"):
                break
    assert reached == {"card": wanted, "graph": wanted}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_focus_is_visible(visit: Any, theme: str) -> None:
    with visit(HOME, theme=theme) as tab:
        tab.keyboard.press("Tab")  # from here on focus is shown, as after any key
        for chosen in ("li.card a", "figure.graph svg a", ".filters button", ".sidebar-search"):
            node = next(one for one in tab.locator(chosen).all() if one.is_visible())
            node.scroll_into_view_if_needed()
            tab.evaluate("document.activeElement.blur()")
            unfocused = around(tab, node)
            node.focus()
            assert around(tab, node) != unfocused, chosen


def around(tab: Any, node: Any) -> bytes:
    """A picture of a node with 8 px around it."""
    box = node.bounding_box()
    clip = {"x": box["x"] - 8, "y": box["y"] - 8, "width": box["width"] + 16, "height": box["height"] + 16}
    return bytes(tab.screenshot(clip=clip, animations="disabled", caret="hide"))


def test_the_page_that_is_not_found_leads_home(visit: Any) -> None:
    with visit("404.html") as tab:
        tab.get_by_role("link").first.click()
        tab.wait_for_url("**/index.html")
