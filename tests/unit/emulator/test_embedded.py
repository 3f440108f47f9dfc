"""The X-ray finds the database that `make run` starts by itself."""

from pathlib import Path

import psycopg.conninfo as libpq

from emulator.bench.database import connection_string
from storage.embedded.cluster import Cluster


def test_the_x_ray_connects_as_the_shop_does(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("a-secret_of-the-cluster")
    (tmp_path / "port").write_text("20123")
    of_the_shop = libpq.conninfo_to_dict(Cluster(tmp_path).url())
    assert libpq.conninfo_to_dict(connection_string(str(tmp_path))) == of_the_shop
