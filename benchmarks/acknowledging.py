"""How fast webhooks are acknowledged, beside a bare Sanic handler with one INSERT."""

from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks import running
from benchmarks.figures import Figure, percentile_in_ms
from benchmarks.load import DRIVER, Load, Run, interleave
from benchmarks.machine import database, free_port, module, process
from benchmarks.rig import meta
from benchmarks.rig.posting import post_all, request
from benchmarks.rig.processes import DATABASE, Costs, cpu_of, postmaster_of, tree
from benchmarks.running import is_short

FEW, MANY = 16, 64  # webhooks at once
CUSTOMERS = 500
BARE = "bare Sanic handler, one INSERT"


@dataclass
class Server:
    """A server under test: its address, its process id and the postmaster's."""

    url: str
    pid: int
    postmaster: int
    times: list[float] = field(default_factory=list)

    def cpu(self) -> Costs:
        """CPU seconds of its process and of PostgreSQL, which both use in turn."""
        return {"handler": tree(self.pid, cpu_of), DATABASE: tree(self.postmaster, cpu_of)}

    def posting(self, at_once: int) -> Callable[[int], Run]:
        """How so many webhooks are posted."""

        def make_run(count: int) -> Run:
            requests = [
                request(
                    self.url, meta.sign_request(meta.webhook(customer, meta.text_webhook("hi")))
                )
                for customer in map(meta.phone, (n % CUSTOMERS for n in range(count)))
            ]

            async def run() -> None:
                self.times += await post_all(self.url, requests, at_once)

            return run

        return make_run


def measure_acknowledging() -> list[Figure]:
    with database() as url:
        ours, bare = free_port(), free_port()
        environment = {
            **meta.ENVIRONMENT,
            "DATABASE_URL": url,
            "BOT_PORT": str(ours),
            "WHATSAPP_API_URL": "http://127.0.0.1:9",
        }
        receiver = f"http://127.0.0.1:{ours}/webhooks/whatsapp/webhook"
        handler = f"http://127.0.0.1:{bare}/"
        with (
            process(module("connectors.whatsapp.receive.receiver"), environment, receiver) as first,
            process(module("benchmarks.rig.bare", str(bare), url), {}, handler) as second,
        ):
            postmaster = postmaster_of(url)
            servers = [
                Server(receiver, first.pid, postmaster),
                Server(handler, second.pid, postmaster),
            ]
            return running.run_loop(compare_servers(servers))


async def compare_servers(servers: list[Server]) -> list[Figure]:
    """Measures both servers in turn, so that other load on the machine affects both."""
    for server in servers:  # everything is loaded, the customers are known
        await server.posting(FEW)(CUSTOMERS)()
    figures = await at_once(FEW, servers)
    return figures if is_short() else [*figures, *await at_once(MANY, servers)]


async def at_once(count: int, servers: list[Server]) -> list[Figure]:
    """The figures with this many webhooks under way at once."""
    for server in servers:
        server.times.clear()
    loads = ours, bare = [Load(each.posting(count), each.cpu) for each in servers]
    await interleave(loads)
    name = f"{count} at once"
    return [
        Figure(f"webhooks acknowledged, {name}", ours.rate, "/s", BARE, bare.rate),
        *(
            Figure(f"acknowledging, p{percent} of {name}", *beside(servers, percent))
            for percent in (50, 99)
        ),
        Figure(f"CPU a webhook, {name}, with PostgreSQL", ours.of_bot, "ms", BARE, bare.of_bot),
        *(
            Figure(
                f"CPU a webhook, {name}, {part}",
                ours.milliseconds[part],
                "ms",
                BARE,
                bare.milliseconds[part],
            )
            for part in ("handler", DATABASE, DRIVER)
        ),
    ]


def beside(servers: list[Server], percent: int) -> tuple[float, str, str, float]:
    """A figure in milliseconds, ours beside the bare server's."""
    ours, bare = (percentile_in_ms(server.times, percent) for server in servers)
    return ours, "ms", BARE, bare
