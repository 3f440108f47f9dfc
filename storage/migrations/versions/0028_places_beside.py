"""Orders keep `delivery_place` beside `address` as long as the release before trade may serve.

That release reads and writes `delivery_place` alone, this one `address` alone; a trigger keeps the
two in step, so that either one's orders have their place, and what either one empties is gone.
online.py gives old orders their address. The column, the trigger and both functions go two releases
after this one.
"""

from alembic import op

revision = "0028_places_beside"
down_revision = "0027_figure_days"

# Gone where migration 0021 was tried before its release.
COLUMN = "ALTER TABLE orders ADD COLUMN IF NOT EXISTS delivery_place jsonb"

# A place is {"name", "address", "latitude", "longitude"}; the text of an address is never empty.
# The release before writes JSON's null where there is no place.
FORMS = """
CREATE FUNCTION address_of_place(place jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN jsonb_typeof(place) = 'object' THEN jsonb_strip_nulls(jsonb_build_object(
        'text', coalesce(
            nullif(concat_ws(', ', nullif(place ->> 'name', ''), nullif(place ->> 'address', '')),
                ''),
            concat_ws(', ', place ->> 'latitude', place ->> 'longitude')),
        'latitude', place -> 'latitude',
        'longitude', place -> 'longitude')) END;
CREATE FUNCTION place_of_address(address jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN jsonb_typeof(address) = 'object' THEN jsonb_build_object(
        'name', NULL,
        'address', address -> 'text',
        'latitude', address -> 'latitude',
        'longitude', address -> 'longitude') END;
"""

# The other release's change counts; else ours, also where it empties an address that was not
# filled yet: an UPDATE that names the column calls the trigger, whatever it changes.
IN_STEP = """
CREATE FUNCTION keep_delivery_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.address IS NULL
        OR TG_OP = 'UPDATE' AND NEW.delivery_place IS DISTINCT FROM OLD.delivery_place
    THEN
        NEW.address := address_of_place(NEW.delivery_place);
    ELSE
        NEW.delivery_place := place_of_address(NEW.address);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER keep_delivery_place BEFORE INSERT OR UPDATE OF address, delivery_place ON orders
    FOR EACH ROW EXECUTE FUNCTION keep_delivery_place();
"""


def upgrade() -> None:
    for sql in (COLUMN, FORMS, IN_STEP):
        op.execute(sql)
