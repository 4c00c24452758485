"""Colours as plain triples, and what is done with them."""

import colorsys

RGB = tuple[int, int, int]


def mix(first: RGB, second: RGB, share: float) -> RGB:
    """Return a colour between two (share 0 is the first)."""
    share = min(max(share, 0.0), 1.0)
    return (
        round(first[0] + (second[0] - first[0]) * share),
        round(first[1] + (second[1] - first[1]) * share),
        round(first[2] + (second[2] - first[2]) * share),
    )


def turn(colour: RGB, hue: float, *, value: float = 1.0, saturation: float = 1.0) -> RGB:
    """Return the colour with its hue turned (1 is once around) and its strength and light scaled."""
    h, s, v = colorsys.rgb_to_hsv(*(part / 255 for part in colour))
    return _rgb(h + hue, s * saturation, v * value)


def towards(colour: RGB, hue: float, share: float) -> RGB:
    """Return the colour pulled to a hue, as light as before."""
    h, s, v = colorsys.rgb_to_hsv(*(part / 255 for part in colour))
    tinted = _rgb(hue, 0.35 + s * 0.5, v)
    return mix(_rgb(h, s, v), tinted, share)


def grey(colour: RGB) -> RGB:
    """Return the colour as a black-and-white film sees it."""
    light = round(colour[0] * 0.3 + colour[1] * 0.59 + colour[2] * 0.11)
    return light, light, light


def light(colour: RGB) -> float:
    """Return how light a colour looks, 0 to 1."""
    return (colour[0] * 0.3 + colour[1] * 0.59 + colour[2] * 0.11) / 255


def _rgb(hue: float, saturation: float, value: float) -> RGB:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1.0, min(max(saturation, 0.0), 1.0), min(max(value, 0.0), 1.0))
    return round(red * 255), round(green * 255), round(blue * 255)
