"""One step of a variational autoencoder (Kingma and Welling 2014): no opponents, one common aim.

The encoder stands in the discriminator's place. Pictures are not augmented: what the encoder sees
is what the generator is to redraw, so any jitter would be learnt.
"""

import torch

from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.descent import StepResult, backward, step_down
from ganart.engine.gan.networks import vae
from ganart.engine.gan.state import TrainState

SPREAD = 0.1
"""Standard deviation that a pixel may be off by, of a range of 2, at `reconstruction` 1. It settles
what likeness weighs against the divergence (equation 10 with a normal distribution); measured."""


def vae_step(config: TrainConfig, state: TrainState) -> StepResult:
    """Train encoder and generator: pictures are to be redrawn from latents that seeds could draw.

    `loss_g` is the squared error of the redrawn pictures, summed over a picture; `loss_d` the
    divergence in nats. There are no scores: both are 0.
    """
    real, noise = state.batches.next(), state.latents(config)
    weight = config.reconstruction / (2 * SPREAD**2)
    error, divergence = torch.zeros(2, device=state.device)
    for piece in state.pieces(config):
        share = (piece.stop - piece.start) / config.batch
        codes = state.discriminator(real[piece])
        redrawn = state.generator(vae.draw(codes, noise[piece]))
        piece_error = share * (redrawn - real[piece]).square().sum((1, 2, 3)).mean()
        piece_divergence = share * vae.divergence(codes)
        backward(weight * piece_error + piece_divergence)
        error = error + piece_error.detach()
        divergence = divergence + piece_divergence.detach()
    if state.team:
        state.team.add_up([error, divergence])
    finite = step_down(state.discriminator, state.optimizer_d, state.team)
    finite = step_down(state.generator, state.optimizer_g, state.team) and finite
    none = torch.zeros((), device=state.device)
    return StepResult(error, divergence, none, none, finite)
