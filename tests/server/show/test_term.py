"""What pages call a thing, and whose account it is."""

from server.show.term import Terms

BASE = "https://example.org/valley/"


def test_an_article_whose_outlet_is_unnamed_tells_under_its_title(release):
    shows = Terms(release.store, release.names)
    article = f"{BASE}article/aven-courier"
    title = shows.thing(article).text
    told = shows.account(article)
    assert told.text == f"“{title}”" and told.href == shows.thing(article).href
    assert shows.account(f"{BASE}actor/ines-varro").text == "Ines Varro"
