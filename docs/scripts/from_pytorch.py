#!/usr/bin/env python3
"""Trains a small network with PyTorch and writes it as TorchScript: from_pytorch.py PAYMENTS.csv.gz MODEL.pt"""
import sys

import torch

import payments

data, path = sys.argv[1:]
torch.manual_seed(1)
torch.set_num_threads(1)
x, y, later_x, later_y = payments.split(*payments.read(data))


class Net(torch.nn.Module):
    """Takes the columns as they come: what scales them is part of the model. Answers probabilities."""

    def __init__(self, mean, scale):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("scale", scale)
        self.layers = torch.nn.Sequential(
            torch.nn.Linear(len(payments.COLUMNS), 16), torch.nn.ReLU(), torch.nn.Linear(16, 1)
        )

    def forward(self, features):
        return torch.sigmoid(self.layers((features - self.mean) / self.scale))


rows = torch.from_numpy(x)
labels = torch.from_numpy(y).float().unsqueeze(1)
net = Net(rows.mean(0), rows.std(0).clamp(min=1e-6))
optimizer = torch.optim.Adam(net.parameters(), lr=0.02)
for _ in range(200):
    optimizer.zero_grad()
    torch.nn.functional.binary_cross_entropy(net(rows), labels).backward()
    optimizer.step()

net.eval()
payments.folder_of(path)
torch.jit.trace(net, rows[:2]).save(path)
with torch.no_grad():
    scores = net(torch.from_numpy(later_x)).squeeze(1).numpy()
payments.write_golden(path, later_x[:20], scores[:20])
payments.report(path, scores, later_y)
