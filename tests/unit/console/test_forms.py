"""What forms bring, however it was sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.forms import MOST_FIELDS, Form, Unreadable


def test_fields_are_read_as_browsers_send_them():
    form = Form.parse(b"a=1&b=two+words&b=%E0%A4%9A&c=&d=x%0D%0Ay")
    assert form.text("a") == "1"
    assert form.texts("b") == ["two words", "च"]
    assert form.flag("c")
    assert not form.flag("e")
    assert form.text("d") == "x\ny"
    assert form.text("e", "nothing") == "nothing"


@pytest.mark.parametrize(
    ("written", "number"),
    [("12", 12), (" 7 ", 7), ("", None), ("-1", None), ("1" * 10, None), ("²", None)],
)
def test_numbers(written, number):
    assert Form([("n", written)]).number("n") == number


def test_too_many_fields_are_refused():
    with pytest.raises(Unreadable):
        Form.parse(b"&".join([b"a=1"] * (MOST_FIELDS + 1)))


@given(st.binary())
def test_any_body_is_read_into_text_that_postgresql_takes(body):
    for name, value in Form.parse(body):
        assert "\0" not in name + value
        (name + value).encode()


def multipart(*parts, boundary="x-y"):
    body = b"".join(
        b"--" + boundary.encode() + b"\r\nContent-Disposition: form-data; " + part + b"\r\n"
        for part in parts
    )
    return Form.parse(
        body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
    )


def test_files_are_read_as_browsers_send_them():
    content = b"\xff\xd8\r\n--x-\r\n\x00\r\n"
    form = multipart(
        'name="text"\r\n\r\nदो\r\nlines'.encode(),
        'name="file"; filename="फोटो.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'.encode() + content,
        b'name="none"; filename=""\r\n\r\n',
    )
    assert form.text("text") == "दो\nlines"
    assert form.file("file") == content
    assert form.file("none") == form.file("other") == b""
    assert not form.flag("file")


def test_too_many_parts_and_no_boundary_are_refused():
    with pytest.raises(Unreadable):
        multipart(*[b'name="a"\r\n\r\n1'] * (MOST_FIELDS + 1))
    with pytest.raises(Unreadable):
        Form.parse(b"--x\r\n", "multipart/form-data")


@given(st.binary())
def test_any_upload_is_read_or_refused(body):
    try:
        form = Form.parse(b"--x\r\n" + body, "multipart/form-data; boundary=x")
    except Unreadable:
        return
    for name, value in form:
        assert "\0" not in name + value
