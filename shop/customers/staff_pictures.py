"""Pictures that staff send to a customer, kept with the customer's own files."""

from datetime import datetime
from secrets import token_hex

from sqlalchemy.orm import Session

from shop.products.picture_uploads import picture_id_of
from shop.products.pictures import check_picture
from shop.whatsapp import bodies, staff_messages
from shop.whatsapp.bodies import Body
from storage.models import MediaFile, UserProfile

# Begins the key of a staff's file; the key of a customer's file is its message id.
PREFIX = "staff-"
_DRAWN = 16


def picture_message(
    session: Session, customer: UserProfile, content: bytes, caption: str, now: datetime
) -> Body:
    """Stores the picture and returns the body that sends it, with the caption if any.

    Raises:
        UnfitPicture: WhatsApp would refuse it.
        Unsent: the 24 hours are over, or the caption is too long.
    """
    staff_messages.check_window(customer, now)
    said = staff_messages.checked_caption(caption)
    kind = check_picture(content)
    name = f"{PREFIX}{token_hex(_DRAWN)}.{kind.partition('/')[2]}"
    session.add(
        MediaFile(message_id=name, customer_id=customer.id, media_type=kind, content=content)
    )
    session.flush()
    image = {"id": picture_id_of(name), **({"caption": said} if said else {})}
    return bodies.interactive_body("image", image)
