"""The reference of HQ: a FastAPI program that does nothing, or lays what it is sent into tables.

`python -m benchmarks.bare_hq [URL of PostgreSQL]` serves it. It checks
nothing and keeps no balance.
"""

from __future__ import annotations

import base64
import json
import sys
from threading import Lock
from typing import Annotated, Any

import psycopg
import uvicorn
from fastapi import Body, FastAPI
from sqlalchemy import make_url

from pos_hq.api.server import Listening, config_of, listener_of

Json = dict[str, Any]
Row = tuple[Any, ...]
_TABLES = (
    """CREATE TABLE bare_event (node text, epoch bigint, seq bigint, payload bytea, sig bytea,
     PRIMARY KEY (node, epoch, seq))""",
    """CREATE TABLE bare_transfer (node text, epoch bigint, seq bigint, n bigint, source text,
     target text, unit text, amount bigint, PRIMARY KEY (node, epoch, seq, n))""",
)
_EVENTS = (
    "INSERT INTO bare_event SELECT * FROM unnest(%b::text[], %b::bigint[], %b::bigint[],"
    " %b::bytea[], %b::bytea[]) ON CONFLICT DO NOTHING"
)
_TRANSFERS = (
    "INSERT INTO bare_transfer SELECT * FROM unnest(%b::text[], %b::bigint[], %b::bigint[],"
    " %b::bigint[], %b::text[], %b::text[], %b::text[], %b::bigint[]) ON CONFLICT DO NOTHING"
)


def bare_app(url: str) -> FastAPI:
    """Return the program; without a database it can only do nothing."""
    app = FastAPI(openapi_url=None)

    @app.get("/nothing")
    def nothing() -> Json:
        return {}

    if url:
        _take_events(app, url)
    return app


def _take_events(app: FastAPI, url: str) -> None:
    place = make_url(url).set(drivername="postgresql")
    book, one_at_a_time = psycopg.connect(place.render_as_string(), autocommit=True), Lock()
    for table in _TABLES:
        book.execute(table)

    @app.post("/events")
    def take(push: Annotated[Json, Body()]) -> Json:
        events = event_rows(push)
        transfers = transfer_rows(events)
        with one_at_a_time, book.transaction():
            book.execute(_EVENTS, _columns(events))
            book.execute(_TRANSFERS, _columns(transfers))
        return {"taken": len(events)}

    @app.post("/rows")
    def take_rows(push: Annotated[Json, Body()]) -> Json:
        events = event_rows(push)
        with one_at_a_time, book.transaction():
            book.execute(_EVENTS, _columns(events))
        return {"taken": len(events)}


def event_rows(push: Json) -> list[Row]:
    """Return the rows of a push's events, as they came."""
    pairs = zip(push["events"], push["signatures"], strict=True)
    return [
        (push["node"], push["epoch"], seq, base64.b64decode(event), bytes.fromhex(signature))
        for seq, (event, signature) in enumerate(pairs, push["first_seq"])
    ]


def transfer_rows(events: list[Row]) -> list[Row]:
    """Return the rows of the events' transfers."""
    return [
        (*place, n, *move)
        for *place, payload, _ in events
        for n, move in enumerate(json.loads(payload)["moves"])
    ]


def _columns(rows: list[Row]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def main() -> None:
    """Serve on a free port and say where."""
    at = Listening("127.0.0.1", 0)
    app = bare_app(*sys.argv[1:] or [""])
    with listener_of(at) as listener:
        print(f"bare at http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        uvicorn.Server(config_of(app, at)).run(sockets=[listener])


if __name__ == "__main__":
    main()
