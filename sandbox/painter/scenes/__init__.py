"""The scenes a painter knows, by name."""

from collections.abc import Callable

from sandbox.painter.easel import Easel
from sandbox.painter.scenes.abstract import abstract
from sandbox.painter.scenes.city import city
from sandbox.painter.scenes.desert import desert
from sandbox.painter.scenes.flowers import flowers
from sandbox.painter.scenes.forest import forest
from sandbox.painter.scenes.mountains import mountains
from sandbox.painter.scenes.portrait import portrait
from sandbox.painter.scenes.sea import sea
from sandbox.painter.scenes.space import space

SCENES: dict[str, Callable[[Easel], None]] = {
    "abstract": abstract,
    "city": city,
    "desert": desert,
    "flowers": flowers,
    "forest": forest,
    "mountains": mountains,
    "portrait": portrait,
    "sea": sea,
    "space": space,
}
