"""The other bot's manner: flat, bright, in strong colours, as if drawn."""

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

TONES = 3  # bits a channel


def flat(image: Image.Image) -> Image.Image:
    """Return a painted picture as a drawing."""
    even = image.filter(ImageFilter.MedianFilter(3))
    bright = ImageEnhance.Brightness(ImageEnhance.Color(even).enhance(1.7)).enhance(1.3)
    return ImageOps.posterize(bright, TONES)
