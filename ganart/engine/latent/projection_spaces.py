"""The spaces in which a photo is looked for: latents (z), or styles (w) where there are some."""

from torch import Tensor

from ganart.engine.gan.networks import style
from ganart.engine.gan.networks.interface import Generator
from ganart.media.point import Part, Point, vector_of


class LatentSpace:
    """Standard-normal latents (N, size): they lie on a shell about √size from the middle."""

    scale = 1.0
    """The standard deviation of one number of a place."""
    can_open = False
    """Whether there is a larger space around it; see `opened`."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator

    def begin(self, z: Tensor) -> Tensor:
        """Return the places of latents (N, size)."""
        return z

    def settle(self, places: Tensor) -> None:
        """Learn from many places (N, size) where such lie."""

    def draw(self, places: Tensor) -> Tensor:
        """Return the pictures (N, 3, height, width), with gradients."""
        return self._generator.draw(places, places.new_ones(len(places)))

    def straying(self, place: Tensor) -> Tensor:
        """Return how far a place (1, ...) is from where such lie, a scalar; 0 is not at all."""
        return (place.square().mean() - 1).square()

    def opened(self, place: Tensor) -> Tensor:
        """Return the same place with more freedom, where there is any."""
        return place

    def point(self, place: Tensor) -> Point:
        """Return the point of a place (1, ...)."""
        return Point((Part(vector=vector_of(place[0].cpu().numpy())),))


class StyleSpace(LatentSpace):
    """Styles: (N, size), one for all layers, or once opened (N, layers, size): W+."""

    can_open = True
    _generator: style.Generator

    def begin(self, z: Tensor) -> Tensor:
        """Return the styles of latents."""
        return self._generator.styles(z)[:, 0]

    def settle(self, places: Tensor) -> None:
        """Learn where the middle is, and how far from it styles lie."""
        self._middle = places.mean(0)
        self._spread = (places - self._middle).square().mean().clamp(min=1e-12)
        self.scale = float(self._spread.sqrt())

    def draw(self, places: Tensor) -> Tensor:
        """Return the pictures."""
        styles = places if places.dim() == 3 else places[:, None]
        return self._generator.synthesise(styles.expand(-1, self._generator.layers, -1))

    def straying(self, place: Tensor) -> Tensor:
        """Count what is further from the middle than usual, and how far layers are apart (as Tov
        et al. 2021, section 4.2, do).
        """
        apart = (place - self._middle).square().mean(-1) / self._spread
        straying = (apart - 1).relu().square().mean()
        if place.dim() == 3:
            straying = straying + (place - place.mean(1, keepdim=True)).square().mean() / (
                self._spread
            )
        return straying

    def opened(self, place: Tensor) -> Tensor:
        """Give each layer a style of its own."""
        return place[:, None].repeat(1, self._generator.layers, 1)

    def point(self, place: Tensor) -> Point:
        """Return the point, in w."""
        return Point((Part(vector=vector_of(place[0].cpu().numpy()), space="w"),))


def space_of(generator: Generator) -> LatentSpace:
    """Return the space to look in."""
    if isinstance(generator, style.Generator):
        return StyleSpace(generator)
    return LatentSpace(generator)
