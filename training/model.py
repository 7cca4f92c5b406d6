"""The two towers. Image: a residual network of 3 x 3 convolutions (He et al. 2015) with a stem of stride 4 and a mean over
all places. Text: a pre-norm transformer (Vaswani et al. 2017) with a mean over all tokens. Both end in 384 numbers.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

DIM = 384
HEAD = 768
CONTEXT = 32


class Patches(torch.autograd.Function):
    """A 3 x 3 convolution as one matrix product of patches: [N, C, H, W] -> [N, O, H', W'], channels last.

    oneDNN's weight gradient is slow for many channels at few places: 319 ms against 52 for 256 x 512 channels at 2 x 2.
    """

    @staticmethod
    def forward(ctx, x, w, stride):
        patches, height, width = _patches(x.permute(0, 2, 3, 1), stride)  # [N H' W', 9 C]
        flat = w.permute(0, 2, 3, 1).reshape(len(w), -1)  # [O, 9 C]
        ctx.save_for_backward(patches, flat)
        ctx.stride, ctx.shape = stride, x.shape
        return (patches @ flat.t()).view(len(x), height, width, len(w)).permute(0, 3, 1, 2)

    @staticmethod
    def backward(ctx, dy):
        patches, flat = ctx.saved_tensors
        n, c, h, w = ctx.shape
        dy = dy.permute(0, 2, 3, 1).contiguous()
        _, height, width, o = dy.shape
        dw = (dy.view(-1, o).t() @ patches).view(o, 3, 3, c).permute(0, 3, 1, 2)
        parts = (dy.view(-1, o) @ flat).view(n, height, width, 3, 3, c)
        dx, s = dy.new_zeros(n, h + 2, w + 2, c), ctx.stride
        for i in range(3):
            for j in range(3):
                dx[:, i : i + s * (height - 1) + 1 : s, j : j + s * (width - 1) + 1 : s] += parts[:, :, :, i, j]
        return dx[:, 1:-1, 1:-1].permute(0, 3, 1, 2), dw, None


def _patches(x, stride):
    n, h, w, c = x.shape
    x = F.pad(x.contiguous(), (0, 0, 1, 1, 1, 1))
    height, width = (h - 1) // stride + 1, (w - 1) // stride + 1
    a, b, d, e = x.stride()
    windows = x.as_strided((n, height, width, 3, 3 * c), (a, b * stride, d * stride, b, e))
    return windows.reshape(n * height * width, 9 * c), height, width


class Conv3(nn.Conv2d):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__(inputs, outputs, 3, stride, 1, bias=False)

    def forward(self, x):
        is_slow = self.training and x.device.type == "cpu" and x.shape[1] >= 256 and x.shape[2] * x.shape[3] <= 16
        if not is_slow or not torch.is_autocast_enabled("cpu"):
            return super().forward(x)
        with torch.autocast("cpu", enabled=False):
            return Patches.apply(x.bfloat16(), self.weight.bfloat16(), self.stride[0])


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.c1, self.b1 = Conv3(inputs, outputs, stride), nn.BatchNorm2d(outputs)
        self.c2, self.b2 = Conv3(outputs, outputs), nn.BatchNorm2d(outputs)
        nn.init.zeros_(self.b2.weight)
        self.shortcut = None
        if stride != 1 or inputs != outputs:
            pool = nn.AvgPool2d(stride, ceil_mode=True, count_include_pad=False) if stride > 1 else nn.Identity()
            self.shortcut = nn.Sequential(pool, nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.b2(self.c2(F.relu(self.b1(self.c1(x)), inplace=True)))
        return F.relu(y + (x if self.shortcut is None else self.shortcut(x)), inplace=True)


class ImageTower(nn.Module):
    """pixel_values [N, 3, S, S] -> (features [N, width], embeddings [N, DIM], not normalised)"""

    def __init__(self, widths=(64, 128, 256, 512), depths=(2, 2, 3, 2)):
        super().__init__()
        self.stem = nn.Sequential(
            *(nn.Conv2d(3, 32, 3, 2, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU(True)),
            *(nn.Conv2d(32, widths[0], 3, 2, 1, bias=False), nn.BatchNorm2d(widths[0]), nn.ReLU(True)),
        )
        blocks, inputs = [], widths[0]
        for stage, (width, depth) in enumerate(zip(widths, depths)):
            for i in range(depth):
                blocks.append(Block(inputs, width, 2 if stage > 0 and i == 0 else 1))
                inputs = width
        self.body = nn.Sequential(*blocks)
        self.width = inputs
        self.projection = nn.Linear(inputs, DIM, bias=False)
        self.head = nn.Sequential(nn.LayerNorm(inputs), nn.Linear(inputs, HEAD), nn.GELU(), nn.Linear(HEAD, DIM))
        nn.init.zeros_(self.head[3].weight)
        nn.init.zeros_(self.head[3].bias)

    def forward(self, pixel_values):
        features = self.body(self.stem(pixel_values)).mean((2, 3))
        return features, self.embed(features)

    def embed(self, features):
        """A sentence is no linear function of the features: the head adds 3 points of R@10 for 0.1 % of the work."""
        return self.projection(features) + self.head(features)


class Layer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.n1, self.qkv, self.out = nn.LayerNorm(width), nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.n2, self.m1, self.m2 = nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x, bias):
        n, t, d = x.shape
        q, k, v = self.qkv(self.n1(x)).view(n, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        weights = ((q @ k.transpose(-1, -2)) / math.sqrt(d // self.heads) + bias).softmax(-1)  # [N, heads, T, T]
        x = x + self.out((weights @ v).transpose(1, 2).reshape(n, t, d))
        return x + self.m2(F.gelu(self.m1(self.n2(x))))


class TextTower(nn.Module):
    """input_ids, attention_mask [N, T] -> embeddings [N, DIM], not normalised"""

    def __init__(self, vocabulary, width=256, layers=4, heads=4):
        super().__init__()
        self.token = nn.Embedding(vocabulary, width)
        self.position = nn.Parameter(torch.randn(CONTEXT, width) * 0.01)
        nn.init.normal_(self.token.weight, std=0.02)
        self.layers = nn.ModuleList(Layer(width, heads) for _ in range(layers))
        self.norm, self.projection = nn.LayerNorm(width), nn.Linear(width, DIM, bias=False)

    def forward(self, input_ids, attention_mask):
        x = self.token(input_ids) + self.position[: input_ids.shape[1]]
        mask = attention_mask.to(x.dtype)
        bias = (1 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        x = (self.norm(x) * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.projection(x)


class Encoder(nn.Module):
    """Both towers, and the softmax temperature they are trained with."""

    def __init__(self, vocabulary):
        super().__init__()
        self.image, self.text = ImageTower(), TextTower(vocabulary)
        self.log_scale = nn.Parameter(torch.tensor(math.log(10.0)))

    def scale(self):
        return self.log_scale.exp().clamp(max=60)
