"""The simplest webhook handler: one INSERT, then 200.

`python -m benchmarks.rig.bare PORT URL` serves it.
"""

import json
import sys

from psycopg_pool import AsyncConnectionPool
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, text

TABLE = "CREATE TABLE IF NOT EXISTS heard (id bigint GENERATED ALWAYS AS IDENTITY, body jsonb)"
INSERT = "INSERT INTO heard (body) VALUES (%s)"


def main() -> None:
    port, url = int(sys.argv[1]), sys.argv[2]
    app = Sanic("bare", configure_logging=False)
    app.config.update(ACCESS_LOG=False, MOTD=False)

    async def open_pool(app: Sanic, _loop: object) -> None:
        keywords = {"autocommit": True, "prepare_threshold": 0}
        app.ctx.pool = AsyncConnectionPool(url, min_size=2, max_size=8, open=False, kwargs=keywords)
        await app.ctx.pool.open()
        async with app.ctx.pool.connection() as connection:
            await connection.execute(TABLE)

    async def close_pool(app: Sanic, _loop: object) -> None:
        await app.ctx.pool.close()

    async def hear(request: Request) -> HTTPResponse:
        async with request.app.ctx.pool.connection() as connection:
            await connection.execute(INSERT, [json.dumps(request.json)])
        return text("")

    app.register_listener(open_pool, "before_server_start")
    app.register_listener(close_pool, "after_server_stop")
    app.add_route(hear, "/", methods=["POST"])
    app.run(host="127.0.0.1", port=port, access_log=False, motd=False)


if __name__ == "__main__":
    main()
