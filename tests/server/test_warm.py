"""What is worked out once a release is there before the first visitor."""

from server import create_app, warm
from server.site import KEY


def test_what_all_visitors_share_is_worked_out(release):
    app = create_app(release)
    warm.start(app).join(60)
    kept = {name for _, name in app.extensions[KEY].kept}
    assert {"map", "search", "examples", "home", "answers", "options place"} <= kept
