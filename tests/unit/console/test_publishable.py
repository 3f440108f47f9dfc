"""Nothing that the editor lets through is refused by the strict emulator."""

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from connectors.whatsapp.messages import bubbles
from connectors.whatsapp.messages.speech import Bubble
from console.forms import Form
from console.menus.fields import structure_from
from emulator.checks.envelope import check_message
from shop.menus.last_good_version import judge_menu
from shop.whatsapp import limits
from shop.whatsapp.validation.interactive import find_menu_problems

# Letters, what takes several bytes or code points, blanks and marks that nobody sees.
SIGNS = "aB7 \n\t*_~`<&\"'\\%{}कि☕🇮🇳👩‍🍳ç\u0301\u00a0\u200b\u200d\u2028\ufeff\x07"
MENUS = 200


def words(most, fill=""):
    """What somebody types into a field: mostly fit, now and then right at the limit or past it."""
    usual = st.text(SIGNS, max_size=min(most, 12) - 1).map(lambda text: "x" + text)
    longest = st.sampled_from(SIGNS).map(lambda sign: f"x{sign * (most - 2)}y")
    odd = st.sampled_from([fill, " ", "\u200b", "x" * (most + 1), "☕" * most, "👩‍🍳" * most])
    # Numbers in the middle, since hypothesis likes the ends too well.
    return st.integers(0, 99).flatmap(
        lambda n: odd if n == 57 else longest if n in (41, 42, 43) else usual
    )


def options(path, title, most, **parts):
    """The fields of up to `most` options; each leads somewhere else, mostly."""

    def fields(drawn):
        found = []
        for place, (chosen, given_parts) in enumerate(drawn):
            at = path.format(place)
            found += [(f"{at}.title", given_parts.pop("title")), (f"{at}.id", chosen)]
            found += [(f"{at}.{name}", text) for name, text in given_parts.items()]
        return found

    ids = st.one_of(
        st.uuids().map(str), words(limits.ROW_ID.maximum), words(limits.BUTTON_ID.maximum)
    )
    one = st.tuples(ids, st.fixed_dictionaries({"title": words(title), **parts}))
    return st.lists(one, min_size=1, max_size=most, unique_by=lambda drawn: drawn[0]).map(fields)


@st.composite
def sections(draw):
    found = [("list_button", draw(words(limits.LIST_BUTTON.maximum)))]
    for place in range(draw(st.integers(1, 4))):
        description = st.one_of(st.just(""), words(limits.ROW_DESCRIPTION.maximum))
        found.append((f"section.{place}.title", draw(words(limits.SECTION_TITLE.maximum))))
        row = f"section.{place}.row.{{}}"
        found += draw(options(row, limits.ROW_TITLE.maximum, 5, description=description))
    return found


@st.composite
def flows(draw):
    which = st.one_of(st.just("1234567890"), words(40))
    screen = st.one_of(st.just(""), st.just("WELCOME"), words(40))
    return [("flow_id", draw(which)), ("flow_cta", draw(words(limits.FLOW_BUTTON.maximum))),
            ("flow_screen", draw(screen))]  # fmt: skip


KINDS = {
    "button": options("button.{}", limits.BUTTON_TITLE.maximum, 5),
    "list": sections(),
    "flow": flows(),
}


@st.composite
def forms(draw, kind):
    """The editor's form of such a menu, as a browser sends it."""
    link = st.one_of(st.just("https://shop.example/a.png"), words(60))
    return [
        ("body", draw(words(limits.INTERACTIVE_BODY.maximum))),
        ("footer", draw(st.one_of(st.just(""), words(limits.FOOTER.maximum)))),
        ("header_kind", draw(st.sampled_from(["", "", "text", "image", "keep"]))),
        ("header", draw(words(limits.HEADER.maximum))),
        ("header_link", draw(link)),
        *draw(KINDS[kind]),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_can_be_published_is_taken_by_the_strict_emulator(kind):
    published = []

    @seed(7)
    @settings(
        max_examples=MENUS, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(forms(kind))
    def publish(pairs):
        structure = structure_from(Form(pairs), {"type": kind})
        if all(problem.code == "surplus" for problem in find_menu_problems(structure)):
            published.append(structure)
            assert_taken(kind, structure)

    publish()
    assert MENUS / 4 < len(published) < MENUS


def assert_taken(kind, structure):
    """The bot shows all of it, in messages that the emulator takes."""
    written = SimpleNamespace(
        template_name="a_menu",
        template_type=kind,
        trigger_keywords=[],
        menu_structure=structure,
        translations={},
    )
    verdict = judge_menu(written, lambda _: True, lambda: [])
    assert verdict.reasons == ()
    assert verdict.menu is not None
    bodies = bubbles.build_bodies([Bubble(interactive=verdict.menu.menu_structure, more="a_menu")])
    assert bodies
    for body in bodies:
        check_message({**body, "to": "919800000001"}, sender="15550001111")
