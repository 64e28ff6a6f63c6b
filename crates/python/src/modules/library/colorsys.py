"""`colorsys`: colours in other systems than red, green and blue. The order of the sums is CPython's: floats show it."""

__all__ = ["rgb_to_yiq", "yiq_to_rgb", "rgb_to_hls", "hls_to_rgb", "rgb_to_hsv", "hsv_to_rgb"]

ONE_THIRD = 1.0 / 3.0
ONE_SIXTH = 1.0 / 6.0
TWO_THIRD = 2.0 / 3.0


def rgb_to_yiq(r, g, b):
    luma = 0.30 * r + 0.59 * g + 0.11 * b
    red, blue = r - luma, b - luma
    return luma, 0.74 * red - 0.27 * blue, 0.48 * red + 0.41 * blue


def yiq_to_rgb(y, i, q):
    colours = (y + 0.9468822170900693 * i + 0.6235565819861433 * q,
               y - 0.27478764629897834 * i - 0.6356910791873801 * q,
               y - 1.1085450346420322 * i + 1.7090069284064666 * q)
    return tuple([0.0 if colour < 0.0 else 1.0 if colour > 1.0 else colour for colour in colours])


def _hue(r, g, b, most, span):
    """Around the circle: from red over green to blue."""
    red, green, blue = (most - r) / span, (most - g) / span, (most - b) / span
    if r == most:
        turn = blue - green
    elif g == most:
        turn = 2.0 + red - blue
    else:
        turn = 4.0 + green - red
    return turn / 6.0 % 1.0


def rgb_to_hls(r, g, b):
    most, least = max(r, g, b), min(r, g, b)
    total, span = most + least, most - least
    light = total / 2.0
    if most == least:
        return 0.0, light, 0.0
    return _hue(r, g, b, most, span), light, span / total if light <= 0.5 else span / (2.0 - most - least)


def _ramp(low, high, hue):
    hue %= 1.0
    if hue < ONE_SIXTH:
        return low + (high - low) * hue * 6.0
    if hue < 0.5:
        return high
    return low + (high - low) * (TWO_THIRD - hue) * 6.0 if hue < TWO_THIRD else low


def hls_to_rgb(h, l, s):
    if s == 0.0:
        return l, l, l
    high = l * (1.0 + s) if l <= 0.5 else l + s - l * s
    low = 2.0 * l - high
    return _ramp(low, high, h + ONE_THIRD), _ramp(low, high, h), _ramp(low, high, h - ONE_THIRD)


def rgb_to_hsv(r, g, b):
    most, least = max(r, g, b), min(r, g, b)
    if most == least:
        return 0.0, 0.0, most
    return _hue(r, g, b, most, most - least), (most - least) / most, most


def hsv_to_rgb(h, s, v):
    if s == 0.0:
        return v, v, v
    sector = int(h * 6.0)
    part = h * 6.0 - sector
    p, q, t = v * (1.0 - s), v * (1.0 - s * part), v * (1.0 - s * (1.0 - part))
    return ((v, t, p), (q, v, p), (p, v, t), (p, q, v), (t, p, v), (v, p, q))[sector % 6]
