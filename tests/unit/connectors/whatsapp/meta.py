"""What Meta accepts, written from docs/whatsapp.md and not from our code."""


def units(text):
    """The longest count there is of a text's characters."""
    return max(len(text), len(text.encode("utf-16-le")) // 2)


def within(text, least, most):
    assert isinstance(text, str)
    assert least <= units(text) <= most, (units(text), most)
    assert text.strip() or least == 0


def accepts(body):
    """Fails where Meta would refuse the body of a message (without `to`)."""
    assert body["messaging_product"] == "whatsapp"
    assert body["recipient_type"] == "individual"
    kind = body["type"]
    assert set(body) == {"messaging_product", "recipient_type", "type", kind}
    {"text": text, "interactive": interactive, "image": media}.get(kind, media)(body[kind])


def text(node):
    assert set(node) <= {"body", "preview_url"}
    within(node["body"], 1, 4096)


def media(node):
    assert ("id" in node) != ("link" in node)
    if "link" in node:
        assert node["link"].startswith(("http://", "https://"))
    if "caption" in node:
        within(node["caption"], 1, 1024)


def interactive(node):
    kind = node["type"]
    assert set(node) <= {"type", "header", "body", "footer", "action"}
    within(node["body"]["text"], 1, 1024)
    if "footer" in node:
        within(node["footer"]["text"], 1, 60)
    if "header" in node:
        header(node["header"], kind)
    {"button": buttons, "list": listing}[kind](node["action"])


def header(node, kind):
    assert set(node) == {"type", node["type"]}
    if node["type"] == "text":
        within(node["text"], 1, 60)
        assert "\n" not in node["text"]
    else:
        assert kind != "list"
        assert node["type"] in ("image", "video", "document")
        media(node[node["type"]])


def buttons(action):
    assert set(action) == {"buttons"}
    replies = [button["reply"] for button in action["buttons"]]
    assert all(button["type"] == "reply" for button in action["buttons"])
    assert 1 <= len(replies) <= 3
    for reply in replies:
        assert set(reply) == {"id", "title"}
        identifier(reply["id"], 256)
        within(reply["title"], 1, 20)
    unique(reply["id"] for reply in replies)
    unique(reply["title"] for reply in replies)


def listing(action):
    assert set(action) == {"button", "sections"}
    within(action["button"], 1, 20)
    assert 1 <= len(action["sections"]) <= 10
    rows = [row for section in action["sections"] for row in section["rows"]]
    assert 1 <= len(rows) <= 10
    for section in action["sections"]:
        assert section["rows"]
        within(section["title"], 1, 24)
    for row in rows:
        assert set(row) <= {"id", "title", "description"}
        identifier(row["id"], 200)
        within(row["title"], 1, 24)
        if "description" in row:
            within(row["description"], 1, 72)
    unique(row["id"] for row in rows)


def identifier(value, most):
    within(value, 1, most)
    assert value == value.strip()


def unique(values):
    listed = list(values)
    assert len(set(listed)) == len(listed)
