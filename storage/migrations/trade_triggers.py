"""The triggers of the tables of migration 0021, which also serve changes by SQL."""

from storage.migrations.trade_order_triggers import ACCEPTANCE, CANCELLATION

# Year 10000 is more than a driver reads in every time zone; "for ever" is the year 9999.
# Two values of pg_timezone_names are no zones, and `right/` counts leap seconds.
SETTINGS = """
CREATE FUNCTION check_shop_settings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.time_zone <> OLD.time_zone THEN
        PERFORM FROM pg_timezone_names
        WHERE name = NEW.time_zone AND name NOT IN ('Factory', 'localtime', 'posixrules')
            AND name NOT LIKE 'posix/%' AND name NOT LIKE 'right/%';
        IF NOT FOUND THEN
            RAISE EXCEPTION 'time zone "%" is not known', NEW.time_zone
                USING ERRCODE = 'check_violation', HINT = 'Write it like Asia/Kolkata.';
        END IF;
    END IF;
    -- `least` and `greatest` pass over NULL.
    IF NEW.paused_until IS NOT NULL THEN
        NEW.paused_until := greatest('1970-01-01', least(NEW.paused_until, '9999-12-30'));
    END IF;
    IF NEW.busy_until IS NOT NULL THEN
        NEW.busy_until := greatest('1970-01-01', least(NEW.busy_until, '9999-12-30'));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER check_shop_settings BEFORE INSERT OR UPDATE ON shop_settings
    FOR EACH ROW EXECUTE FUNCTION check_shop_settings();

CREATE FUNCTION keep_shop_settings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO shop_settings (time_zone) VALUES ('{time_zone}') ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER keep_shop_settings AFTER DELETE OR TRUNCATE ON shop_settings
    FOR EACH STATEMENT EXECUTE FUNCTION keep_shop_settings();
"""

CATALOGUE = """
CREATE FUNCTION make_category() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO categories (name, position)
    SELECT NEW.category, coalesce(max(position), 0) + 1 FROM categories
    HAVING NOT EXISTS (SELECT FROM categories WHERE name = NEW.category)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER make_category AFTER INSERT OR UPDATE OF category ON products
    FOR EACH ROW EXECUTE FUNCTION make_category();

CREATE FUNCTION rename_category() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE products SET category = NEW.name WHERE category = OLD.name;
    RETURN NULL;
END
$$;
CREATE TRIGGER rename_category AFTER UPDATE OF name ON categories
    FOR EACH ROW WHEN (NEW.name <> OLD.name) EXECUTE FUNCTION rename_category();

CREATE FUNCTION forget_option_groups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM product_option_groups;
    ELSE
        DELETE FROM product_option_groups WHERE sku = OLD.sku;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER forget_option_groups AFTER DELETE ON products
    FOR EACH ROW EXECUTE FUNCTION forget_option_groups();
CREATE TRIGGER forget_all_option_groups AFTER TRUNCATE ON products
    FOR EACH STATEMENT EXECUTE FUNCTION forget_option_groups();
-- A daily stock that is set now counts from the next opening on.
CREATE FUNCTION set_daily_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.restocked_at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER set_daily_stock BEFORE UPDATE OF stock_daily ON products
    FOR EACH ROW WHEN (NEW.stock_daily IS DISTINCT FROM OLD.stock_daily)
    EXECUTE FUNCTION set_daily_stock();

CREATE FUNCTION rename_sku() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE product_option_groups SET sku = NEW.sku WHERE sku = OLD.sku;
    RETURN NULL;
END
$$;
CREATE TRIGGER rename_sku AFTER UPDATE OF sku ON products
    FOR EACH ROW WHEN (NEW.sku <> OLD.sku) EXECUTE FUNCTION rename_sku();
"""


def statements(time_zone: str) -> tuple[str, ...]:
    """All statements; `time_zone` is for a settings row that has to be made again."""
    return (SETTINGS.replace("{time_zone}", time_zone), CATALOGUE, ACCEPTANCE, CANCELLATION)
