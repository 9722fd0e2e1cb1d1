"""The engine's export jobs as `Run` takes them. Torch is loaded when one starts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.latent import exports, orders
from ganart.engine.latent.exports import Exported as Exported
from ganart.engine.latent.exports import Exporting as Exporting
from ganart.engine.latent.exports import LoopPlan as LoopPlan
from ganart.engine.latent.exports import Records
from ganart.engine.latent.orders import Order as Order
from ganart.engine.latent.output import PrintOutput, SheetOutput, StillOutput
from ganart.media.point import Point
from ganart.project.store import Project
from ganart.workers.run import Job


def save_picture(
    project: Project, model_path: Path, point: Point, output: StillOutput | None = None
) -> Job:
    """Return a job that saves one picture."""

    def job(poll: Poll) -> Records:
        return exports.save_picture(project, model_path, point, poll, output)

    return job


def save_sheet(
    project: Project,
    model_path: Path,
    points: Sequence[Point],
    output: SheetOutput | None = None,
) -> Job:
    """Return a job that saves many pictures as one, row by row."""

    def job(poll: Poll) -> Records:
        return exports.save_sheet(project, model_path, points, poll, output)

    return job


def order_loop(project: Project, model_path: Path, plan: LoopPlan) -> Job:
    """Return a job that writes down a loop to be saved; yields the `Order`."""

    def job(_poll: Poll) -> Iterator[Order]:
        yield orders.order_loop(project, model_path, plan)

    return job


def order_print(
    project: Project, model_path: Path, points: Sequence[Point], output: PrintOutput
) -> Job:
    """Return a job that writes down a print to be saved; yields the `Order`."""

    def job(_poll: Poll) -> Iterator[Order]:
        yield orders.order_print(project, model_path, points, output)

    return job


def carry_out(project: Project, order: Order) -> Job:
    """Return a job that makes what was ordered, or what is left of it."""

    def job(poll: Poll) -> Records:
        return orders.carry_out(project, order, poll)

    return job


def discard_order(order: Order) -> Job:
    """Return a job that forgets an order and what was drawn for it; yields nothing."""

    def job(_poll: Poll) -> Iterator[object]:
        orders.discard(order)
        yield from ()

    return job


def unfinished_orders(project: Project) -> Job:
    """Return a job that yields the `Order`s of the project that did not come to their end."""

    def job(_poll: Poll) -> Iterator[Order]:
        yield from orders.unfinished(project)[0]

    return job
