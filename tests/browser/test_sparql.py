"""The query page with its editor: completes, runs, shows what is hostile as text, asks nobody."""

from __future__ import annotations

import subprocess
import sys
from urllib.parse import quote

import pytest

from browser.sound import is_sound

EDITOR = ".tabPanel.active .yasqe .CodeMirror"
ROWS = ".tabPanel.active .yasr_results tbody tr"
HOSTILE = """SELECT * { VALUES (?iri ?text) {
  (<javascript:alert(1)> "<img src=x onerror=alert(1)>")
  (<data:text/html,x> "<script>alert(1)</script>")
  (<http://example.org/'onmouseover='alert(1)> "{{iri}}") } }"""
FEW = "SELECT ?claim { ?claim a wh:EventClaim } ORDER BY ?claim LIMIT 3"

pytestmark = pytest.mark.slow


def write(visit, query):
    """Puts a query into the editor, the cursor at its end."""
    visit.page.wait_for_selector(EDITOR)
    visit.page.eval_on_selector(
        EDITOR,
        "(e, q) => { const c = e.CodeMirror; c.setValue(q); c.setCursor(c.lineCount(), 0);"
        " c.focus(); }",
        query,
    )


def run(visit, query):
    write(visit, query)
    visit.page.keyboard.press("Control+Enter")
    visit.page.wait_for_selector(".tabPanel.active .yasr_results > *")


def test_an_example_runs_and_its_rows_are_shown(visit, origin):
    visit.open(f"{origin}/sparql")
    visit.page.wait_for_selector(EDITOR)
    assert visit.page.locator("#plain").is_hidden()
    visit.page.click("a[data-example=who-held]")
    visit.page.wait_for_selector(ROWS)
    assert visit.page.locator(ROWS).count() == 9
    assert visit.page.locator(".parseErrorIcon").count() == 0
    link = visit.page.locator(f"{ROWS} a").first.get_attribute("href")
    assert link.startswith("/place/") and link.endswith(".html")
    assert visit.page.request.get(origin + link).status == 200
    data = visit.page.get_by_role("link", name="CSV").get_attribute("href")
    assert len(visit.page.request.get(origin + data).text().splitlines()) == 10
    is_sound(visit, origin)


def test_terms_of_the_release_are_completed(visit, origin):
    visit.open(f"{origin}/sparql")
    write(visit, "SELECT * { ?claim a ")
    visit.page.keyboard.type("wh:EventCl", delay=20)
    hint = visit.page.locator(".CodeMirror-hint").first
    hint.wait_for()
    assert hint.inner_text() == "wh:EventClaim  Event claim, class"
    assert visit.violations() == []
    visit.page.keyboard.press("Enter")
    assert "a wh:EventClaim" in visit.page.eval_on_selector(EDITOR, "e => e.CodeMirror.getValue()")
    is_sound(visit, origin)


def test_what_is_hostile_is_shown_as_text(visit, origin):
    visit.open(f"{origin}/sparql")
    run(visit, HOSTILE)
    visit.page.wait_for_selector(ROWS)
    cells = visit.page.locator(f"{ROWS} td").all_inner_texts()
    assert cells == [
        "javascript:alert(1)",
        "<img src=x onerror=alert(1)>",
        "data:text/html,x",
        "<script>alert(1)</script>",
        "http://example.org/'onmouseover='alert(1)",
        "{{iri}}",
    ]
    links = visit.page.locator(f"{ROWS} a")
    assert [link.get_attribute("href") for link in links.all()] == [cells[4]]
    is_sound(visit, origin)


def test_an_address_with_a_query_opens_and_runs_it_once_kept(visit, origin):
    for _ in range(2):
        visit.open(f"{origin}/sparql?query={quote(FEW)}")
        visit.page.wait_for_selector(ROWS)
        assert visit.page.locator(ROWS).count() == 3
    written = visit.page.locator(EDITOR).all_inner_texts()
    assert len(written) == 1 and visit.page.locator("[role=tab]").count() == 1
    is_sound(visit, origin)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("ASK { ?s a wh:Claim }", "True"),
        ("CONSTRUCT { ?s a wh:Claim } WHERE { ?s a wh:Claim } LIMIT 1", "claim/"),
        ("SELECT * { ?s a wh:NoSuch }", "No rows."),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "Refused"),
    ],
)
def test_every_kind_of_result_is_shown(visit, origin, query, shown):
    visit.open(f"{origin}/sparql")
    run(visit, query)
    result = visit.page.locator(".tabPanel.active .yasr_results")
    result.get_by_text(shown).first.wait_for()
    status = 400 if shown == "Refused" else 200  # the browser says a 400 on its console
    is_sound(visit, origin, status=status)


def test_a_line_that_is_no_sparql_is_marked_with_the_reason(visit, origin):
    visit.open(f"{origin}/sparql")
    write(visit, "SELECT * { ?s nowhere:name ?o }")
    mark = visit.page.locator(".parseErrorIcon")
    mark.hover()
    assert "nowhere" in mark.get_attribute("title")
    is_sound(visit, origin)


def test_the_query_is_copied_as_a_program_that_runs(visit, origin):
    visit.open(f"{origin}/sparql")
    write(visit, FEW)
    for kind, begin in (("link", origin), ("curl", "curl"), ("wrapper", "from"), ("r", "library")):
        visit.page.click(f"[data-as={kind}]")
        assert visit.page.inner_text("#beside pre").startswith(begin)
    visit.page.click("[data-as=python]")
    program = visit.page.inner_text("#beside pre")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().count("'claim': 'http") == 3
    is_sound(visit, origin)


def test_the_query_in_the_editor_is_cited(visit, origin):
    visit.open(f"{origin}/sparql")
    run(visit, FEW)
    visit.page.click("#cite")
    assert "/q/" in visit.page.url and FEW in visit.page.inner_text("main")
    is_sound(visit, origin)


def test_the_last_tab_that_is_closed_is_followed_by_a_new_one(visit, origin):
    visit.open(f"{origin}/sparql")
    visit.page.wait_for_selector(EDITOR)
    visit.page.click("#new")
    assert visit.page.locator("[role=tab]").count() == 2
    for _ in range(2):
        visit.page.locator(".tab.active .closeTab").click()
    assert visit.page.locator("[role=tab]").count() == 1
    assert visit.page.locator(".tabPanel.active #beside").is_visible()
    is_sound(visit, origin)


def test_tab_leaves_the_editor(visit, origin):
    visit.open(f"{origin}/sparql")
    write(visit, FEW)
    visit.page.keyboard.press("Tab")
    assert not visit.page.evaluate(f"document.querySelector('{EDITOR}').CodeMirror.hasFocus()")


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_script_the_form_answers(visit, origin):
    visit.open(f"{origin}/sparql")
    visit.page.click("a[data-example=who-held]")
    visit.page.click("form.query button")
    assert visit.page.locator("section[aria-label=Result] tbody tr").count() == 9
    assert [url for url in visit.requests if not url.startswith(f"{origin}/")] == []
