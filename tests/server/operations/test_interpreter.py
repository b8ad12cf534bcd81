"""What a release keeps is not looked through for garbage, and garbage is let go all the same."""

import gc
import weakref

import pytest

from server.operations.interpreter import NEW, look_seldom, set_apart


class Knot:
    """It holds itself, so that only who looks for garbage finds it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_before():
    often = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*often)


def test_what_is_there_is_set_apart_and_what_is_garbage_let_go():
    kept, garbage = Knot(), Knot()
    gone, stays = weakref.ref(garbage), weakref.ref(kept)
    set_apart()
    assert gone() and stays() and gc.get_freeze_count() > 1_000
    del garbage
    gc.collect()
    assert gone()  # nobody looks there
    set_apart()
    assert not gone() and stays() is kept


def test_new_objects_are_looked_through_seldom():
    look_seldom()
    assert gc.get_threshold()[0] == NEW
