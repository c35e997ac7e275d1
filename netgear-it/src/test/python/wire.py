"""What is in the messages: headers as JSON objects, payloads as bytes."""

import json

import numpy

import pictures

TEXT_OF_GOODBYE = "Termination signal successfully received at Client's end!"
TEXT_OF_GOODBYE_TO_MANY = "Termination signal successfully received at client!"


def dumps(header):
    return json.dumps(header).encode("ascii")


def payload(frame, settings):
    """(compression, dtype, shape, bytes) of a frame.

    A frame is a dict: k, and either space (width and height beside it, 256x64 if absent) for the
    test pattern, or dtype and shape for an array. settings may switch compression off.
    """
    if "dtype" in frame:
        pixels, space = pictures.array(frame["k"], frame["dtype"], frame["shape"]), None
    else:
        space = frame.get("space", "BGR")
        pixels = pictures.picture(
            frame["k"], frame.get("width", 256), frame.get("height", 64), space)
    if space and frame.get("jpeg", settings.get("jpeg", True)):
        data = pictures.encode_jpeg(pixels, space, settings.get("quality", 90))
        how = {"dct": settings.get("dct", True), "ups": settings.get("ups", False),
               "colorspace": space}
        return how, "", "", data
    return False, str(pixels.dtype), list(pixels.shape), pixels.tobytes()


def frame_message(frame, settings, pattern, port):
    how, dtype, shape, data = payload(frame, settings)
    header = {} if port is None else {"port": port}
    header.update({
        "terminate_flag": False, "compression": how, "message": frame.get("message"),
        "pattern": str(pattern), "dtype": dtype, "shape": shape})
    return [dumps(header), data]


def goodbye_message(port):
    return [dumps({"terminate_flag": True} if port is None
                  else {"terminate_flag": True, "port": port})]


def plain_answer(device):
    return [f"Data received on device: {device} !".encode("ascii")]


def data_answer(returned, settings, port):
    """returned is None, {"value": any JSON value} or {"frame": a frame as for payload}."""
    header = {} if port is None else {"port": port}
    if returned and "frame" in returned:
        how, dtype, shape, data = payload(returned["frame"], settings)
        header.update({"return_type": "ndarray", "compression": how, "array_dtype": dtype,
                       "array_shape": shape, "data": None})
        return [dumps(header), data]
    value = returned["value"] if returned else None
    header.update({"return_type": type(value).__name__, "data": value})
    return [dumps(header)]


def pixels_of(how, dtype, shape, data):
    if how:
        return pictures.decode_jpeg(data, how["colorspace"])
    return numpy.frombuffer(data, dtype=numpy.dtype(dtype)).reshape(shape)


def checked(how, dtype, shape, data, hint):
    """What a payload is, compared with what it should be: a dict for the report.

    hint is the message beside it; {"array": k} there says that it is no picture.
    """
    pixels = pixels_of(how, dtype, shape, data)
    report = {"compression": how, "dtype": str(pixels.dtype), "shape": list(pixels.shape)}
    if isinstance(hint, dict) and "array" in hint:
        expected = pictures.array(hint["array"], dtype, shape)
        report["exact"] = bool(pixels.dtype == expected.dtype and (pixels == expected).all())
        return report
    if how:
        space = how["colorspace"]
        report["sampling"] = pictures.sampling(data)
    elif pixels.dtype == numpy.uint8 and pixels.ndim in (2, 3):
        space = "GRAY" if pixels.ndim == 2 else {3: "RGB", 4: "CMYK"}.get(pixels.shape[2])
    else:
        space = None
    if space is None:
        return report
    k = pictures.number(pixels, space)
    report["number"] = k
    if k is not None and how:
        report["psnr"] = pictures.psnr(pixels, space, k)
    if k is not None and not how:
        report["spaces"] = pictures.spaces_of(pixels, k)
    return report
