"""Makes the files that are derived of one image: its bytes and a recipe to bytes, by Pillow."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

from generator.images.header import BadImage, open_image
from generator.images.metadata import stripped
from generator.images.recipe import Recipe

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)
# Of a picture that is encoded again only to be turned: nothing is to be seen of it.
_NEARLY_WHOLE = 92
# WebP's own default: one step more takes half as long again for a hundredth of the bytes.
_EFFORT = 4
_COLOURS = ("RGB", "RGBA")


class Original:
    """One image file; it is decoded once, when a recipe first needs that."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._decoded: Image.Image | None = None
        self._profile = b""

    def derive(self, recipe: Recipe) -> bytes:
        """The bytes of the derived file: the same for the same recipe. Raises BadImage."""
        try:
            return self._scaled(recipe) if recipe.width else self._bare(recipe)
        except Exception as why:  # a decoder can raise anything at bytes that are not what they say
            hint = "copy the file again from where it came from"
            raise BadImage(f"the image is damaged: {why}", hint) from why

    def _bare(self, recipe: Recipe) -> bytes:
        if recipe.orientation == 1 and recipe.original != "avif":
            return stripped(self._data, recipe.original)
        image = _upright(self._pixels(), recipe.orientation)
        return self._encoded(image, recipe.format, _NEARLY_WHOLE)

    def _scaled(self, recipe: Recipe) -> bytes:
        image = self._pixels()
        size = (recipe.width, recipe.height)
        if recipe.orientation in _SIDEWAYS:
            size = (recipe.height, recipe.width)
        if size != image.size:
            # The gap keeps the first, coarse step from being seen.
            image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        return self._encoded(_upright(image, recipe.orientation), recipe.format, recipe.quality)

    def _pixels(self) -> Image.Image:
        if self._decoded is None:
            with open_image(self._data) as image:
                image.load()
                self._profile = image.info.get("icc_profile") or b""
                self._decoded = self._plain(image)
        return self._decoded

    def _plain(self, image: Image.Image) -> Image.Image:
        """The picture in a mode that every format here can hold."""
        if image.mode in _COLOURS:
            return image
        if image.mode in ("P", "PA"):
            return image.convert("RGBA" if image.has_transparency_data else "RGB")
        profile, self._profile = self._profile, b""
        if image.mode == "CMYK" and profile:
            return _in_srgb(image, profile)
        if image.mode.startswith("I"):
            # Sixteen bits for each grey.
            image = image.convert("I").point(lambda level: level / 256)
            return image.convert("L").convert("RGB")
        return image.convert("RGBA" if image.has_transparency_data else "RGB")

    def _encoded(self, image: Image.Image, form: str, quality: int) -> bytes:
        image = image.copy()
        # Pillow would write some of it again.
        image.info = {}
        options: dict[str, Any] = {"icc_profile": self._profile} if self._profile else {}
        if form == "jpeg":
            image = image.convert("RGB")
            options.update(quality=quality, optimize=True, progressive=True)
        elif form == "webp":
            options.update(quality=quality, method=_EFFORT, lossless=self._is_drawn())
        elif form == "avif":
            options.update(quality=quality)
        out = BytesIO()
        image.save(out, form, **options)
        return out.getvalue()

    def _is_drawn(self) -> bool:
        """Whether it is a drawing or a screenshot, whose lines a photograph's encoding would blur.

        Those compress well without loss; a photograph takes more than a byte for each pixel so.
        """
        if self._data.startswith((b"\xff\xd8", b"RIFF")) or self._decoded is None:
            return False
        width, height = self._decoded.size
        return self._data[4:8] != b"ftyp" and len(self._data) < width * height


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(image, own, srgb, outputMode="RGB")
    except ImageCms.PyCMSError:
        return image.convert("RGB")
    return turned or image.convert("RGB")
