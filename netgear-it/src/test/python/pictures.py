"""The test pattern and other frames that either end can check, and JPEG in twelve colour spaces.

OpenCV decodes. It cannot choose the chroma sampling when it encodes (4.6, Debian 12), nor does it
know CMYK, so Pillow encodes all of them at 4:2:2 and decodes CMYK.
"""

import io

import cv2
import numpy
from PIL import Image

# Where blue, green and red lie in a pixel; "x" is filler or alpha, 255.
LAYOUTS = {
    "RGB": "rgb", "BGR": "bgr", "RGBX": "rgbx", "BGRX": "bgrx", "XBGR": "xbgr", "XRGB": "xrgb",
    "RGBA": "rgbx", "BGRA": "bgrx", "ABGR": "xbgr", "ARGB": "xrgb", "GRAY": "b", "CMYK": "bgrk",
}
BLOCKS = 16
BLOCK = 16


def channels(space):
    return len(LAYOUTS[space])


def shape(width, height, space):
    return (height, width) if space == "GRAY" else (height, width, channels(space))


def _tri(t):
    u = t % 512
    return numpy.where(u < 256, u, 511 - u).astype(numpy.uint8)


def picture(k, width, height, space):
    """Frame k of the test pattern."""
    y, x = numpy.mgrid[0:height, 0:width]
    planes = {
        "b": _tri(x + 2 * k), "g": _tri(y + 3 * k), "r": _tri(x + y + 5 * k),
        "k": _tri(x + 2 * y + 7 * k), "x": numpy.full((height, width), 255, numpy.uint8),
    }
    for block in range(BLOCKS):
        value = 255 if k % 65536 >> block & 1 else 0
        for plane in "bgrk":
            planes[plane][:BLOCK, BLOCK * block:BLOCK * (block + 1)] = value
    array = numpy.dstack([planes[plane] for plane in LAYOUTS[space]])
    return numpy.ascontiguousarray(array.reshape(shape(width, height, space)))


def array(k, dtype, sizes):
    """An array of any type and shape: element i in C order is (31 i + k) mod 101, as bool mod 2."""
    flat = (31 * numpy.arange(numpy.prod(sizes)) + k) % 101
    return (flat % 2 if dtype == "bool" else flat).astype(dtype).reshape(sizes)


def _used(pixels, space):
    if space == "GRAY":
        return pixels
    return pixels[:, :, [i for i, plane in enumerate(LAYOUTS[space]) if plane != "x"]]


def number(pixels, space):
    """The number in the 16 blocks; None where a block is neither dark nor bright."""
    if pixels.shape[0] < BLOCK or pixels.shape[1] < BLOCKS * BLOCK:
        return None
    found = 0
    for block in range(BLOCKS):
        mean = _used(pixels, space)[:BLOCK, BLOCK * block:BLOCK * (block + 1)].mean()
        if 80 < mean < 175:
            return None
        found |= (mean > 127) << block
    return int(found)


def psnr(pixels, space, k):
    """Of the used channels against the pattern, in decibels; 999 when they are equal."""
    height, width = pixels.shape[:2]
    expected = _used(picture(k, width, height, space), space).astype(int)
    squares = ((_used(pixels, space).astype(int) - expected) ** 2).mean()
    return 999.0 if squares == 0 else round(float(10 * numpy.log10(255 * 255 / squares)), 2)


def spaces_of(pixels, k):
    """The colour spaces in which an uncompressed picture is the pattern's, byte for byte."""
    height, width = pixels.shape[:2]
    return [space for space in LAYOUTS
            if pixels.shape == shape(width, height, space)
            and numpy.array_equal(pixels, picture(k, width, height, space))]


def encode_jpeg(pixels, space, quality=90):
    if space == "CMYK":
        image = Image.fromarray(255 - pixels, "CMYK")  # Pillow turns the bytes round once more
    elif space == "GRAY":
        image = Image.fromarray(pixels, "L")
    else:
        order = [LAYOUTS[space].index(plane) for plane in "rgb"]
        image = Image.fromarray(numpy.ascontiguousarray(pixels[:, :, order]), "RGB")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling="4:2:2")
    return out.getvalue()


def decode_jpeg(data, space):
    if space == "CMYK":
        image = Image.open(io.BytesIO(data))
        if image.mode != "CMYK":
            raise ValueError(f"a JPEG of mode {image.mode} where CMYK was announced")
        return 255 - numpy.asarray(image)
    flag = cv2.IMREAD_GRAYSCALE if space == "GRAY" else cv2.IMREAD_COLOR
    pixels = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), flag | cv2.IMREAD_IGNORE_ORIENTATION)
    if pixels is None:
        raise ValueError("OpenCV cannot decode this JPEG")
    if space == "GRAY":
        return pixels
    planes = dict(zip("bgr", cv2.split(pixels)), x=numpy.full(pixels.shape[:2], 255, numpy.uint8))
    return numpy.dstack([planes[plane] for plane in LAYOUTS[space]])


def sampling(data):
    """Horizontal times vertical sampling factor of each component of a JPEG, such as 2x1."""
    at = 2
    while at + 4 <= len(data):
        marker, length = data[at + 1], int.from_bytes(data[at + 2:at + 4], "big")
        if 0xC0 <= marker <= 0xC2:
            return [f"{data[at + 11 + 3 * i] >> 4}x{data[at + 11 + 3 * i] & 15}"
                    for i in range(data[at + 9])]
        at += 2 + length
    raise ValueError("a JPEG without a frame header")
