"""The first variable of a MATLAB 5 file: bytes -> a list of numbers, or of strings for a cell array of them.

Format: MAT-File Level 5, https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
"""
import struct
import zlib

HEADER = 128
NUMBERS = {1: "b", 2: "B", 3: "h", 4: "H", 5: "i", 6: "I", 7: "f", 9: "d", 16: "B"}  # type -> code of struct
COMPRESSED = 15
CELL_ARRAY = 1  # a class of matrix


def first_variable(content):
    kind, matrix, _ = _element(content, HEADER)
    if kind == COMPRESSED:
        _, matrix, _ = _element(zlib.decompress(matrix), 0)
    return _matrix(matrix)


def _element(content, start):
    """-> (type, bytes, where the next one starts). Up to four bytes are written in the tag itself."""
    kind, size = struct.unpack_from("<II", content, start)
    if kind >> 16:
        size = kind >> 16
        return kind & 0xFFFF, content[start + 4 : start + 4 + size], start + 8
    padded = size if kind == COMPRESSED else (size + 7) // 8 * 8
    return kind, content[start + 8 : start + 8 + size], start + 8 + padded


def _matrix(content):
    if not content:
        return []
    _, flags, at = _element(content, 0)
    for _ in ("dimensions", "name"):
        _, _, at = _element(content, at)
    if flags[0] == CELL_ARRAY:
        return list(_cells(content, at))
    if at >= len(content):
        return []
    kind, values, _ = _element(content, at)
    code = NUMBERS[kind]
    return [int(value) for value in struct.unpack(f"<{len(values) // struct.calcsize(code)}{code}", values)]


def _cells(content, at):
    while at < len(content):
        _, cell, at = _element(content, at)
        yield "".join(map(chr, _matrix(cell)))
