"""Distances between two sets of features, (N, D) and (M, D)."""

import torch
from torch import Tensor


def frechet(ours: Tensor, theirs: Tensor) -> float:
    """Return the squared Fréchet distance between Gaussians fitted to the sets.

    Heusel et al. 2017, section 4. The trace of the covariances' geometric mean is the nuclear norm
    of one set's deviations times the other's, which needs no root of a singular matrix.
    """
    roots = [torch.linalg.qr((each - each.mean(0)).double(), mode="r").R for each in (ours, theirs)]
    mixed = torch.linalg.svdvals(roots[0] @ roots[1].T).sum()
    mixed = mixed / ((len(ours) - 1) * (len(theirs) - 1)) ** 0.5
    spread = ours.var(0).sum() + theirs.var(0).sum()
    apart = (ours.mean(0) - theirs.mean(0)).square().sum()
    return max(0.0, float(apart + spread - 2 * mixed))


def kernel_distance(ours: Tensor, theirs: Tensor) -> float:
    """Return the unbiased squared MMD with the kernel (x·y/D + 1)³ (Bińkowski et al. 2018).

    It may come out a little below 0 for sets that are alike.
    """

    def kernel(a: Tensor, b: Tensor) -> Tensor:
        return ((a @ b.T).double() / a.shape[1] + 1) ** 3

    def within(a: Tensor) -> Tensor:
        between = kernel(a, a)
        return (between.sum() - between.trace()) / (len(a) * (len(a) - 1))

    return float(within(ours) + within(theirs) - 2 * kernel(ours, theirs).mean())
