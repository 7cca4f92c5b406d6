"""A quantised TFLite convolutional network as a torch module that computes in floats.

Only what MobileNetV2 needs: convolutions and sums, a mean over all places, and a 1 x 1 convolution as classifier. Tables and field
numbers: tensorflow/compiler/mlir/lite/schema/schema.fbs (version 3).
"""
import flatbuffers
import numpy as np
import torch
import torch.nn.functional as F
from flatbuffers import encode, number_types as N, table

ADD, CONV, DEPTHWISE, PAD, MEAN, QUANTIZE = 0, 3, 4, 34, 40, 114
DTYPES = {0: np.float32, 2: np.int32, 3: np.uint8, 4: np.int64, 9: np.int8}
RELU, RELU6 = 1, 3


class Table:
    """One flatbuffer table; fields are asked for by their number in the schema."""

    def __init__(self, buffer, position):
        self.t = table.Table(buffer, position)

    def _offset(self, field):
        return self.t.Offset(4 + 2 * field)

    def scalar(self, field, kind, default=0):
        o = self._offset(field)
        return self.t.Get(kind, o + self.t.Pos) if o else default

    def sub(self, field):
        o = self._offset(field)
        return Table(self.t.Bytes, self.t.Indirect(o + self.t.Pos)) if o else None

    def tables(self, field):
        o = self._offset(field)
        if not o:
            return []
        start = self.t.Vector(o)
        return [Table(self.t.Bytes, self.t.Indirect(start + 4 * i)) for i in range(self.t.VectorLen(o))]

    def array(self, field, kind):
        o = self._offset(field)
        return np.array(self.t.GetVectorAsNumpy(kind, o)) if o else np.array([])


def read(path):
    """-> (tensors: arrays in floats or None, operators: (code, inputs, outputs, options), inputs, outputs)"""
    buffer = bytearray(open(path, "rb").read())
    model = Table(buffer, encode.Get(N.UOffsetTFlags.packer_type, buffer, 0))
    codes = [max(c.scalar(0, N.Int8Flags), c.scalar(3, N.Int32Flags)) for c in model.tables(1)]
    buffers, graph = model.tables(4), model.tables(2)[0]
    tensors = [_tensor(t, buffers[t.scalar(2, N.Uint32Flags)]) for t in graph.tables(0)]
    operators = [
        (codes[o.scalar(0, N.Int32Flags)], o.array(1, N.Int32Flags), o.array(2, N.Int32Flags), o.sub(4))
        for o in graph.tables(3)
    ]
    return tensors, operators, graph.array(1, N.Int32Flags), graph.array(2, N.Int32Flags)


def _tensor(t, buffer):
    raw = buffer.array(0, N.Uint8Flags)
    if not raw.size:
        return None
    shape, dtype = t.array(0, N.Int32Flags), DTYPES[t.scalar(1, N.Int8Flags)]
    values = np.frombuffer(raw.astype(np.uint8).tobytes(), dtype).reshape(shape)
    quantization = t.sub(4)
    scale = quantization.array(2, N.Float32Flags) if quantization else np.array([])
    if not scale.size:
        return values
    zero, axis = quantization.array(3, N.Int64Flags), quantization.scalar(6, N.Int32Flags)
    spread = [1] * values.ndim
    if len(scale) > 1:
        spread[axis] = -1
    zero = zero.reshape(spread if len(zero) > 1 else [1] * values.ndim)
    return ((values.astype(np.float64) - zero) * scale.reshape(spread)).astype(np.float32)


class Network(torch.nn.Module):
    """`forward` gives the features before the classifier, [N, 1280]; `weight` and `bias` are the classifier."""

    def __init__(self, path, dtype=torch.bfloat16):
        super().__init__()
        self.tensors, self.operators, self.inputs, _ = read(path)
        self.dtype, self.weights = dtype, {}
        for code, inputs, _, _ in self.operators:
            if code in (CONV, DEPTHWISE):
                for i in inputs[1:3]:
                    self.weights[i] = self._weight(code, torch.from_numpy(np.array(self.tensors[i])))
                last = inputs
        self.weight, self.bias = (torch.from_numpy(np.array(self.tensors[i])).flatten(1 if i == last[1] else 0) for i in last[1:3])

    def _weight(self, code, w):
        if w.ndim == 4:  # [O, H, W, I], depthwise [1, H, W, O] -> [O, I, H, W]
            w = w.permute(0, 3, 1, 2) if code == CONV else w.permute(3, 0, 1, 2)
            return w.to(self.dtype).contiguous(memory_format=torch.channels_last)
        return w.to(self.dtype)

    @torch.no_grad()
    def forward(self, x):
        """x: [N, 3, S, S] in -1..1."""
        known = {self.inputs[0]: x.to(self.dtype).contiguous(memory_format=torch.channels_last)}
        for code, inputs, outputs, options in self.operators:
            a = known.get(inputs[0])
            if code in (CONV, DEPTHWISE):
                y = self._convolve(code, a, inputs, options)
            elif code == ADD:
                y = a + known[inputs[1]]
            elif code == MEAN:
                return a.float().mean((2, 3))
            elif code == PAD:
                p = self.tensors[inputs[1]]
                y = F.pad(a, (int(p[2][0]), int(p[2][1]), int(p[1][0]), int(p[1][1])))
            elif code == QUANTIZE:
                y = a
            else:
                raise ValueError(f"Expected a known operator but received number {code}.")
            known[outputs[0]] = y
        raise ValueError("Expected a mean over all places before the classifier but found none.")

    def _convolve(self, code, a, inputs, options):
        w, b = self.weights[inputs[1]], self.weights[inputs[2]]
        stride = (options.scalar(2, N.Int32Flags), options.scalar(1, N.Int32Flags))
        if options.scalar(0, N.Int8Flags) == 0:  # SAME: what is missing goes to the right and the bottom
            need = [max((-(-n // s) - 1) * s + k - n, 0) for n, s, k in zip(a.shape[2:], stride, w.shape[2:])]
            a = F.pad(a, (need[1] // 2, need[1] - need[1] // 2, need[0] // 2, need[0] - need[0] // 2))
        y = F.conv2d(a, w, b, stride, groups=a.shape[1] if code == DEPTHWISE else 1)
        activation = options.scalar(3 if code == CONV else 4, N.Int8Flags)
        return y.clamp(0, 6) if activation == RELU6 else y.relu() if activation == RELU else y
