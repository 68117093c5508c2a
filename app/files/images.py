"""Photos are painted anew: what the picture shows, and nothing else that the file knew (place, time, camera, owner)."""

from io import BytesIO

import pillow_heif
from PIL import Image, ImageCms, ImageFile, ImageOps

from app.files.kinds import Media, Refused

PIXELS = 50_000_000  # asked of the header, before anything is unpacked
SIDE = 3000
THUMBNAIL = 480
QUALITY = 88

# Our own limit is asked first, and answers with a text that people understand.
Image.MAX_IMAGE_PIXELS = None
ImageFile.LOAD_TRUNCATED_IMAGES = False
pillow_heif.register_heif_opener()


def clean_image(data: bytes, found: str) -> tuple[Media, bytes, bytes, tuple[int, int]]:
    """The picture, a small one, and its size. Of several pictures in one file: the first."""
    with Image.open(BytesIO(data), formats=[found]) as opened:
        width, height = opened.size
        if width * height > PIXELS:
            raise Refused("file_pixels")
        opened.draft("RGB", (SIDE, SIDE))  # a large JPEG is unpacked no larger than it is kept
        opened.load()
        painted = _painted(opened)
    painted.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    small = painted.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    media, file = _encoded(painted, drawn=found == "PNG")
    return media, file, _jpeg(_on_white(small)), painted.size


def _painted(opened: Image.Image) -> Image.Image:
    """Upright, in the colours of every screen, as bare pixels."""
    profile = opened.info.get("icc_profile")
    transparent = opened.has_transparency_data
    image = ImageOps.exif_transpose(opened)
    if opened.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    elif opened.mode == "CMYK" and profile:
        image = _in_srgb(image, profile)
    image = image.convert("RGBA" if transparent else "RGB")
    if profile and opened.mode != "CMYK":
        image = _in_srgb(image, profile)
    if transparent and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Phones photograph in wider colours than the plain file can say: brought over, not cut off."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile for other colours, or none that can be read
    return turned or image


def _encoded(image: Image.Image, *, drawn: bool) -> tuple[Media, bytes]:
    """A photo as JPEG; what is seen through, or drawn in few colours (a screen, a form), as PNG."""
    out = BytesIO()
    if image.mode == "RGBA" or (drawn and image.getcolors(4096) is not None):
        image.save(out, "PNG", optimize=False)
        return Media.png, out.getvalue()
    return Media.jpeg, _jpeg(image, subsampling=0 if drawn else 2)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _jpeg(image: Image.Image, subsampling: int = 2) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling=subsampling, progressive=True)
    return out.getvalue()
